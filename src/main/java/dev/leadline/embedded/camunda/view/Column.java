package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;

/**
 * One field of a table: its name in the API, how it is kept in memory and how it looks outside.
 *
 * @param options the only values there are, or empty
 */
record Column(String name, Kind kind, Shown shown, List<String> options) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  /** Keys and dates are longs in memory and text outside; prose is text that hardly repeats, a document likewise. */
  enum Kind {
    KEY,
    DATE,
    TEXT,
    INT,
    BOOL,
    JSON,
    PROSE,
    DOCUMENT
  }

  /** In every answer, only when one entity is asked for, or never (kept for filters). */
  enum Shown {
    ALWAYS,
    ALONE,
    NEVER
  }

  Column(String name, Kind kind, Shown shown) {
    this(name, kind, shown, List.of());
  }

  Values<?> newValues() {
    return switch (kind) {
      case KEY, DATE -> new Values.Longs();
      case TEXT, INT, BOOL, JSON -> new Values.Codes();
      case PROSE, DOCUMENT -> new Values.Objects();
    };
  }

  boolean isNumber() {
    return kind == Kind.KEY || kind == Kind.DATE;
  }

  Object render(Object value) {
    return switch (kind) {
      case KEY -> value.toString();
      case DATE -> DATE.format(Instant.ofEpochMilli((Long) value));
      default -> value;
    };
  }

  /** The operand of a filter as this column keeps it; {@code field} is what a problem calls it. */
  Object parse(String field, JsonNode operand) {
    return switch (kind) {
      case KEY -> key(field, operand);
      case INT -> {
        if (!operand.canConvertToInt() || !operand.isIntegralNumber()) {
          throw InvalidQuery.unreadable("filter." + field);
        }
        yield operand.intValue();
      }
      case BOOL -> {
        if (!operand.isBoolean()) {
          throw InvalidQuery.unreadable("filter." + field);
        }
        yield operand.booleanValue();
      }
      case DATE -> date(field, text(field, operand));
      default -> option(field, text(field, operand));
    };
  }

  private static String text(String field, JsonNode operand) {
    if (!operand.isTextual()) {
      throw InvalidQuery.unreadable("filter." + field);
    }
    return operand.textValue();
  }

  private static Long key(String field, JsonNode operand) {
    String text = text(field, operand);
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw InvalidQuery.of(
          "The provided %s '%s' is not a valid key. Expected a numeric value.".formatted(field, text)
              + " Did you pass an entity id instead of an entity key?.");
    }
  }

  private static Long date(String field, String text) {
    try {
      return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeParseException e) {
      throw InvalidQuery.of(
          "The provided %s '%s' cannot be parsed as a date according to RFC 3339, section 5.6."
              .formatted(field, text));
    }
  }

  private String option(String field, String text) {
    if (!options.isEmpty() && !options.contains(text)) {
      throw InvalidQuery.unknownOption(text, field, options);
    }
    return text;
  }
}
