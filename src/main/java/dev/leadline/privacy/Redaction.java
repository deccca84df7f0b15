package dev.leadline.privacy;

import java.util.regex.Pattern;

/**
 * Masks what identifies a person or opens a door, before a text goes into a log, an incident or a record of thought.
 *
 * <p>Masked are e-mail addresses, telephone numbers and keys. Names are not: no pattern finds them.
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

  private Redaction() {}

  /** The text with {@code <address>}, {@code <phone>} and {@code <key>} in place of what is masked; null stays null. */
  public static String of(String text) {
    if (text == null) return null;
    String masked = KEY.matcher(text).replaceAll("<key>");
    masked = ADDRESS.matcher(masked).replaceAll("<address>");
    return PHONE.matcher(masked).replaceAll("<phone>");
  }
}
