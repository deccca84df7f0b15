package dev.leadline.intake;

import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.PlainText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What somebody sent about themselves: cleaned, but not yet believed. */
public class Submission {

  private final Map<Field, String> values = new EnumMap<>(Field.class);
  private final Map<Field, String> problems = new EnumMap<>(Field.class);

  /** Adds a field; the same one twice with different values is a problem, because we cannot know which is meant. */
  public void put(Field field, String value) {
    String cleaned = field.cleaned(value);
    String before = values.putIfAbsent(field, cleaned);
    if (before == null || before.equals(cleaned) || cleaned.isEmpty()) return;
    if (before.isEmpty()) values.put(field, cleaned);
    else reject(field, "is given twice with different values");
  }

  /** Notes a problem found while reading; the first one of a field stays. */
  void reject(Field field, String reason) {
    problems.putIfAbsent(field, reason);
  }

  public String value(Field field) {
    return values.getOrDefault(field, "");
  }

  /** What is wrong, in the order of the fields; empty when a lead can be made of it. */
  List<FieldProblem> check() {
    for (Field field : Field.values()) {
      String value = value(field);
      if (value.isEmpty()) {
        if (field.required()) reject(field, "is required");
      } else if (value.codePointCount(0, value.length()) > field.limit()) {
        reject(field, "must not be longer than " + field.limit() + " characters");
      } else if (field.required() && !PlainText.readable(value)) {
        reject(field, "must contain a letter or a digit");
      }
    }
    if (!value(Field.EMAIL).isEmpty() && EmailAddress.of(value(Field.EMAIL)).isEmpty()) {
      reject(Field.EMAIL, "must be an e-mail address such as name@company.example");
    }
    if (!value(Field.WEBSITE).isEmpty() && WebAddress.of(value(Field.WEBSITE)).isEmpty()) {
      reject(Field.WEBSITE, "must be a web address such as https://company.example");
    }
    var found = new ArrayList<FieldProblem>();
    problems.forEach((field, reason) -> found.add(new FieldProblem(field.apiName(), reason)));
    return List.copyOf(found);
  }

  /** The normal form of the e-mail address, when there is one that can be read. */
  public Optional<String> address() {
    return EmailAddress.of(value(Field.EMAIL)).map(EmailAddress::normal);
  }

  /** The normal form of the e-mail address of a checked submission. */
  EmailAddress email() {
    return EmailAddress.of(value(Field.EMAIL)).orElseThrow();
  }

  String website() {
    return WebAddress.of(value(Field.WEBSITE)).orElse(null);
  }

  String projectDescription() {
    String text = value(Field.PROJECT_DESCRIPTION);
    return text.isEmpty() ? null : text;
  }
}
