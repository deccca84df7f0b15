package dev.leadline.research;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What a person's sentence says about buying, and how strongly: phrases from rules/own-words.yaml. */
@Component
public class OwnWords {

  private final Map<String, List<Grade>> kinds = new LinkedHashMap<>();

  OwnWords() {
    Rules.read("own-words", File.class).kinds().forEach((kind, grades) ->
        kinds.put(kind, grades.stream().map(Grade::of).toList()));
  }

  private record File(Map<String, List<Written>> kinds) {}

  private record Written(String grade, String says, List<String> phrases) {}

  /**
   * One strength of a kind.
   *
   * @param name for example "explicit" for a need
   * @param says what it means, one sentence
   */
  public record Grade(String name, String says, Pattern phrases) {
    private static Grade of(Written written) {
      return new Grade(written.grade(), written.says(), Rules.anyOf(written.phrases()));
    }
  }

  /** need, budget, timeline and authority. */
  public Iterable<String> kinds() {
    return kinds.keySet();
  }

  /** The first grade of this kind whose phrases occur; empty when the sentence does not speak of it. */
  public Optional<Grade> grade(String kind, String sentence) {
    return kinds.getOrDefault(kind, List.of()).stream()
        .filter(grade -> grade.phrases().matcher(sentence).find())
        .findFirst();
  }
}
