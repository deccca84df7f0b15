package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.embedded.camunda.view.Column.Kind;
import dev.leadline.embedded.camunda.view.Column.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The tables of the view, each column named as in the API. */
public final class Tables {
  private static final String[] DEFINITION = {"processDefinitionId", "tenantId"};
  private static final Column VALUE = new Column("value", Kind.TEXT, Shown.ALWAYS);

  public final Table processDefinitions =
      new Table("process definitions", Kind.KEY, "processDefinitionKey")
          .texts("processDefinitionId", "name", "resourceName", "versionTag", "tenantId")
          .numbers("version")
          .flags("hasStartForm")
          .columns(Kind.TEXT, Shown.NEVER, "xml", "startFormId")
          .columns(Kind.KEY, Shown.NEVER, "deploymentKey");
  public final Table processInstances =
      new Table("process instances", Kind.KEY, "processInstanceKey")
          .texts(DEFINITION)
          .texts("processDefinitionName", "processDefinitionVersionTag", "state")
          .numbers("processDefinitionVersion")
          .keys("processDefinitionKey", "parentProcessInstanceKey", "parentElementInstanceKey")
          .dates("startDate", "endDate")
          .flags("hasIncident")
          .json("tags")
          .columns(Kind.INT, Shown.NEVER, "incidents")
          .indexed("parentProcessInstanceKey");
  public final Table elementInstances =
      new Table("element instances", Kind.KEY, "elementInstanceKey")
          .texts(DEFINITION)
          .texts("elementId", "elementName", "type", "state")
          .keys("processInstanceKey", "processDefinitionKey", "incidentKey")
          .dates("startDate", "endDate")
          .flags("hasIncident")
          .columns(Kind.INT, Shown.NEVER, "incidents")
          .columns(Kind.KEY, Shown.NEVER, "elementInstanceScopeKey")
          .indexed("processInstanceKey", "elementInstanceScopeKey");
  public final Table sequenceFlows =
      new Table("sequence flows", Kind.TEXT, "sequenceFlowId")
          .texts(DEFINITION)
          .texts("elementId")
          .keys("processInstanceKey", "processDefinitionKey")
          .indexed("processInstanceKey");
  public final Table variables =
      new Table("variables", Kind.KEY, "variableKey")
          .texts("name", "value", "tenantId")
          .keys("scopeKey", "processInstanceKey")
          .indexed("scopeKey", "processInstanceKey");
  public final Table incidents =
      new Table("incidents", Kind.KEY, "incidentKey")
          .texts(DEFINITION)
          .texts("errorType", "errorMessage", "elementId", "state")
          .dates("creationTime")
          .keys("processDefinitionKey", "processInstanceKey", "elementInstanceKey", "jobKey")
          .indexed("processInstanceKey");
  public final Table jobs =
      new Table("jobs", Kind.KEY, "jobKey")
          .texts(DEFINITION)
          .texts("type", "worker", "state", "kind", "listenerEventType", "elementId")
          .texts("errorCode", "errorMessage", "deniedReason")
          .numbers("retries")
          .flags("hasFailedWithRetriesLeft", "isDenied")
          .dates("deadline", "endTime")
          .json("customHeaders")
          .keys("processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .columns(Kind.BOOL, Shown.NEVER, "held")
          .indexed("processInstanceKey");
  public final Table userTasks =
      new Table("user tasks", Kind.KEY, "userTaskKey")
          .texts(DEFINITION)
          .texts("name", "state", "assignee", "elementId", "processName", "externalFormReference")
          .json("candidateGroups", "candidateUsers", "customHeaders")
          .dates("creationDate", "completionDate", "followUpDate", "dueDate")
          .numbers("processDefinitionVersion", "priority")
          .keys("elementInstanceKey", "processDefinitionKey", "processInstanceKey", "formKey")
          .indexed("processInstanceKey");
  public final Table decisionDefinitions =
      new Table("decision definitions", Kind.KEY, "decisionDefinitionKey")
          .texts("decisionDefinitionId", "name", "decisionRequirementsId", "tenantId")
          .numbers("version")
          .keys("decisionRequirementsKey");
  public final Table decisionRequirements =
      new Table("decision requirements", Kind.KEY, "decisionRequirementsKey")
          .texts("decisionRequirementsId", "decisionRequirementsName", "resourceName", "tenantId")
          .numbers("version")
          .columns(Kind.TEXT, Shown.NEVER, "xml");
  public final Table decisionInstances =
      new Table("decision instances", Kind.TEXT, "decisionEvaluationInstanceKey")
          .keys("decisionEvaluationKey", "processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .keys("decisionDefinitionKey")
          .texts("state", "evaluationFailure", "decisionDefinitionId", "decisionDefinitionName")
          .texts("decisionDefinitionType", "result", "tenantId")
          .numbers("decisionDefinitionVersion")
          .dates("evaluationDate")
          .columns(Kind.JSON, Shown.ALONE, "evaluatedInputs", "matchedRules")
          .indexed("processInstanceKey", "decisionEvaluationKey");
  public final Table forms =
      new Table("forms", Kind.KEY, "formKey")
          .texts("formId", "schema", "tenantId")
          .numbers("version")
          .columns(Kind.KEY, Shown.NEVER, "deploymentKey")
          .columns(Kind.TEXT, Shown.NEVER, "resourceName");
  public final Table resources =
      new Table("resources", Kind.KEY, "resourceKey")
          .texts("resourceName", "resourceId", "versionTag", "tenantId")
          .numbers("version")
          .columns(Kind.TEXT, Shown.NEVER, "content");
  public final Table messageSubscriptions =
      new Table("message subscriptions", Kind.KEY, "messageSubscriptionKey")
          .texts(DEFINITION)
          .texts("elementId", "messageSubscriptionState", "messageName", "correlationKey")
          .keys("processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .dates("lastUpdatedDate")
          .indexed("processInstanceKey", "elementInstanceKey");
  public final Table correlations =
      new Table("correlated message subscriptions", Kind.TEXT, "correlationId")
          .texts(DEFINITION)
          .texts("correlationKey", "elementId", "messageName")
          .numbers("partitionId")
          .dates("correlationTime")
          .keys("messageKey", "subscriptionKey", "processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .indexed("processInstanceKey");
  final List<Table> all =
      List.of(
          processDefinitions, processInstances, elementInstances, sequenceFlows, variables, incidents, jobs,
          userTasks, decisionDefinitions, decisionRequirements, decisionInstances, forms, resources,
          messageSubscriptions, correlations);
  /** What belongs to a process instance and goes with it. */
  final List<Table> ofInstances =
      List.of(
          elementInstances, sequenceFlows, variables, incidents, jobs, userTasks, decisionInstances,
          messageSubscriptions, correlations);

  Tables() {
    processDefinitions.filter("isLatestVersion", operand -> row -> isLatest(row) == operand.asBoolean());
    processInstances
        .filter("variables", operand -> withVariables(operand, "processInstanceKey"))
        .filter("tags", this::withTags)
        .filter("elementId", operand -> inInstance(elementInstances, "elementId", operand))
        .filter("elementInstanceState", operand -> inInstance(elementInstances, "state", operand))
        .filter("hasElementInstanceIncident", operand -> inInstance(elementInstances, "hasIncident", operand))
        .filter("errorMessage", operand -> inInstance(incidents, "errorMessage", operand))
        .filter("hasRetriesLeft", operand -> inInstance(jobs, "hasFailedWithRetriesLeft", operand));
    userTasks
        .filter("candidateGroup", operand -> among("candidateGroups", operand))
        .filter("candidateUser", operand -> among("candidateUsers", operand))
        .filter("processInstanceVariables", operand -> withVariables(operand, "processInstanceKey"))
        .filter("localVariables", operand -> withVariables(operand, "elementInstanceKey"));
    variables.filter("isTruncated", operand -> row -> (row.text("value").length() > 8191) == operand.asBoolean());
  }

  boolean isLatest(Row definition) {
    return processDefinitions.rows().stream()
        .filter(other -> other.get("processDefinitionId").equals(definition.get("processDefinitionId")))
        .noneMatch(other -> (Integer) other.get("version") > (Integer) definition.get("version"));
  }

  /** The instance and all that it calls, directly or not. */
  public List<Long> withCalled(long instanceKey) {
    List<Long> keys = new ArrayList<>(List.of(instanceKey));
    for (int i = 0; i < keys.size(); i++) {
      processInstances.by("parentProcessInstanceKey", keys.get(i)).forEach(child -> keys.add((Long) child.id()));
    }
    return keys;
  }

  /** The variables that an element instance sees: its own and those of its scopes, the nearest of each name. */
  public Collection<Long> visibleVariables(long elementInstanceKey) {
    Map<String, Long> nearest = new LinkedHashMap<>();
    Long scope = elementInstanceKey;
    while (scope != null) {
      variables.by("scopeKey", scope).forEach(row -> nearest.putIfAbsent(row.text("name"), (Long) row.id()));
      Row element = elementInstances.row(scope);
      scope = element == null ? null : element.key("elementInstanceScopeKey");
    }
    return nearest.values();
  }

  /** Per element id: active, cancelled, with incident, completed, of the instances that the filter finds. */
  public Map<String, long[]> countElements(JsonNode instanceFilter) {
    Map<String, long[]> counts = new TreeMap<>();
    Filter filter = new Filter(processInstances, instanceFilter);
    for (Row instance : filter.candidates()) {
      if (filter.matches(instance)) {
        elementInstances.by("processInstanceKey", instance.id()).forEach(element -> {
          long[] count = counts.computeIfAbsent(element.text("elementId"), any -> new long[4]);
          switch (element.text("state")) {
            case "ACTIVE" -> count[Boolean.TRUE.equals(element.get("hasIncident")) ? 2 : 0]++;
            case "TERMINATED" -> count[1]++;
            default -> count[3]++;
          }
        });
      }
    }
    return counts;
  }

  private Predicate<Row> inInstance(Table table, String field, JsonNode operand) {
    int position = table.indexOf(field);
    Predicate<Object> wanted = Filter.value(table.column(field), operand);
    return instance ->
        table.by("processInstanceKey", instance.id()).stream().anyMatch(row -> wanted.test(row.values[position]));
  }

  private Predicate<Row> withVariables(JsonNode operand, String scope) {
    List<Predicate<Row>> wanted = new ArrayList<>();
    for (JsonNode variable : operand) {
      String name = variable.path("name").asText();
      Predicate<Object> value = Filter.value(VALUE, variable.path("value"));
      wanted.add(row -> row.text("name").equals(name) && value.test(row.get("value")));
    }
    return row -> {
      List<Row> scoped = variables.by("scopeKey", row.get(scope));
      return wanted.stream().allMatch(one -> scoped.stream().anyMatch(one));
    };
  }

  private Predicate<Row> withTags(JsonNode operand) {
    List<String> wanted = new ArrayList<>();
    operand.forEach(tag -> wanted.add(tag.asText()));
    return row -> row.get("tags") instanceof List<?> tags && tags.containsAll(wanted);
  }

  private static Predicate<Row> among(String column, JsonNode operand) {
    Predicate<Object> wanted = Filter.value(VALUE, operand);
    return row -> row.get(column) instanceof List<?> list && list.stream().anyMatch(wanted);
  }
}
