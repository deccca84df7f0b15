package dev.leadline.embedded.camunda.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.view.Entity;
import dev.leadline.embedded.camunda.view.Found;
import dev.leadline.embedded.camunda.view.Tables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.IntPredicate;

/** What happened inside process instances, seen from one instance or summed up per element. */
final class InstanceQueries {
  private static final String INSTANCE = "processInstanceKey";

  private final Broker broker;
  private final Queries queries;

  InstanceQueries(Broker broker) {
    this.broker = broker;
    queries = new Queries(broker);
  }

  private Entity instance(Call call) {
    return queries.entity("Process Instance", INSTANCE, all -> all.processInstances, call);
  }

  void sequenceFlows(Call call) {
    long key = call.key(INSTANCE);
    Entity instance = broker.currentView().find(all -> all.processInstances, key);
    List<Map<String, Object>> flows = new ArrayList<>();
    if (instance != null && instance.get("takenFlows") instanceof List<?> taken) {
      taken.forEach(flow -> flows.add(flow(instance, flow)));
    }
    call.json(200, Map.of("items", flows));
  }

  private static Map<String, Object> flow(Entity instance, Object elementId) {
    Map<String, Object> flow = new LinkedHashMap<>();
    flow.put("sequenceFlowId", instance.get(INSTANCE) + "_" + elementId);
    flow.put(INSTANCE, instance.get(INSTANCE).toString());
    flow.put("processDefinitionKey", instance.get("processDefinitionKey").toString());
    flow.put("processDefinitionId", instance.get("processDefinitionId"));
    flow.put("elementId", elementId);
    flow.put("tenantId", instance.get("tenantId"));
    return flow;
  }

  void callHierarchy(Call call) {
    Entity instance = instance(call);
    List<Map<String, Object>> entries = new ArrayList<>();
    while (instance != null) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put(INSTANCE, instance.get(INSTANCE).toString());
      entry.put("processDefinitionKey", instance.get("processDefinitionKey").toString());
      entry.put("processDefinitionName", instance.get("processDefinitionName"));
      entries.addFirst(entry);
      Long parent = instance.key("parentProcessInstanceKey");
      instance = parent == null ? null : broker.currentView().find(all -> all.processInstances, parent);
    }
    call.json(200, entries);
  }

  /** The incidents of the instance and of all that it calls. */
  void incidents(Call call) {
    long key = instance(call).key(INSTANCE);
    JsonNode body = call.optionalBody("page", "sort").json();
    Queries.page(
        call,
        broker.currentView().search(
            all -> all.incidents, body, all -> all.ofInstances(all.incidents, all.withCalled(key))));
  }

  void variables(Call call) {
    answerVariables(call, (all, any) -> slot -> true, 0);
  }

  void taskVariables(Call call) {
    answerVariables(call, Tables::ofScopes, task(call));
  }

  void effectiveVariables(Call call) {
    answerVariables(call, Tables::effective, task(call));
  }

  private long task(Call call) {
    return queries.entity("User Task", "userTaskKey", all -> all.userTasks, call).key("elementInstanceKey");
  }

  private void answerVariables(Call call, BiFunction<Tables, Long, IntPredicate> restriction, long element) {
    boolean truncate = call.query("truncateValues", true);
    Found found =
        broker.currentView().search(
            all -> all.variables, call.any().json(), all -> restriction.apply(all, element));
    List<Map<String, Object>> items = new ArrayList<>();
    for (Entity variable : found.items()) {
      Map<String, Object> item = variable.render(false);
      String value = variable.text("value");
      boolean shortened = truncate && Tables.isTruncated(value);
      if (shortened) {
        item.put("value", value.substring(0, Tables.LARGEST_SHOWN));
      }
      item.put("isTruncated", shortened);
      items.add(item);
    }
    Queries.page(call, found, items);
  }

  void instanceStatistics(Call call) {
    ObjectNode filter = JsonNodeFactory.instance.objectNode();
    filter.put(INSTANCE, Long.toString(call.key(INSTANCE)));
    call.json(200, Map.of("items", statistics(filter)));
  }

  void definitionStatistics(Call call) {
    ObjectNode filter = call.optionalBody("filter").object("filter").json().deepCopy();
    filter.put("processDefinitionKey", Long.toString(call.key("processDefinitionKey")));
    call.json(200, Map.of("items", statistics(filter)));
  }

  private List<Map<String, Object>> statistics(ObjectNode instanceFilter) {
    Map<String, int[]> counts = broker.currentView().read((Tables all) -> all.countElements(instanceFilter));
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
