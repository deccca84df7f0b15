package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A simulated HubSpot: keeps what is written, and answers in the forms of its documentation. */
class HubSpotServer implements Function<Asked, Answer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  final Map<String, Map<String, ObjectNode>> objects = new HashMap<>();
  final Map<String, Set<String>> properties = new HashMap<>(Map.of(
      "contacts", new TreeSet<>(Set.of(
          "firstname", "lastname", "email", "jobtitle", "associatedcompanyid", "lifecyclestage", "hubspot_owner_id")),
      "companies", new TreeSet<>(Set.of("name", "domain", "hubspot_owner_id"))));
  private int next = 500;

  @Override
  public synchronized Answer apply(Asked asked) {
    if (!"Bearer the-secret-key".equals(asked.header("Authorization")))
      return Answer.json(401, "{\"status\": \"error\", \"category\": \"INVALID_AUTHENTICATION\"}");
    String[] path = asked.path().split("/");
    return switch (path[3]) {
      case "owners" -> path[4].equals("77")
          ? Answer.json("{\"id\": \"77\", \"email\": \"dana@our.example\", \"firstName\": \"Dana\", \"lastName\": \"Whitfield\"}")
          : missing();
      case "properties" -> property(asked, path[4]);
      default -> object(asked, path);
    };
  }

  private Answer property(Asked asked, String kind) {
    if (asked.method().equals("GET")) {
      var known = JSON.createObjectNode();
      var results = known.putArray("results");
      properties.get(kind).forEach(name -> results.addObject().put("name", name));
      return Answer.json(known.toString());
    }
    JsonNode made = json(asked.body());
    if (!made.path("groupName").asText().equals(kind.equals("contacts") ? "contactinformation" : "companyinformation"))
      return invalid("PROPERTY_GROUP_NOT_FOUND");
    properties.get(kind).add(made.path("name").asText());
    return Answer.json(201, made.toString());
  }

  private Answer object(Asked asked, String[] path) {
    if (path[2].equals("v4")) {
      ObjectNode contact = kept("contacts").get(path[5]);
      if (contact == null || !kept("companies").containsKey(path[9])) return missing();
      ((ObjectNode) contact.path("properties")).put("associatedcompanyid", path[9]);
      return Answer.json("{\"status\": \"COMPLETE\", \"results\": []}");
    }
    String kind = path[4];
    if (path.length > 5 && path[5].equals("gdpr-delete")) return forget(json(asked.body()));
    if (path.length > 5 && path[5].equals("search")) return search(kind, json(asked.body()));
    return switch (asked.method()) {
      case "GET" -> read(kind, path[5], asked.query().get("idProperty"));
      case "PATCH" -> patch(kind, path[5], json(asked.body()).path("properties"));
      default -> path.length > 5 ? upsert(kind, json(asked.body()).path("inputs").path(0)) : create(kind, json(asked.body()));
    };
  }

  /** With what hangs on them. An address that is not known would be blocked, which ours never asks for. */
  private Answer forget(JsonNode body) {
    if (body.has("idProperty")) return invalid("BLOCKED_FOR_EVER");
    String id = body.path("objectId").asText();
    if (kept("contacts").remove(id) == null) return missing();
    for (String kind : List.of("emails", "notes")) kept(kind).values().removeIf(one -> one.path("contact").asText().equals(id));
    return new Answer(204, Map.of(), "");
  }

  private Answer read(String kind, String id, String idProperty) {
    if (!properties.get(kind).contains(idProperty)) return invalid("PROPERTY_DOESNT_EXIST");
    return kept(kind).values().stream()
        .filter(one -> one.path("properties").path(idProperty).asText().equals(id)).findFirst()
        .map(one -> Answer.json(one.toString())).orElseGet(HubSpotServer::missing);
  }

  private Answer patch(String kind, String id, JsonNode changes) {
    ObjectNode one = kept(kind).get(id);
    if (one == null) return missing();
    for (var change : changes.properties())
      if (!properties.get(kind).contains(change.getKey())) return invalid("PROPERTY_DOESNT_EXIST");
    ((ObjectNode) one.path("properties")).setAll((ObjectNode) changes);
    return Answer.json(one.toString());
  }

  private Answer upsert(String kind, JsonNode input) {
    String ours = input.path("id").asText();
    String unique = input.path("idProperty").asText();
    for (var property : input.path("properties").properties())
      if (!properties.get(kind).contains(property.getKey())) return invalid("PROPERTY_DOESNT_EXIST");
    String email = input.path("properties").path("email").asText("-");
    boolean taken = kept(kind).values().stream().anyMatch(one ->
        one.path("properties").path("email").asText().equals(email) && !one.path("properties").path(unique).asText().equals(ours));
    if (taken) return Answer.json(207, """
        {"status": "COMPLETE", "results": [], "numErrors": 1, "errors": [{"status": "error", "category": "CONFLICT",
         "message": "Contact already exists. Existing ID: 9"}]}""");
    ObjectNode one = kept(kind).values().stream()
        .filter(known -> known.path("properties").path(unique).asText().equals(ours)).findFirst()
        .orElseGet(() -> make(kind));
    ((ObjectNode) one.path("properties")).setAll((ObjectNode) input.path("properties"));
    return Answer.json("{\"status\": \"COMPLETE\", \"results\": [" + one + "]}");
  }

  private Answer create(String kind, JsonNode body) {
    JsonNode association = body.path("associations").path(0);
    int type = association.path("types").path(0).path("associationTypeId").asInt();
    if (type != (kind.equals("emails") ? 198 : 202)) return invalid("INVALID_ASSOCIATION_TYPE");
    if (!kept("contacts").containsKey(association.path("to").path("id").asText())) return invalid("VALIDATION_ERROR");
    if (!body.path("properties").has("hs_timestamp")) return invalid("VALIDATION_ERROR");
    ObjectNode one = make(kind);
    ((ObjectNode) one.path("properties")).setAll((ObjectNode) body.path("properties"));
    one.put("contact", association.path("to").path("id").asText());
    return Answer.json(201, one.toString());
  }

  private Answer search(String kind, JsonNode query) {
    List<ObjectNode> found = new ArrayList<>(kept(kind).values());
    for (JsonNode filter : query.at("/filterGroups/0/filters")) {
      String name = filter.path("propertyName").asText();
      String value = filter.path("value").asText();
      found.removeIf(one -> !is(one, name).equals(value));
    }
    return Answer.json("{\"total\": %d, \"results\": %s}".formatted(found.size(), found));
  }

  private static String is(ObjectNode one, String name) {
    String text = one.path("properties").path(name).asText();
    return switch (name) {
      case "associations.contact" -> one.path("contact").asText();
      case "hs_timestamp" -> String.valueOf(Instant.parse(text).toEpochMilli());
      default -> text;
    };
  }

  /** A company that we know, and what we hope to sell it. */
  void opportunity(String domain, String name) {
    ObjectNode company = make("companies");
    ((ObjectNode) company.path("properties")).put("domain", domain);
    ((ObjectNode) make("deals").path("properties"))
        .put("dealname", name).put("dealstage", "qualifiedtobuy").put("hs_is_closed", "false")
        .put("associations.company", company.path("id").asText());
  }

  ObjectNode make(String kind) {
    String id = String.valueOf(next++);
    ObjectNode one = JSON.createObjectNode().put("id", id);
    one.putObject("properties");
    kept(kind).put(id, one);
    return one;
  }

  Map<String, ObjectNode> kept(String kind) {
    return objects.computeIfAbsent(kind, key -> new LinkedHashMap<>());
  }

  private static Answer missing() {
    return Answer.json(404, "{\"status\": \"error\", \"message\": \"resource not found\", \"category\": \"OBJECT_NOT_FOUND\"}");
  }

  private static Answer invalid(String error) {
    return Answer.json(400, """
        {"status": "error", "message": "Property values were not valid: [{\\"isValid\\":false,\\"error\\":\\"%s\\"}]",
         "correlationId": "aeb5f871", "category": "VALIDATION_ERROR"}""".formatted(error));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
