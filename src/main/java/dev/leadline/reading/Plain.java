package dev.leadline.reading;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A text as rules read it: lower case, without accents, single blanks; and phrases that are found in it. */
final class Plain {

  private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
  private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}");

  private Plain() {}

  static String of(String text) {
    String even = UNSEEN.matcher(text).replaceAll("").replace('’', '\'').replace('‘', '\'').replace('´', '\'');
    return bare(even).replaceAll("[\\s\\p{Z}]+", " ").strip();
  }

  private static String bare(String text) {
    return MARKS.matcher(Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFKD)).replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Any of these expressions as whole words. "~" stands for up to five words of the same sentence; an umlaut may be
   * written with an e.
   */
  static Pattern anyOf(List<String> phrases) {
    return Pattern.compile(
        "(?<!\\w)(?:" + String.join("|", phrases.stream().map(Plain::expression).toList())
            + ")(?!\\w)");
  }

  static Pattern phrase(String phrase) {
    return anyOf(List.of(phrase));
  }

  private static String expression(String phrase) {
    String umlauts = phrase.replace("ä", "(?:a|ae)").replace("ö", "(?:o|oe)").replace("ü", "(?:u|ue)");
    return MARKS.matcher(Normalizer.normalize(umlauts.replace("ß", "ss"), Normalizer.Form.NFKD)).replaceAll("")
        .replaceAll(" ~(?! )", "")
        .replace("~ ", "(?:[^\\s.!?;]+ ){0,5}");
  }
}
