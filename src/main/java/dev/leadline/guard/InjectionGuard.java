package dev.leadline.guard;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Notices what in a text from outside (form, website, search result, CRM note, reply) speaks to machines rather than to
 * readers, by the phrases of rules/foreign-text.yaml, and leaves it out.
 *
 * <p>It is no wall: a model can always be talked to in words that no list knows. The walls are that foreign text stands
 * in tags, that what a model says must be proven, and that nothing leaves without an approval. This tells the person who
 * approves where to look.
 */
@Component
public class InjectionGuard {

  private static final int LONGEST = 20_000;

  /** Several steps read the same words of a lead. */
  private final Cache<String, Reading> known =
      Caffeine.newBuilder().maximumWeight(4_000_000).weigher((String text, Reading reading) -> text.length()).build();
  private final Signs words;
  private final Signs structure;

  private record Sign(String name, Pattern pattern) {}

  /** Expressions, and all of them as one: most texts have none, and one search says so. */
  private record Signs(Pattern any, List<Sign> each) {

    static Signs of(Map<String, List<String>> rules, String before, String after, int flags) {
      String any = rules.values().stream().flatMap(List::stream).map("(?:%s)"::formatted).collect(joining("|"));
      return new Signs(
          Pattern.compile(before + any + after, flags),
          rules.entrySet().stream()
              .flatMap(sign -> sign.getValue().stream()
                  .map(words -> new Sign(sign.getKey(), Pattern.compile(before + words + after, flags))))
              .toList());
    }

    Optional<String> first(String text) {
      if (!any.matcher(text).find()) return Optional.empty();
      return each.stream().filter(sign -> sign.pattern().matcher(text).find()).map(Sign::name).findFirst();
    }
  }

  private record File(Map<String, List<String>> words, Map<String, List<String>> structure) {}

  public InjectionGuard() {
    try (InputStream file = InjectionGuard.class.getResourceAsStream("/rules/foreign-text.yaml")) {
      var rules = new YAMLMapper().readValue(file, File.class);
      this.words =
          Signs.of(rules.words(), "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])", Pattern.UNICODE_CHARACTER_CLASS);
      this.structure = Signs.of(rules.structure(), "(?:", ")", 0);
    } catch (IOException e) {
      throw new UncheckedIOException("rules/foreign-text.yaml", e);
    }
  }

  /**
   * What a reader may be shown of a text, and what was noticed in it.
   *
   * @param kept its sentences without those that speak to machines, and without the one after each of them
   * @param signs what was noticed ("calls a tool"), each once; empty when nothing was
   */
  public record Reading(List<String> kept, Set<String> signs) {

    public boolean tainted() {
      return !signs.isEmpty();
    }

    /** What was noticed, as half a sentence; null when nothing was. */
    public String taint() {
      return signs.isEmpty() ? null : String.join(", ", signs);
    }

    public String text() {
      return String.join(" ", kept);
    }
  }

  /** Reads running text of any channel. */
  public Reading read(String text) {
    return text == null || text.isBlank() ? new Reading(List.of(), Set.of()) : known.get(text, this::readAnew);
  }

  private Reading readAnew(String text) {
    var sentences = new ArrayList<String>();
    for (String line : ForeignText.start(text, LONGEST).split("\\R+")) {
      var breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
      breaks.setText(line);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next())
        if (!line.substring(start, end).isBlank()) sentences.add(line.substring(start, end).strip());
    }
    var whole = sign(text);
    Reading bySentence = read(sentences, whole.isEmpty());
    // What only the whole shows (a comment over several lines, letters far apart) taints the whole.
    return whole
        .filter(sign -> !bySentence.tainted())
        .map(sign -> new Reading(List.of(), Set.of(sign)))
        .orElse(bySentence);
  }

  /** Reads a text that is cut into sentences; an instruction may be spread over two or three of them. */
  public Reading read(List<String> sentences) {
    return read(sentences, sign(String.join(" ", sentences)).isEmpty());
  }

  private Reading read(List<String> sentences, boolean wholeIsSilent) {
    // What is spread over a few sentences stands in the whole as well.
    if (wholeIsSilent && sentences.stream().allMatch(sentence -> sign(sentence).isEmpty()))
      return new Reading(List.copyOf(sentences), Set.of());
    boolean[] out = new boolean[sentences.size()];
    boolean[] after = new boolean[sentences.size()];
    var signs = new LinkedHashSet<String>();
    for (int length = 1; length <= 3; length++)
      for (int from = 0; from + length <= sentences.size(); from++) {
        if (anyOf(out, from, length)) continue;
        var sign = sign(String.join(" ", sentences.subList(from, from + length)));
        if (sign.isEmpty()) continue;
        signs.add(sign.get());
        for (int i = from; i < from + length; i++) out[i] = true;
        // What follows an instruction is mostly what it wants.
        if (from + length < out.length) after[from + length] = true;
      }
    var kept = new ArrayList<String>();
    for (int i = 0; i < out.length; i++) if (!out[i] && !after[i]) kept.add(sentences.get(i));
    return new Reading(List.copyOf(kept), signs);
  }

  private static boolean anyOf(boolean[] out, int from, int length) {
    for (int i = from; i < from + length; i++) if (out[i]) return true;
    return false;
  }

  /** A text as it may be shown to a model: as it is, or without the sentences that speak to machines. */
  public String cleaned(String text) {
    Reading reading = read(text);
    return reading.tainted() ? reading.text() : text;
  }

  /** The first thing noticed in a short text such as a name or a title. */
  public Optional<String> sign(String text) {
    if (text == null || text.isBlank()) return Optional.empty();
    return structure.first(text).or(() -> said(text));
  }

  private Optional<String> said(String text) {
    return Disguises.of(text).stream().flatMap(form -> words.first(form).stream()).findFirst();
  }
}
