package dev.leadline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A simulated Salesforce: log-in, upserts by external id, and the SOQL that Leadline asks. */
class SalesforceServer implements Function<Asked, Answer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, Set<String>> FIELDS = Map.of(
      "Contact", Set.of("FirstName", "LastName", "Email", "Title", "AccountId", "LeadlineId__c", "LeadlineSource__c",
          "LeadlineScore__c", "LeadlineTier__c", "LeadlineStage__c", "LeadlineReason__c", "LeadlineLink__c"),
      "Account", Set.of("Name", "Website", "LeadlineId__c"),
      "Task", Set.of("WhoId", "Subject", "Description", "ActivityDate", "Status", "Type", "LeadlineId__c"));
  private static final Pattern FIND = Pattern.compile(
      "FROM (Contact|Account) WHERE LeadlineId__c = '([^']*)'(?: OR (?:Email = '([^']*)'|Website LIKE '%([^']*)%'))?");
  private static final Pattern CHANGED = Pattern.compile(
      "FROM (Contact|Opportunity) WHERE .*LastModifiedDate > (\\S+) ORDER BY LastModifiedDate(?: LIMIT (\\d+))?");
  private static final Pattern TASKS =
      Pattern.compile("FROM Task WHERE WhoId = '([^']*)' AND LeadlineId__c != null");

  final Map<String, Map<String, ObjectNode>> objects = new LinkedHashMap<>(Map.of(
      "Contact", new LinkedHashMap<>(), "Account", new LinkedHashMap<>(), "Task", new LinkedHashMap<>()));
  /** How many records one answer has; Salesforce decides. */
  int pageSize = 2_000;
  /** How many questions for a further page it answers that it cannot. */
  int broken;
  private final Map<String, List<ObjectNode>> rest = new HashMap<>();
  private final Supplier<URI> address;
  private int next = 1;

  SalesforceServer(Supplier<URI> address) {
    this.address = address;
  }

  @Override
  public synchronized Answer apply(Asked asked) {
    if (asked.path().equals("/services/oauth2/token")) return Answer.json("""
        {"access_token": "t1", "instance_url": "%s", "token_type": "Bearer", "issued_at": "1"}""".formatted(address.get()));
    if (!"Bearer t1".equals(asked.header("Authorization")))
      return Answer.json(401, "[{\"message\": \"Session expired or invalid\", \"errorCode\": \"INVALID_SESSION_ID\"}]");
    String[] path = asked.path().split("/");
    if (path[4].equals("query") && path.length == 6) return broken-- > 0 ? error(503, "SERVER_UNAVAILABLE") : page(rest.remove(path[5]));
    if (path[4].equals("query")) return query(asked.query().get("q"));
    if (asked.method().equals("DELETE"))
      return objects.get(path[5]).remove(path[6]) == null ? error(404, "NOT_FOUND") : new Answer(204, Map.of(), "");
    JsonNode body = json(asked.body());
    for (var field : body.properties())
      if (!FIELDS.get(path[5]).contains(field.getKey())) return error(400, "INVALID_FIELD");
    return path.length == 8 ? upsert(path[5], path[7], body) : update(path[5], path[6], body);
  }

  private Answer upsert(String object, String ours, JsonNode body) {
    if (body.has("LeadlineId__c")) return error(400, "INVALID_FIELD");
    var known = objects.get(object).values().stream()
        .filter(one -> one.path("LeadlineId__c").asText().equals(ours)).findFirst();
    if (known.isEmpty() && object.equals("Contact") && !body.has("LastName")) return error(400, "REQUIRED_FIELD_MISSING");
    ObjectNode one = known.orElseGet(() -> make(object).put("LeadlineId__c", ours));
    one.setAll((ObjectNode) body);
    return Answer.json(known.isPresent() ? 200 : 201, "{\"id\": \"%s\", \"success\": true, \"errors\": [], \"created\": %s}"
        .formatted(one.path("Id").asText(), known.isEmpty()));
  }

  private Answer update(String object, String id, JsonNode body) {
    ObjectNode one = objects.get(object).get(id);
    if (one == null) return error(404, "NOT_FOUND");
    one.setAll((ObjectNode) body);
    return new Answer(204, Map.of(), "");
  }

  private Answer query(String soql) {
    var tasks = TASKS.matcher(soql);
    if (tasks.find()) return records(objects.get("Task").values().stream().filter(one ->
        one.path("WhoId").asText().equals(tasks.group(1)) && one.has("LeadlineId__c")).toList());
    var changed = CHANGED.matcher(soql);
    if (changed.find()) return page(objects.getOrDefault(changed.group(1), Map.of()).values().stream()
        .filter(one -> one.path("LastModifiedDate").asText("").compareTo(changed.group(2)) > 0)
        .sorted(Comparator.comparing(one -> one.path("LastModifiedDate").asText()))
        .limit(changed.group(3) == null ? Long.MAX_VALUE : Long.parseLong(changed.group(3)))
        .toList());
    var found = FIND.matcher(soql);
    if (!found.find()) return Answer.json("{\"totalSize\": 0, \"done\": true, \"records\": []}");
    var records = objects.get(found.group(1)).values().stream().filter(one ->
        one.path("LeadlineId__c").asText("").equals(found.group(2))
            || found.group(3) != null && one.path("Email").asText("").equalsIgnoreCase(found.group(3))
            || found.group(4) != null && one.path("Website").asText("").contains(found.group(4))).toList();
    return records(records);
  }

  private Answer page(List<ObjectNode> records) {
    if (records.size() <= pageSize) return records(records);
    String locator = "01gRO%010d-%d".formatted(next++, pageSize);
    rest.put(locator, records.subList(pageSize, records.size()));
    return Answer.json("{\"totalSize\": %d, \"done\": false, \"nextRecordsUrl\": \"/services/data/v61.0/query/%s\", \"records\": %s}"
        .formatted(records.size(), locator, records.subList(0, pageSize)));
  }

  private static Answer records(List<ObjectNode> records) {
    return Answer.json("{\"totalSize\": %d, \"done\": true, \"records\": %s}".formatted(records.size(), records));
  }

  /** Somebody of ours has opted out. @return their id */
  String optsOut(String ours) {
    return make("Contact").put("LeadlineId__c", ours).put("HasOptedOutOfEmail", true)
        .put("LastModifiedDate", "2026-01-20T09:30:00.000+0000").path("Id").asText();
  }

  ObjectNode make(String object) {
    String prefix = Map.of("Contact", "003", "Account", "001", "Task", "00T").get(object);
    String id = prefix + "%012dAAA".formatted(next++);
    ObjectNode one = JSON.createObjectNode().put("Id", id);
    objects.get(object).put(id, one);
    return one;
  }

  private static Answer error(int status, String code) {
    return Answer.json(status, "[{\"message\": \"no\", \"errorCode\": \"%s\", \"fields\": []}]".formatted(code));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
