package dev.leadline.enrichment;

import dev.leadline.research.Rules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What providers' industries are called here, from rules/industries.yaml. */
@Component
class Industries {

  private final Map<String, Pattern> names = new LinkedHashMap<>();

  Industries() {
    Rules.read("industries", File.class).names()
        .forEach((ours, theirs) -> names.put(ours, Rules.anyOf(List.of(theirs))));
  }

  private record File(Map<String, String> names) {}

  /** The first of our names whose words occur, or which it is already. */
  Optional<String> ours(String theirs) {
    String text = theirs.toLowerCase(Locale.ROOT);
    return names.entrySet().stream()
        .filter(name -> name.getKey().equalsIgnoreCase(theirs) || name.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
