package dev.leadline.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.leadline.web.InvalidInput;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Takes a client at their word: what is not known or of another type is said, not left out or guessed. */
@Component
class StrictJson {

  private final ObjectMapper strict;

  StrictJson(ObjectMapper json) {
    this.strict = json.copy()
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false);
    strict.coercionConfigFor(LogicalType.Textual)
        .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  /** @throws InvalidInput with the path of the field that cannot be read */
  <T> T read(JsonNode given, Class<T> type) {
    if (!given.isObject()) throw new InvalidInput("body", "must be a JSON object");
    try {
      return strict.treeToValue(given, type);
    } catch (UnrecognizedPropertyException e) {
      throw new InvalidInput(path(e), "is not known; known are " + e.getKnownPropertyIds());
    } catch (MismatchedInputException e) {
      throw new InvalidInput(path(e), "must be a " + word(e.getTargetType()));
    } catch (JsonMappingException e) {
      throw new InvalidInput(path(e), e.getCause() == null ? "cannot be used" : e.getCause().getMessage());
    } catch (JsonProcessingException e) {
      throw new InvalidInput("body", "is no readable JSON");
    }
  }

  private static String path(JsonMappingException e) {
    String path = e.getPath().stream()
        .map(step -> step.getFieldName() == null ? Integer.toString(step.getIndex()) : step.getFieldName())
        .collect(Collectors.joining("."));
    return path.isEmpty() ? "body" : path;
  }

  /** A type in the words of JSON. */
  static String word(Class<?> type) {
    if (type == null || CharSequence.class.isAssignableFrom(type)) return "text";
    if (type == Boolean.class || type == boolean.class) return "boolean";
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) return "number";
    return Iterable.class.isAssignableFrom(type) ? "list" : "object";
  }
}
