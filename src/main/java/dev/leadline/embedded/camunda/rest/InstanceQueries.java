package dev.leadline.embedded.camunda.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.view.Found;
import dev.leadline.embedded.camunda.view.Row;
import dev.leadline.embedded.camunda.view.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What happened inside process instances, seen from one instance or summed up per element. */
final class InstanceQueries {
  private static final int SHOWN_VALUE = 8191;

  private final Broker broker;
  private final Queries queries;

  InstanceQueries(Broker broker) {
    this.broker = broker;
    queries = new Queries(broker);
  }

  void sequenceFlows(Call call) {
    long key = call.key("key");
    List<Map<String, Object>> flows =
        broker.currentView().read(
            all -> all.sequenceFlows.of("processInstanceKey", key).map(row -> row.render(false)).toList());
    call.json(200, Map.of("items", flows));
  }

  void callHierarchy(Call call) {
    Row instance = queries.row("Process instance", all -> all.processInstances, call);
    List<Map<String, Object>> entries = new ArrayList<>();
    while (instance != null) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("processInstanceKey", instance.get("processInstanceKey").toString());
      entry.put("processDefinitionKey", instance.get("processDefinitionKey").toString());
      Object name = instance.get("processDefinitionName");
      entry.put("processDefinitionName", name == null ? instance.get("processDefinitionId") : name);
      entries.addFirst(entry);
      Long parent = instance.key("parentProcessInstanceKey");
      instance = parent == null ? null : broker.currentView().find(all -> all.processInstances, parent);
    }
    call.json(200, entries);
  }

  void incidents(Call call) {
    Row instance = queries.row("Process instance", all -> all.processInstances, call);
    ObjectNode body = call.body().json().deepCopy();
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    ObjectNode keys = filter.putObject("processInstanceKey");
    broker.currentView()
        .read(all -> all.withCalled(instance.key("processInstanceKey")))
        .forEach(key -> keys.withArray("$in").add(key.toString()));
    body.set("filter", filter);
    Found found = broker.currentView().search(all -> all.incidents, body);
    call.json(200, Queries.page(found, found.items().stream().map(row -> row.render(false)).toList()));
  }

  void variables(Call call) {
    answerVariables(call, call.body().json());
  }

  void taskVariables(Call call) {
    Row task = queries.row("User task", all -> all.userTasks, call);
    long element = task.key("elementInstanceKey");
    ObjectNode body = call.body().json().deepCopy();
    ObjectNode filter = body.path("filter").isObject() ? body.withObject("/filter") : body.putObject("filter");
    ObjectNode keys = filter.putObject("variableKey");
    keys.putArray("$in").add("-1");
    broker.currentView()
        .read(all -> all.visibleVariables(element))
        .forEach(key -> keys.withArray("$in").add(key.toString()));
    answerVariables(call, body);
  }

  private void answerVariables(Call call, JsonNode body) {
    boolean truncate = call.query("truncateValues", true);
    Found found = broker.currentView().search(all -> all.variables, body);
    List<Map<String, Object>> items = new ArrayList<>();
    for (Row row : found.items()) {
      Map<String, Object> item = row.render(false);
      String value = row.text("value");
      boolean tooLong = truncate && value.length() > SHOWN_VALUE;
      if (tooLong) {
        item.put("value", value.substring(0, SHOWN_VALUE));
      }
      item.put("isTruncated", tooLong);
      items.add(item);
    }
    call.json(200, Queries.page(found, items));
  }

  void instanceStatistics(Call call) {
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    filter.put("processInstanceKey", call.parameter("key"));
    call.json(200, Map.of("items", statistics(filter)));
  }

  void definitionStatistics(Call call) {
    JsonNode given = call.body().json().path("filter");
    ObjectNode filter = given.isObject() ? given.deepCopy() : JsonNodeFactory.instance.objectNode();
    filter.put("processDefinitionKey", Long.toString(call.key("key")));
    call.json(200, Map.of("items", statistics(filter)));
  }

  private List<Map<String, Object>> statistics(ObjectNode instanceFilter) {
    Map<String, long[]> counts = broker.currentView().read((Tables all) -> all.countElements(instanceFilter));
    List<Map<String, Object>> items = new ArrayList<>();
    counts.forEach((elementId, count) -> {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("elementId", elementId);
      item.put("active", count[0]);
      item.put("canceled", count[1]);
      item.put("incidents", count[2]);
      item.put("completed", count[3]);
      items.add(item);
    });
    return items;
  }
}
