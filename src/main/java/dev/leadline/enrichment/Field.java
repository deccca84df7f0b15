package dev.leadline.enrichment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be looked up about a lead; the table enrichment-plan names them in lower case with dashes. */
public enum Field {
  INDUSTRY(Of.COMPANY, "industry", "Industry"),
  SIZE(Of.COMPANY, "size", "Size of the company"),
  LOCATION(Of.COMPANY, "location", "Location"),
  DESCRIPTION(Of.COMPANY, "other", "What they do"),
  FOUNDED(Of.COMPANY, "other", "Founded"),
  REVENUE(Of.COMPANY, "other", "Revenue"),
  TECHNOLOGIES(Of.COMPANY, "other", "Software they use"),
  JOB_TITLE(Of.PERSON, "person", "Job title"),
  SENIORITY(Of.PERSON, "person", "Seniority"),
  PROFILE(Of.PERSON, "other", "Public profile");

  /** What a field is about. */
  public enum Of {
    COMPANY,
    PERSON
  }

  private final Of of;
  private final String kind;
  private final String label;

  Field(Of of, String kind, String label) {
    this.of = of;
    this.kind = kind;
    this.label = label;
  }

  public Of of() {
    return of;
  }

  /** The kind of fact it becomes in a dossier. */
  public String kind() {
    return kind;
  }

  /** For people to read. */
  public String label() {
    return label;
  }

  @JsonValue
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Field> named(String words) {
    return Arrays.stream(values()).filter(field -> field.words().equals(words)).findFirst();
  }
}
