package dev.leadline.reading;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import dev.leadline.research.Rules;

/** Which language a text is in, by the small words of rules/languages.yaml. */
@Component
public class Languages {

  private final Map<String, Set<String>> words;

  private record File(Map<String, String> words) {}

  Languages() {
    words = Rules.read("languages", File.class).words().entrySet().stream().collect(Collectors.toUnmodifiableMap(
        Map.Entry::getKey, language -> Set.copyOf(List.of(Plain.of(language.getValue()).split(" ")))));
  }

  /** Two letters; empty when nothing or too little in it tells. */
  public Optional<String> of(String text) {
    List<String> said = Arrays.asList(Plain.of(text).split("[^\\p{L}]+"));
    record Found(String language, long hits) {}
    List<Found> best = words.entrySet().stream()
        .map(known -> new Found(known.getKey(), said.stream().filter(known.getValue()::contains).count()))
        .sorted(Comparator.comparingLong(Found::hits).reversed())
        .toList();
    return best.get(0).hits() > best.get(1).hits() ? Optional.of(best.getFirst().language()) : Optional.empty();
  }
}
