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
      throw wrong(field);
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

  /** A whole number; as text, too, because JavaScript clients write numbers of 64 bits so. */
  Long number(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isTextual() && value.textValue().matches("-?\\d{1,18}")) {
      return Long.valueOf(value.textValue());
    }
    if (!value.canConvertToLong() || !value.isIntegralNumber()) {
      throw wrong(field);
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
      throw wrong(field);
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
      throw wrong(field);
    }
    return value.booleanValue();
  }

  /** A key, which is text in the API. */
  long key(String field, long absent) {
    String value = text(field, null);
    if (value == null) {
      return absent;
    }
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Refusal.invalid(
          "The provided %s '%s' is not a valid key. Expected a numeric value.".formatted(field, value)
              + " Did you pass an entity id instead of an entity key?.");
    }
  }

  /** This object, if it has no other properties than these. */
  Body only(String... properties) {
    List<String> known = List.of(properties);
    json.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        throw wrong(name);
      }
    });
    return this;
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
      throw wrong(field);
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
      throw wrong(field);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : value) {
      if (!text.isTextual()) {
        throw wrong(field);
      }
      texts.add(text.textValue());
    }
    return texts;
  }

  Body object(String field) {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return EMPTY;
    }
    if (!value.isObject()) {
      throw wrong(field);
    }
    return new Body(value);
  }

  List<Body> objects(String field) {
    JsonNode value = json.path(field);
    List<Body> objects = new ArrayList<>();
    if (!value.isMissingNode() && !value.isNull()) {
      if (!value.isArray()) {
        throw wrong(field);
      }
      for (JsonNode object : value) {
        if (!object.isObject()) {
          throw wrong(field);
        }
        objects.add(new Body(object));
      }
    }
    return objects;
  }

  private static Refusal wrong(String field) {
    return Refusal.unreadable("Request property [%s] cannot be parsed".formatted(field));
  }
}
