package dev.leadline.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Reads a submission from a JSON object whose values are texts; names it does not know are left alone. */
final class JsonSubmission {

  private static final ObjectReader JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build()
      .readerFor(JsonNode.class);

  private JsonSubmission() {}

  /** @throws Unreadable when the payload is not a JSON object at all */
  static Submission read(String payload) throws Unreadable {
    JsonNode object = parsed(payload);
    if (!object.isObject()) throw new Unreadable("must be a JSON object");
    var submission = new Submission();
    object.properties().forEach(property -> Field.named(property.getKey()).ifPresent(field -> {
      if (property.getValue().isTextual()) submission.put(field, property.getValue().textValue());
      else if (!property.getValue().isNull()) submission.reject(field, "must be a text");
    }));
    return submission;
  }

  private static JsonNode parsed(String payload) throws Unreadable {
    try {
      return JSON.readValue(payload);
    } catch (JsonProcessingException e) {
      var where = e.getLocation();
      throw new Unreadable(where == null
          ? "is not valid JSON"
          : "is not valid JSON (line " + where.getLineNr() + ", column " + where.getColumnNr() + ")");
    }
  }

  /** The payload is no JSON object. */
  static class Unreadable extends Exception {

    Unreadable(String reason) {
      super(reason);
    }
  }
}
