package dev.leadline.agent.tools;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An activity of an ad-hoc sub-process that nothing flows into, as the engine describes it in
 * adHocSubProcessElements.
 *
 * @param documentation what it is good for, in the words of whoever drew it; null when they said nothing
 * @param parameters one for each fromAi(…) in its input mappings
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record Tool(String elementId, String elementName, String documentation, List<Parameter> parameters) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_TEXT = 500;

  Tool {
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
  }

  /**
   * Something the model has to say when it calls the tool.
   *
   * @param name as written in fromAi, with the variable in front: toolCall.query
   * @param type string (the default), number, integer, boolean, array or object
   * @param schema further parts of a JSON schema, for example {enum: […]}
   * @param options {required: false} for what may be left out
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Parameter(
      String name, String description, String type, Map<String, Object> schema, Map<String, Object> options) {

    Parameter {
      schema = schema == null ? Map.of() : schema;
      options = options == null ? Map.of() : options;
    }

    String key() {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    boolean required() {
      return !Boolean.FALSE.equals(options.get("required"));
    }

    private String kind() {
      return type != null ? type : (String) schema.getOrDefault("type", "string");
    }

    private Map<String, Object> jsonSchema() {
      var whole = new LinkedHashMap<String, Object>(schema);
      whole.put("type", kind());
      if (description != null) whole.put("description", description);
      return whole;
    }

    private boolean fits(JsonNode value) {
      boolean rightKind = switch (kind()) {
        case "string" -> value.isTextual() && value.textValue().length() <= LONGEST_TEXT;
        case "number" -> value.isNumber();
        case "integer" -> value.isIntegralNumber();
        case "boolean" -> value.isBoolean();
        case "array" -> value.isArray() && value.toString().length() <= LONGEST_TEXT;
        default -> value.isObject() && value.toString().length() <= LONGEST_TEXT;
      };
      return rightKind
          && (!(schema.get("enum") instanceof List<?> closed) || closed.contains(JSON.convertValue(value, Object.class)));
    }
  }

  /** What people call it. */
  String label() {
    return elementName == null || elementName.isBlank() ? elementId : elementName.replaceAll("\\s+", " ");
  }

  /** How it is offered to a model. Its name is the element's id. */
  ToolSpecification specification() {
    var schema = JsonObjectSchema.builder();
    for (Parameter parameter : parameters)
      schema.addProperty(parameter.key(), JsonRawSchema.from(json(parameter.jsonSchema())));
    schema.required(parameters.stream().filter(Parameter::required).map(Parameter::key).toList());
    String words = documentation == null || documentation.isBlank() ? label() : documentation;
    return ToolSpecification.builder().name(elementId).description(words).parameters(schema.build()).build();
  }

  /**
   * What the model said, as far as the drawing asks for it.
   *
   * @throws IllegalArgumentException when that is not what the drawing asks for; the message is for the model
   */
  Map<String, Object> arguments(String said) {
    JsonNode given = parsed(said);
    var arguments = new LinkedHashMap<String, Object>();
    for (Parameter parameter : parameters) {
      JsonNode value = given.path(parameter.key());
      if (value.isMissingNode() || value.isNull()) {
        if (parameter.required())
          throw new IllegalArgumentException("%s needs %s.".formatted(elementId, parameter.key()));
        continue;
      }
      if (!parameter.fits(value))
        throw new IllegalArgumentException("%s of %s must be like %s, texts at most %d characters long."
            .formatted(parameter.key(), elementId, json(parameter.jsonSchema()), LONGEST_TEXT));
      arguments.put(parameter.key(), JSON.convertValue(value, Object.class));
    }
    return arguments;
  }

  private JsonNode parsed(String said) {
    try {
      JsonNode given = JSON.readTree(said == null || said.isBlank() ? "{}" : said);
      if (given.isObject()) return given;
    } catch (JsonProcessingException e) {
      // Said below: the model need not know more.
    }
    throw new IllegalArgumentException("The arguments of %s must be one JSON object.".formatted(elementId));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
