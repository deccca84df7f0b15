package dev.leadline.embedded.camunda.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.commands.Variables;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** A JSON object of a request, read field by field; what is wrong is refused by the field's name. */
record Body(JsonNode json) {

  static final Body EMPTY = new Body(JsonNodeFactory.instance.objectNode());

  boolean has(String field) {
    return json.hasNonNull(field);
  }

  String text(String field, String absent) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isTextual()) {
      throw wrong(field, "a text");
    }
    return value.textValue();
  }

  String requiredText(String field) {
    String value = text(field, "");
    if (value.isBlank()) {
      throw Refusal.invalid("No %s provided.".formatted(field));
    }
    return value;
  }

  Long number(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw wrong(field, "a whole number");
    }
    return value.longValue();
  }

  long number(String field, long absent) {
    Long value = number(field);
    return value == null ? absent : value;
  }

  Integer integer(String field) {
    Long value = number(field);
    if (value != null && value != value.intValue()) {
      throw wrong(field, "a number of 32 bits");
    }
    return value == null ? null : (Integer) value.intValue();
  }

  int integer(String field, int absent) {
    Integer value = integer(field);
    return value == null ? absent : value;
  }

  boolean flag(String field, boolean absent) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value.booleanValue();
  }

  /** A key, given as text (or, by older clients, as a number). */
  long key(String field, long absent) {
    JsonNode value = json.path(field);
    return value.isMissingNode() || value.isNull() ? absent : Call.key(field, value.asText());
  }

  long requiredKey(String field) {
    if (!has(field)) {
      throw Refusal.invalid("No %s provided.".formatted(field));
    }
    return key(field, -1);
  }

  DirectBuffer variables(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Variables.of(null);
    }
    if (!value.isObject()) {
      throw wrong(field, "an object");
    }
    return Variables.of(value.toString());
  }

  List<String> texts(String field) {
    List<String> texts = optionalTexts(field);
    return texts == null ? List.of() : texts;
  }

  List<String> optionalTexts(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isArray()) {
      throw wrong(field, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    value.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  Body object(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return EMPTY;
    }
    if (!value.isObject()) {
      throw wrong(field, "an object");
    }
    return new Body(value);
  }

  List<Body> objects(String field) {
    JsonNode value = json.path(field);
    List<Body> objects = new ArrayList<>();
    if (!value.isMissingNode() && !value.isNull()) {
      if (!value.isArray()) {
        throw wrong(field, "a list of objects");
      }
      value.forEach(object -> objects.add(new Body(object)));
    }
    return objects;
  }

  private static Refusal wrong(String field, String expected) {
    return Refusal.invalid("Request property [%s] cannot be parsed: expected %s.".formatted(field, expected));
  }
}
