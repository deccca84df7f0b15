package dev.leadline.outreach;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Numbers in a text, in digits or in words. */
final class Numbers {

  private static final Pattern DIGITS = Pattern.compile("(?<![\\p{L}\\p{N}])\\d[\\d.,'’]*(?:\\s?(?:%|percent))?");
  private static final Map<String, String> WORDS = Map.ofEntries(
      Map.entry("two", "2"), Map.entry("three", "3"), Map.entry("four", "4"), Map.entry("five", "5"),
      Map.entry("six", "6"), Map.entry("seven", "7"), Map.entry("eight", "8"), Map.entry("nine", "9"),
      Map.entry("ten", "10"), Map.entry("twelve", "12"), Map.entry("fifteen", "15"), Map.entry("twenty", "20"),
      Map.entry("thirty", "30"), Map.entry("forty", "40"), Map.entry("fifty", "50"), Map.entry("sixty", "60"),
      Map.entry("eighty", "80"), Map.entry("ninety", "90"), Map.entry("hundred", "100"), Map.entry("hundreds", "100"),
      Map.entry("thousand", "1000"), Map.entry("thousands", "1000"), Map.entry("million", "1000000"),
      Map.entry("millions", "1000000"), Map.entry("dozen", "12"), Map.entry("dozens", "12"));
  private static final Pattern WORD =
      Pattern.compile("(?i)(?<![\\p{L}\\p{N}])(?:" + String.join("|", WORDS.keySet()) + ")(?![\\p{L}\\p{N}])");

  private Numbers() {}

  /** Each number as it is written, with its value: "1,200" and "1200" are the same, 40 and "40 %" are not. */
  static Map<String, String> in(String text) {
    var numbers = new LinkedHashMap<String, String>();
    DIGITS.matcher(text).results().forEach(found -> {
      String written = found.group().replaceAll("[.,'’]+$", "");
      numbers.put(written, value(written));
    });
    WORD.matcher(text).results().forEach(found ->
        numbers.put(found.group(), WORDS.get(found.group().toLowerCase(Locale.ROOT))));
    return numbers;
  }

  private static String value(String written) {
    return written
        .replaceAll("[.,'’]+(?=\\s|%|$)", "")
        .replaceAll("[,'’](?=\\d{3})", "")
        .replaceAll("\\s*(%|percent)", "%");
  }
}
