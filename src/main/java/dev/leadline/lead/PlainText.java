package dev.leadline.lead;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Text from outside, freed of what no person typed on purpose; what is left is data, never markup or commands. */
public final class PlainText {

  /** Control characters but tab and line feed, direction overrides, zero-width space and joiner marks, lone surrogates. */
  private static final Pattern UNSEEN =
      Pattern.compile("[\\p{Cc}&&[^\\t\\n]]|[\\u200B\\u2060\\uFEFF\\u202A-\\u202E\\u2066-\\u2069\\uFFFE\\uFFFF]|\\p{Cs}");
  private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
  private static final Pattern READABLE = Pattern.compile("[\\p{L}\\p{N}]");

  private PlainText() {}

  /** One line: every run of blanks becomes one space. */
  public static String line(String text) {
    return BLANKS.matcher(cleaned(text)).replaceAll(" ").strip();
  }

  /** Paragraphs: line breaks stay. */
  public static String lines(String text) {
    return cleaned(text).strip();
  }

  /** Whether there is anything in it that a person could read out. */
  public static boolean readable(String text) {
    return READABLE.matcher(text).find();
  }

  /** At most so many characters of it; the last is "…" where more followed. */
  public static String cut(String text, int longest) {
    if (text.length() <= longest) return text;
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  private static String cleaned(String text) {
    String unix = text.replace("\r\n", "\n").replace('\r', '\n');
    return Normalizer.normalize(UNSEEN.matcher(unix).replaceAll(""), Normalizer.Form.NFC);
  }
}
