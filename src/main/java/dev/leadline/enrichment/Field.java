package dev.leadline.enrichment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** What can be looked up about a lead; the table enrichment-plan names them in lower case with dashes. */
public enum Field {
  INDUSTRY(Of.COMPANY, "industry"),
  SIZE(Of.COMPANY, "size"),
  LOCATION(Of.COMPANY, "location"),
  DESCRIPTION(Of.COMPANY, "product"),
  FOUNDED(Of.COMPANY, "other"),
  REVENUE(Of.COMPANY, "other"),
  TECHNOLOGIES(Of.COMPANY, "other"),
  JOB_TITLE(Of.PERSON, "person"),
  SENIORITY(Of.PERSON, "person"),
  PROFILE(Of.PERSON, "person");

  /** What a field is about. */
  public enum Of {
    COMPANY,
    PERSON
  }

  private final Of of;
  private final String kind;

  Field(Of of, String kind) {
    this.of = of;
    this.kind = kind;
  }

  public Of of() {
    return of;
  }

  /** The kind of fact it becomes in a dossier. */
  public String kind() {
    return kind;
  }

  @JsonValue
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws IllegalArgumentException when there is no such field; the message lists those there are */
  @JsonCreator
  public static Field named(String words) {
    return Arrays.stream(values()).filter(field -> field.words().equals(words)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("“%s” is no field to look up; there are %s"
            .formatted(words, Arrays.stream(values()).map(Field::words).toList())));
  }
}
