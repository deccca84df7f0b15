package dev.leadline.approval;

import java.util.Optional;
import java.util.regex.Pattern;

/** Why a text may not go out, whoever approves it: empty, left-over placeholders, a subject of several lines. */
final class Wording {

  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_BODY = 20_000;
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\{\\{[^}]*}}|\\$\\{[^}]*}|\\[[A-Za-z][^\\]\\n]{0,60}]|<[A-Za-z][A-Za-z _-]{0,40}>|%[A-Za-z_]+%");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final Pattern CONTROL_IN_TEXT = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  private Wording() {}

  /** One sentence for the reviewer, or nothing when the text may go out. */
  static Optional<String> objection(int number, String subject, String body) {
    return Optional.ofNullable(wrong(subject, body)).map(what -> "E-mail %d %s.".formatted(number, what));
  }

  private static String wrong(String subject, String body) {
    if (subject == null || subject.isBlank()) return "has no subject";
    if (body == null || body.isBlank()) return "has no text";
    if (CONTROL.matcher(subject).find()) return "has a subject of more than one line";
    if (subject.length() > LONGEST_SUBJECT) return "has a subject of more than " + LONGEST_SUBJECT + " characters";
    if (body.length() > LONGEST_BODY) return "has a text of more than " + LONGEST_BODY + " characters";
    if (CONTROL_IN_TEXT.matcher(body).find()) return "has control characters in its text";
    var left = PLACEHOLDER.matcher(subject + "\n" + body);
    return left.find() ? "still has a placeholder: " + left.group() : null;
  }
}
