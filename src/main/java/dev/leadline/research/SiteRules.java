package dev.leadline.research;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What to look for on a website, from rules/website.yaml. */
@Component
class SiteRules {

  private final File rules = Rules.read("website", File.class);
  private final List<Pattern> links = rules.links().stream().map(words -> Rules.anyOf(List.of(words))).toList();
  private final List<Named> industries = rules.industries().entrySet().stream().map(Named::of).toList();
  private final List<Found> sentences = rules.sentences().stream().map(Found::of).toList();

  /** The file as it is written. */
  private record File(List<String> links, Map<String, String> industries, List<Kind> sentences) {}

  private record Kind(
      String kind, String says, int most, @JsonProperty("any of") List<String> anyOf,
      @JsonProperty("but not") List<String> butNot) {}

  /** Something with a name and the words that speak for it. */
  record Named(String name, Pattern words) {
    private static Named of(Map.Entry<String, String> industry) {
      return new Named(industry.getKey(), Rules.anyOf(List.of(industry.getValue())));
    }
  }

  /** A kind of sentence worth keeping; "not" may be null. */
  record Found(String kind, String says, int most, Pattern words, Pattern not) {
    private static Found of(Kind kind) {
      Pattern not = kind.butNot() == null ? null : Rules.anyOf(kind.butNot());
      return new Found(kind.kind(), kind.says(), kind.most(), Rules.anyOf(kind.anyOf()), not);
    }

    boolean knows(String sentence) {
      return words.matcher(sentence).find() && (not == null || !not.matcher(sentence).find());
    }
  }

  /** The kind of a fact; an industry that is none of ours fits nobody's target profile and is "other". */
  String kindOf(String kind, String text) {
    boolean unknownIndustry =
        kind.equals("industry") && industries.stream().noneMatch(industry -> industry.name().equalsIgnoreCase(text));
    return unknownIndustry ? "other" : kind;
  }

  List<String> industries() {
    return industries.stream().map(Named::name).toList();
  }

  /** How much a link promises; 0 is nothing. */
  int promiseOf(String link) {
    for (int i = 0; i < links.size(); i++) if (links.get(i).matcher(link).find()) return links.size() - i;
    return 0;
  }

  List<Found> sentences() {
    return sentences;
  }

  /** The industry most of the words speak for, when at least two do or one that stands alone. */
  Optional<Named> industryOf(String text) {
    Named best = null;
    long most = 0;
    long second = 0;
    for (Named industry : industries) {
      long hits = industry.words().matcher(text).results()
          .map(hit -> hit.group().toLowerCase(Locale.ROOT))
          .distinct()
          .count();
      if (hits > most) {
        second = most;
        most = hits;
        best = industry;
      } else {
        second = Math.max(second, hits);
      }
    }
    return most >= 2 || most == 1 && second == 0 ? Optional.ofNullable(best) : Optional.empty();
  }
}
