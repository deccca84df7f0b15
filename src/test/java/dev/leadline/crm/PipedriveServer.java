package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** A simulated Pipedrive: persons, organizations, activities and fields of API v1 and v2. */
class PipedriveServer implements Function<Asked, Answer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, Map<String, ObjectNode>> objects = new HashMap<>();
  private int next = 40;

  @Override
  public synchronized Answer apply(Asked asked) {
    if (!"the-secret-key".equals(asked.header("x-api-token")))
      return Answer.json(401, "{\"success\": false, \"error\": \"unauthorized access\", \"errorCode\": 401}");
    String[] path = asked.path().split("/");
    String kind = path[3];
    return switch (kind) {
      case "users" -> path[4].equals("77") ? ok("{\"id\": 77, \"name\": \"Dana Whitfield\"}") : missing();
      case "deals" -> asked.query().containsKey("cursor")
          ? ok("[{\"id\": 2, \"title\": \"Renewal\", \"value\": null, \"expected_close_date\": null, \"stage_id\": 3}]")
          : Answer.json("""
              {"success": true, "data": [{"id": 1, "title": "Claims intake 2026", "value": 80000, "currency": "EUR",
               "expected_close_date": "2026-06-30", "stage_id": 3, "owner_id": 77}], "additional_data": {"next_cursor": "eyJ"}}""");
      case "notes" -> ok("""
          [{"id": 5, "content": "<p>Sent the <b>price list</b>.</p>", "add_time": "2026-01-20 09:30:00"}]""");
      case "personFields", "organizationFields" -> field(asked, kind);
      default -> object(asked, kind, path);
    };
  }

  private Answer field(Asked asked, String kind) {
    if (asked.method().equals("GET")) return ok(kept(kind).values().toString());
    JsonNode wanted = json(asked.body());
    if (!wanted.path("field_type").asText().equals("varchar")) return refused("ERR_SCHEMA_VALIDATION_FAILED");
    ObjectNode field = make(kind).put("name", wanted.path("name").asText())
        .put("key", Integer.toHexString(wanted.path("name").asText().hashCode()).repeat(5).substring(0, 40 / 5 * 4));
    return Answer.json(201, "{\"success\": true, \"data\": " + field + "}");
  }

  private Answer object(Asked asked, String kind, String[] path) {
    if (path.length > 4 && path[4].equals("search")) return search(kind, asked.query());
    if (asked.method().equals("GET")) {
      if (path.length == 4) return ok(kept(kind).values().stream()
          .filter(one -> one.at("/participants/0/person_id").asText().equals(asked.query().get("person_id"))).toList().toString());
      ObjectNode one = kept(kind).get(path[4]);
      return one == null ? missing() : ok(one.toString());
    }
    if (asked.method().equals("DELETE"))
      return kept(kind).remove(path[4]) == null ? missing() : ok("{\"id\": " + path[4] + "}");
    JsonNode body = json(asked.body());
    String fields = kind.equals("persons") ? "personFields" : "organizationFields";
    for (var own : body.path("custom_fields").properties())
      if (kept(fields).values().stream().noneMatch(field -> field.path("key").asText().equals(own.getKey())))
        return refused("ERR_SCHEMA_VALIDATION_FAILED");
    if (asked.method().equals("POST") && !kind.equals("activities") && body.path("name").asText("").isBlank())
      return refused("ERR_SCHEMA_VALIDATION_FAILED");
    ObjectNode one = asked.method().equals("POST") ? make(kind) : kept(kind).get(path[4]);
    if (one == null) return missing();
    for (var change : body.properties()) {
      if (change.getKey().equals("custom_fields") && one.has("custom_fields"))
        ((ObjectNode) one.path("custom_fields")).setAll((ObjectNode) change.getValue());
      else one.set(change.getKey(), change.getValue());
    }
    if (body.has("name") && kind.equals("persons")) {
      String[] names = body.path("name").asText().split(" ", 2);
      one.put("first_name", names[0]).put("last_name", names.length > 1 ? names[1] : "");
    }
    return ok(one.toString());
  }

  private Answer search(String kind, Map<String, String> query) {
    if (!"true".equals(query.get("exact_match"))) return refused("ERR_SCHEMA_VALIDATION_FAILED");
    List<String> items = kept(kind).values().stream()
        .filter(one -> query.get("fields").equals("email")
            ? one.path("emails").path(0).path("value").asText().equalsIgnoreCase(query.get("term"))
            : StreamSupport.stream(one.path("custom_fields").spliterator(), false)
                .anyMatch(value -> value.asText().equalsIgnoreCase(query.get("term"))))
        .map(one -> "{\"result_score\": 1.2, \"item\": {\"id\": " + one.path("id").asText() + "}}").toList();
    return ok("{\"items\": " + items + "}");
  }

  ObjectNode make(String kind) {
    int id = next++;
    ObjectNode one = JSON.createObjectNode().put("id", id);
    kept(kind).put(String.valueOf(id), one);
    return one;
  }

  Map<String, ObjectNode> kept(String kind) {
    return objects.computeIfAbsent(kind, key -> new LinkedHashMap<>());
  }

  private static Answer ok(String data) {
    return Answer.json("{\"success\": true, \"data\": " + data + ", \"additional_data\": {\"next_cursor\": null}}");
  }

  private static Answer missing() {
    return Answer.json(404, "{\"success\": false, \"error\": \"Not found\", \"code\": \"ERR_NOT_FOUND\"}");
  }

  private static Answer refused(String code) {
    return Answer.json(400, "{\"success\": false, \"error\": \"Validation failed\", \"code\": \"%s\"}".formatted(code));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
