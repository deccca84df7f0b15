package dev.leadline.sending;

import dev.leadline.research.Rules;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Finds out where on the map, and on the clock, a text or a domain is (rules/places.yaml). */
@Component
class Places {

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:[.'’-][\\p{L}\\p{M}]+)*");
  private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "pl");
  private static final int LONGEST_NAME = 6;
  private static final int SHORTEST_NAME = 4;

  private final Map<String, ZoneId> zones = new HashMap<>();
  private final Map<String, String> countries = new HashMap<>();
  private final Map<String, Place> regions = new HashMap<>();
  private final Set<String> anybody;

  Places() {
    var file = Rules.read("places", File.class);
    file.zones().forEach((country, zone) -> zones.put(country, ZoneId.of(zone)));
    for (String country : zones.keySet()) {
      for (String language : LANGUAGES) {
        String name = normal(Locale.of("", country).getDisplayCountry(Locale.of(language)));
        if (name.length() >= SHORTEST_NAME) countries.putIfAbsent(name, country);
      }
    }
    file.names().forEach((country, names) -> names.forEach(name -> countries.put(normal(name), country)));
    file.regions().forEach((country, byZone) -> byZone.forEach((zone, names) ->
        names.forEach(name -> regions.put(normal(name), new Place(country, ZoneId.of(zone))))));
    anybody = Set.copyOf(file.anybody());
  }

  private record File(
      Map<String, String> zones, Map<String, List<String>> names, List<String> anybody,
      Map<String, Map<String, List<String>>> regions) {}

  /** @param country ISO 3166, two capital letters */
  record Place(String country, ZoneId zone) {}

  /** The country that a text names last, as addresses do, and the region of it that it names; else a region alone. */
  Optional<Place> in(String text) {
    var names = names(text);
    var country = names.stream().filter(countries::containsKey).findFirst().map(countries::get);
    if (country.isEmpty()) return names.stream().filter(regions::containsKey).findFirst().map(regions::get);
    return country.map(code -> names.stream()
        .map(regions::get)
        .filter(region -> region != null && region.country().equals(code))
        .findFirst()
        .orElseGet(() -> new Place(code, zones.get(code))));
  }

  /** The country of a domain, unless it is one that everybody uses. */
  Optional<Place> of(String domain) {
    if (domain == null) return Optional.empty();
    String end = domain.substring(domain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String country = end.equals("uk") ? "GB" : end.toUpperCase(Locale.ROOT);
    return anybody.contains(end) || !zones.containsKey(country)
        ? Optional.empty()
        : Optional.of(new Place(country, zones.get(country)));
  }

  /** Rows of words that may be a name: the last in the text first, longer ones before shorter ones. */
  private static List<String> names(String text) {
    var words = words(text);
    var names = new ArrayList<String>();
    for (int end = words.size(); end > 0; end--) {
      for (int length = Math.min(LONGEST_NAME, end); length > 0; length--) {
        names.add(String.join(" ", words.subList(end - length, end)));
      }
    }
    return names;
  }

  private static String normal(String name) {
    return String.join(" ", words(name));
  }

  private static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }
}
