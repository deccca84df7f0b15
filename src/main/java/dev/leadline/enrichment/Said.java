package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.lead.PlainText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Collects what one reply of a provider says; what is missing, masked or no text is left out. */
final class Said {

  private final String provider;
  private final LocalDate date;
  private final int confidence;
  private final List<Finding> findings = new ArrayList<>();

  Said(String provider, LocalDate date, int confidence) {
    this.provider = provider;
    this.date = date;
    this.confidence = Math.clamp(confidence, 0, 100);
  }

  /** A text, or a number written out; anything else (a plan may answer {@code true} for "we would know") is nothing. */
  Said add(Field field, JsonNode value) {
    return add(field, text(value), date);
  }

  Said add(Field field, String value) {
    return add(field, value, date);
  }

  Said add(Field field, String value, LocalDate date) {
    if (value == null || !PlainText.readable(value)) return this;
    findings.add(new Finding(field, PlainText.cut(PlainText.line(value), Finding.LONGEST), provider, date, confidence));
    return this;
  }

  /** The parts that are there, with commas between. */
  static String list(JsonNode... parts) {
    String joined = Stream.of(parts).map(Said::text).filter(Objects::nonNull).distinct().collect(Collectors.joining(", "));
    return joined.isEmpty() ? null : joined;
  }

  static String text(JsonNode value) {
    return value != null && (value.isTextual() || value.isNumber()) && !value.asText().isBlank() ? value.asText() : null;
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
