package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** One field of a table: its name in the API, how it is kept in memory and how it looks outside. */
record Column(String name, Kind kind, Shown shown) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  /** Keys and dates are longs in memory and text outside. */
  enum Kind {
    KEY,
    TEXT,
    INT,
    BOOL,
    DATE,
    JSON
  }

  /** In every answer, only when one entity is asked for, or never (kept for filters). */
  enum Shown {
    ALWAYS,
    ALONE,
    NEVER
  }

  Object render(Object value) {
    return switch (kind) {
      case KEY -> value.toString();
      case DATE -> DATE.format(Instant.ofEpochMilli((Long) value));
      default -> value;
    };
  }

  /** The operand of a filter as this column keeps it. */
  Object parse(JsonNode operand) {
    try {
      return switch (kind) {
        case KEY -> Long.valueOf(operand.asText());
        case INT -> {
          if (!operand.isNumber() && !operand.asText().matches("-?\\d{1,9}")) {
            throw new NumberFormatException(operand.asText());
          }
          yield operand.asInt();
        }
        case BOOL -> operand.asBoolean();
        case DATE -> OffsetDateTime.parse(operand.asText()).toInstant().toEpochMilli();
        case TEXT, JSON -> operand.asText();
      };
    } catch (NumberFormatException | DateTimeParseException e) {
      throw new InvalidQuery(
          "The value '%s' of '%s' is not a valid %s.".formatted(operand.asText(), name, described()));
    }
  }

  private String described() {
    return switch (kind) {
      case KEY -> "key";
      case INT -> "number";
      case DATE -> "date-time (RFC 3339)";
      default -> "value";
    };
  }
}
