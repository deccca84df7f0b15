package dev.leadline.outreach;

import dev.leadline.reading.ReplyClass;
import dev.leadline.research.Rules;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The words of answers without a model, from rules/draft-reply.yaml. */
@Component
class ReplyTexts {

  static final String ENGLISH = "en";
  private static final String OTHER = "other";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEEE, d MMMM, HH:mm (z)");

  private final Map<String, Words> languages = Rules.read("draft-reply", File.class);

  private static final class File extends LinkedHashMap<String, Words> {}

  /** @param answers by class, paragraphs with their alternatives */
  private record Words(List<String> greeting, List<String> signature, Map<String, List<List<String>>> answers) {

    List<List<String>> answer(ReplyClass kind) {
      return answers.getOrDefault(kind.word(), answers.get(OTHER));
    }

    String all() {
      return Stream.concat(Stream.of(greeting, signature), answers.values().stream().flatMap(List::stream))
          .flatMap(Collection::stream)
          .map(text -> text.replaceAll("\\{\\{[^}]*}}", " "))
          .collect(Collectors.joining("\n"));
    }
  }

  /** This language, or English when we have no words in it. */
  String spoken(String language) {
    return language != null && languages.containsKey(language) ? language : ENGLISH;
  }

  /** Whether what we found can be said in an answer of this class and language. */
  boolean says(String variable, String language, ReplyClass kind) {
    return languages.get(language).answer(kind).stream().flatMap(List::stream)
        .anyMatch(text -> text.contains("{{" + variable + "}}"));
  }

  /** The whole answer. */
  String write(String language, ReplyClass kind, Material material) {
    String body = languages.get(language).answer(kind).stream()
        .flatMap(paragraph -> CampaignTexts.filled(paragraph, material, new LinkedHashSet<>()).stream())
        .collect(Collectors.joining("\n\n"));
    return framed(body, language, material);
  }

  /** With greeting and signature. */
  String framed(String body, String language, Material material) {
    Words words = languages.get(language);
    var none = new LinkedHashSet<String>();
    return CampaignTexts.filled(words.greeting(), material, none).orElse("") + "\n\n" + body.strip() + "\n\n"
        + CampaignTexts.filled(words.signature(), material, none).orElse("");
  }

  static String day(LocalDate day, String language) {
    return DAY.withLocale(Locale.of(language)).format(day);
  }

  /** A line each. */
  static String times(List<ZonedDateTime> times, String language) {
    var format = TIME.withLocale(Locale.of(language));
    return times.stream().map(time -> "- " + format.format(time)).collect(Collectors.joining("\n"));
  }

  /** All our own words in a language. */
  String all(String language) {
    return languages.get(language).all();
  }
}
