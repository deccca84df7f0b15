package dev.leadline.privacy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Masks what identifies a person or opens a door, before a text goes into a log, an incident or a record of thought.
 *
 * <p>Masked are e-mail addresses, telephone numbers and keys. Names are masked only where they are known: no pattern
 * finds them.
 */
public final class Redaction {

  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"'(),;:=]{1,64}+@[^\\s@<>\"'(),;:=]{1,255}+");

  /** With a country code, or at least nine digits that begin with a zero; no dates, amounts or ids. */
  private static final Pattern PHONE = Pattern.compile(
      "(?<![\\w+.,/-])(?:\\+|(?<!\\d )00)[1-9](?:[ ()./-]{0,3}\\d){6,14}(?![\\w])"
          + "|(?<![\\w+.,/-])(?<!\\d )\\(?0\\d(?:[ ()./-]{0,3}\\d){7,12}(?![\\w])");

  /** Known shapes of keys, and whatever stands behind a word that announces one. */
  private static final Pattern KEY = Pattern.compile(
      "\\b(?:sk|pk|rk|xox[abprs]|gh[pousr]|glpat|pat)[-_][A-Za-z0-9_-]{12,}"
          + "|\\bAKIA[0-9A-Z]{16}\\b"
          + "|\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+"
          + "|(?i:(?<=\\bbearer\\s)[A-Za-z0-9._~+/=-]{8,})"
          + "|(?i:(?<=(?:api.?key|password|secret|token)[\"']?\\s?[:=]\\s?[\"']?)[^\\s\"',;&]{6,})");

  /** What stands in names without being one. */
  private static final Set<String> NO_NAMES = Set.of(
      "de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "del", "dos", "ter", "zu", "bin", "al", "el",
      "dr", "prof", "mr", "mrs", "ms", "herr", "frau");

  private Redaction() {}

  /** The text with {@code <address>}, {@code <phone>} and {@code <key>} in place of what is masked; null stays null. */
  public static String of(String text) {
    if (text == null) return null;
    String masked = KEY.matcher(text).replaceAll("<key>");
    masked = ADDRESS.matcher(masked).replaceAll("<address>");
    return PHONE.matcher(masked).replaceAll("<phone>");
  }

  /**
   * Also with {@code <name>} for somebody's name, the whole of it in any case and its parts as they are written.
   *
   * @param name of the person the text is about; null when nobody knows
   */
  public static String of(String text, String name) {
    String masked = of(text);
    if (masked == null || name == null || name.isBlank()) return masked;
    masked = word(name.strip(), Pattern.CASE_INSENSITIVE).matcher(masked).replaceAll("<name>");
    for (String part : name.split("[^\\p{L}\\p{M}'’-]+"))
      if (part.length() > 1 && !NO_NAMES.contains(part.toLowerCase(Locale.ROOT)))
        masked = word(part, 0).matcher(masked).replaceAll("<name>");
    return masked;
  }

  private static Pattern word(String words, int flags) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])" + Pattern.quote(words) + "(?![\\p{L}\\p{N}])", flags | Pattern.UNICODE_CASE);
  }
}
