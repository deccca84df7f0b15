package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.embedded.camunda.view.Column.Kind;
import dev.leadline.embedded.camunda.view.Column.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.agrona.collections.LongHashSet;

/**
 * The tables of the view, each column named as in the API, with what its search may filter and sort by: after the
 * OpenAPI description of 8.8, in its order.
 */
public final class Tables {
  private static final String[] DEFINITION = {"processDefinitionId", "tenantId"};
  private static final String[] ERROR_TYPES = {
    "UNSPECIFIED", "UNKNOWN", "IO_MAPPING_ERROR", "JOB_NO_RETRIES", "EXECUTION_LISTENER_NO_RETRIES",
    "TASK_LISTENER_NO_RETRIES", "AD_HOC_SUB_PROCESS_NO_RETRIES", "CONDITION_ERROR", "EXTRACT_VALUE_ERROR",
    "CALLED_ELEMENT_ERROR", "UNHANDLED_ERROR_EVENT", "MESSAGE_SIZE_EXCEEDED", "CALLED_DECISION_ERROR",
    "DECISION_EVALUATION_ERROR", "FORM_NOT_FOUND", "RESOURCE_NOT_FOUND"
  };
  private static final String[] ELEMENT_TYPES = {
    "UNSPECIFIED", "PROCESS", "SUB_PROCESS", "EVENT_SUB_PROCESS", "AD_HOC_SUB_PROCESS",
    "AD_HOC_SUB_PROCESS_INNER_INSTANCE", "START_EVENT", "INTERMEDIATE_CATCH_EVENT", "INTERMEDIATE_THROW_EVENT",
    "BOUNDARY_EVENT", "END_EVENT", "SERVICE_TASK", "RECEIVE_TASK", "USER_TASK", "MANUAL_TASK", "TASK",
    "EXCLUSIVE_GATEWAY", "INCLUSIVE_GATEWAY", "PARALLEL_GATEWAY", "EVENT_BASED_GATEWAY", "SEQUENCE_FLOW",
    "MULTI_INSTANCE_BODY", "CALL_ACTIVITY", "BUSINESS_RULE_TASK", "SCRIPT_TASK", "SEND_TASK", "UNKNOWN"
  };
  private static final String[] BATCH_TYPES = {
    "CANCEL_PROCESS_INSTANCE", "RESOLVE_INCIDENT", "MIGRATE_PROCESS_INSTANCE", "MODIFY_PROCESS_INSTANCE"
  };
  private static final Column TEXT = new Column("value", Kind.TEXT, Shown.ALWAYS);
  private static final Column FLAG = new Column("value", Kind.BOOL, Shown.ALWAYS);

  public final Table processDefinitions =
      new Table("process definitions", Kind.KEY, "processDefinitionKey")
          .texts("processDefinitionId", "name", "resourceName", "versionTag", "tenantId")
          .numbers("version")
          .flags("hasStartForm")
          .columns(Kind.PROSE, Shown.NEVER, "xml")
          .columns(Kind.TEXT, Shown.NEVER, "startFormId")
          .columns(Kind.KEY, Shown.NEVER, "deploymentKey")
          .operators("name", "processDefinitionId")
          .plain("resourceName", "version", "versionTag", "tenantId", "processDefinitionKey", "hasStartForm")
          .sortedBy("processDefinitionKey", "name", "resourceName", "version", "versionTag", "processDefinitionId")
          .sortedBy("tenantId");
  public final Table processInstances =
      new Table("process instances", Kind.KEY, "processInstanceKey")
          .texts(DEFINITION)
          .texts("processDefinitionName", "processDefinitionVersionTag")
          .options("state", "ACTIVE", "COMPLETED", "TERMINATED")
          .numbers("processDefinitionVersion")
          .keys("processDefinitionKey", "parentProcessInstanceKey", "parentElementInstanceKey")
          .dates("startDate", "endDate")
          .flags("hasIncident")
          .columns(Kind.DOCUMENT, Shown.ALWAYS, "tags")
          .columns(Kind.INT, Shown.NEVER, "incidents")
          .columns(Kind.DOCUMENT, Shown.NEVER, "takenFlows")
          .indexed("parentProcessInstanceKey")
          .operators("startDate", "endDate", "state", "tenantId", "processInstanceKey", "parentProcessInstanceKey")
          .operators("parentElementInstanceKey", "processDefinitionId", "processDefinitionName")
          .operators("processDefinitionVersion", "processDefinitionVersionTag", "processDefinitionKey")
          .plain("hasIncident")
          .sortedBy("processInstanceKey", "processDefinitionId", "processDefinitionName", "processDefinitionVersion")
          .sortedBy("processDefinitionVersionTag", "processDefinitionKey", "parentProcessInstanceKey")
          .sortedBy("parentElementInstanceKey", "startDate", "endDate", "state", "hasIncident", "tenantId");
  public final Table elementInstances =
      new Table("element instances", Kind.KEY, "elementInstanceKey")
          .texts(DEFINITION)
          .texts("elementId", "elementName")
          .options("type", ELEMENT_TYPES)
          .options("state", "ACTIVE", "COMPLETED", "TERMINATED")
          .keys("processInstanceKey", "processDefinitionKey", "incidentKey")
          .dates("startDate", "endDate")
          .flags("hasIncident")
          .columns(Kind.INT, Shown.NEVER, "incidents")
          .columns(Kind.KEY, Shown.NEVER, "elementInstanceScopeKey")
          .indexed("processInstanceKey", "elementInstanceScopeKey")
          .operators("state", "startDate", "endDate")
          .plain("processDefinitionId", "type", "elementId", "elementName", "hasIncident", "tenantId")
          .plain("elementInstanceKey", "processInstanceKey", "processDefinitionKey", "incidentKey")
          .plain("elementInstanceScopeKey")
          .sortedBy("elementInstanceKey", "processInstanceKey", "processDefinitionKey", "processDefinitionId")
          .sortedBy("startDate", "endDate", "elementId", "elementName", "type", "state", "incidentKey", "tenantId");
  public final Table variables =
      new Table("variables", Kind.KEY, "variableKey")
          .texts("name", "tenantId")
          .prose("value")
          .keys("scopeKey", "processInstanceKey")
          .indexed("scopeKey", "processInstanceKey")
          .operators("name", "value", "variableKey", "scopeKey", "processInstanceKey")
          .plain("tenantId")
          .sortedBy("value", "name", "tenantId", "variableKey", "scopeKey", "processInstanceKey");
  public final Table incidents =
      new Table("incidents", Kind.KEY, "incidentKey")
          .texts(DEFINITION)
          .texts("elementId")
          .options("errorType", ERROR_TYPES)
          .options("state", "ACTIVE", "MIGRATED", "RESOLVED", "PENDING")
          .prose("errorMessage")
          .dates("creationTime")
          .keys("processDefinitionKey", "processInstanceKey", "elementInstanceKey", "jobKey")
          .indexed("processInstanceKey")
          .operators("creationTime")
          .plain("processDefinitionId", "errorType", "errorMessage", "elementId", "state", "tenantId", "incidentKey")
          .plain("processDefinitionKey", "processInstanceKey", "elementInstanceKey", "jobKey")
          .sortedBy("incidentKey", "processDefinitionKey", "processDefinitionId", "processInstanceKey", "errorType")
          .sortedBy("errorMessage", "elementId", "elementInstanceKey", "creationTime", "state", "jobKey", "tenantId");
  public final Table jobs =
      new Table("jobs", Kind.KEY, "jobKey")
          .texts(DEFINITION)
          .texts("type", "worker", "elementId", "errorCode")
          .options(
              "state", "CANCELED", "COMPLETED", "CREATED", "ERROR_THROWN", "FAILED", "MIGRATED", "RETRIES_UPDATED",
              "TIMED_OUT")
          .options("kind", "BPMN_ELEMENT", "EXECUTION_LISTENER", "TASK_LISTENER", "AD_HOC_SUB_PROCESS")
          .options(
              "listenerEventType", "ASSIGNING", "CANCELING", "COMPLETING", "CREATING", "END", "START", "UNSPECIFIED",
              "UPDATING")
          .prose("errorMessage", "deniedReason")
          .numbers("retries")
          .flags("hasFailedWithRetriesLeft", "isDenied")
          .dates("deadline", "endTime")
          .json("customHeaders")
          .keys("processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .columns(Kind.BOOL, Shown.NEVER, "held")
          .indexed("processInstanceKey")
          .operators("deadline", "deniedReason", "elementId", "elementInstanceKey", "endTime", "errorCode")
          .operators("errorMessage", "jobKey", "kind", "listenerEventType", "processDefinitionId")
          .operators("processDefinitionKey", "processInstanceKey", "retries", "state", "tenantId", "type", "worker")
          .plain("hasFailedWithRetriesLeft", "isDenied")
          .sortedBy("deadline", "deniedReason", "elementId", "elementInstanceKey", "endTime", "errorCode")
          .sortedBy("errorMessage", "hasFailedWithRetriesLeft", "isDenied", "jobKey", "kind", "listenerEventType")
          .sortedBy("processDefinitionId", "processDefinitionKey", "processInstanceKey", "retries", "state", "tenantId")
          .sortedBy("type", "worker");
  public final Table userTasks =
      new Table("user tasks", Kind.KEY, "userTaskKey")
          .texts(DEFINITION)
          .texts("name", "assignee", "elementId", "processName")
          .options(
              "state", "CREATING", "CREATED", "ASSIGNING", "UPDATING", "COMPLETING", "COMPLETED", "CANCELING",
              "CANCELED", "FAILED")
          .prose("externalFormReference")
          .json("candidateGroups", "candidateUsers", "customHeaders")
          .dates("creationDate", "completionDate", "followUpDate", "dueDate")
          .numbers("processDefinitionVersion", "priority")
          .keys("elementInstanceKey", "processDefinitionKey", "processInstanceKey", "formKey")
          .indexed("processInstanceKey")
          .operators("state", "assignee", "priority", "tenantId", "creationDate", "completionDate", "followUpDate")
          .operators("dueDate")
          .plain("elementId", "name", "processDefinitionId", "userTaskKey", "processDefinitionKey")
          .plain("processInstanceKey", "elementInstanceKey")
          .sortedBy("creationDate", "completionDate", "followUpDate", "dueDate", "priority", "name");
  public final Table decisionDefinitions =
      new Table("decision definitions", Kind.KEY, "decisionDefinitionKey")
          .texts("decisionDefinitionId", "name", "decisionRequirementsId", "tenantId")
          .numbers("version")
          .keys("decisionRequirementsKey")
          .plain("decisionDefinitionId", "name", "version", "decisionRequirementsId", "tenantId")
          .plain("decisionDefinitionKey", "decisionRequirementsKey")
          .sortedBy("decisionDefinitionKey", "decisionDefinitionId", "name", "version", "decisionRequirementsId")
          .sortedBy("decisionRequirementsKey", "tenantId");
  public final Table decisionRequirements =
      new Table("decision requirements", Kind.KEY, "decisionRequirementsKey")
          .texts("decisionRequirementsId", "decisionRequirementsName", "resourceName", "tenantId")
          .numbers("version")
          .columns(Kind.PROSE, Shown.NEVER, "xml")
          .plain("decisionRequirementsName", "version", "decisionRequirementsId", "tenantId")
          .plain("decisionRequirementsKey", "resourceName")
          .sortedBy("decisionRequirementsKey", "decisionRequirementsName", "version", "decisionRequirementsId")
          .sortedBy("tenantId");
  public final Table decisionInstances =
      new Table("decision instances", Kind.PROSE, "decisionEvaluationInstanceKey")
          .keys("decisionEvaluationKey", "processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .keys("decisionDefinitionKey")
          .options("state", "EVALUATED", "FAILED", "UNSPECIFIED", "UNKNOWN")
          .options("decisionDefinitionType", "DECISION_TABLE", "LITERAL_EXPRESSION", "UNSPECIFIED", "UNKNOWN")
          .texts("decisionDefinitionId", "decisionDefinitionName", "tenantId")
          .prose("evaluationFailure", "result")
          .numbers("decisionDefinitionVersion")
          .dates("evaluationDate")
          .columns(Kind.DOCUMENT, Shown.ALONE, "evaluatedInputs", "matchedRules")
          .indexed("processInstanceKey", "decisionEvaluationKey")
          .operators("evaluationDate", "decisionDefinitionKey", "elementInstanceKey")
          .plain("decisionEvaluationInstanceKey", "state", "evaluationFailure", "decisionDefinitionId")
          .plain("decisionDefinitionName", "decisionDefinitionVersion", "decisionDefinitionType", "tenantId")
          .plain("decisionEvaluationKey", "processDefinitionKey", "processInstanceKey")
          .sortedBy("decisionDefinitionId", "decisionDefinitionKey", "decisionDefinitionName")
          .sortedBy("decisionDefinitionType", "decisionDefinitionVersion", "decisionEvaluationInstanceKey")
          .sortedBy("decisionEvaluationKey", "elementInstanceKey", "evaluationDate", "evaluationFailure")
          .sortedBy("processDefinitionKey", "processInstanceKey", "state", "tenantId");
  public final Table forms =
      new Table("forms", Kind.KEY, "formKey")
          .texts("formId", "tenantId")
          .prose("schema")
          .numbers("version")
          .columns(Kind.KEY, Shown.NEVER, "deploymentKey")
          .columns(Kind.TEXT, Shown.NEVER, "resourceName");
  public final Table resources =
      new Table("resources", Kind.KEY, "resourceKey")
          .texts("resourceName", "resourceId", "versionTag", "tenantId")
          .numbers("version")
          .columns(Kind.PROSE, Shown.NEVER, "content");
  public final Table messageSubscriptions =
      new Table("message subscriptions", Kind.KEY, "messageSubscriptionKey")
          .texts(DEFINITION)
          .texts("elementId", "messageName")
          .options("messageSubscriptionState", "CORRELATED", "CREATED", "DELETED", "MIGRATED")
          .prose("correlationKey")
          .keys("processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .dates("lastUpdatedDate")
          .indexed("processInstanceKey", "elementInstanceKey")
          .operators("messageSubscriptionKey", "processDefinitionId", "processInstanceKey", "elementId")
          .operators("elementInstanceKey", "messageSubscriptionState", "lastUpdatedDate", "messageName")
          .operators("correlationKey", "tenantId")
          .sortedBy("messageSubscriptionKey", "processDefinitionId", "processInstanceKey", "elementId")
          .sortedBy("elementInstanceKey", "messageSubscriptionState", "lastUpdatedDate", "messageName")
          .sortedBy("correlationKey", "tenantId");
  public final Table correlations =
      new Table("correlated message subscriptions", Kind.PROSE, Shown.NEVER, "correlationId")
          .texts(DEFINITION)
          .texts("elementId", "messageName")
          .prose("correlationKey")
          .numbers("partitionId")
          .dates("correlationTime")
          .keys("messageKey", "subscriptionKey", "processDefinitionKey", "processInstanceKey", "elementInstanceKey")
          .indexed("processInstanceKey")
          .operators("correlationKey", "correlationTime", "elementId", "elementInstanceKey", "messageKey")
          .operators("messageName", "partitionId", "processDefinitionId", "processDefinitionKey")
          .operators("processInstanceKey", "subscriptionKey", "tenantId")
          .sortedBy("correlationKey", "correlationTime", "elementId", "elementInstanceKey", "messageKey")
          .sortedBy("messageName", "partitionId", "processDefinitionId", "processDefinitionKey")
          .sortedBy("processInstanceKey", "subscriptionKey", "tenantId");
  public final Table batchOperations =
      new Table("batch operations", Kind.KEY, "batchOperationKey")
          .options(
              "state", "ACTIVE", "CANCELED", "COMPLETED", "CREATED", "FAILED", "PARTIALLY_COMPLETED", "SUSPENDED")
          .options("batchOperationType", BATCH_TYPES)
          .columns(Kind.TEXT, Shown.NEVER, "operationType")
          .dates("startDate", "endDate")
          .numbers("operationsTotalCount", "operationsFailedCount", "operationsCompletedCount")
          .columns(Kind.DOCUMENT, Shown.ALWAYS, "errors")
          .operators("batchOperationKey", "operationType", "state")
          .sortedBy("batchOperationKey", "operationType", "state", "startDate", "endDate");
  public final Table batchOperationItems =
      new Table("batch operation items", Kind.PROSE, Shown.NEVER, "id")
          .options("operationType", BATCH_TYPES)
          .keys("batchOperationKey", "itemKey", "processInstanceKey")
          .options("state", "ACTIVE", "COMPLETED", "SKIPPED", "CANCELED", "FAILED")
          .dates("processedDate")
          .prose("errorMessage")
          .indexed("batchOperationKey", "processInstanceKey", "itemKey")
          .operators("batchOperationKey", "itemKey", "processInstanceKey", "state")
          .sortedBy("batchOperationKey", "itemKey", "processInstanceKey", "state");
  final List<Table> all =
      List.of(
          processDefinitions, processInstances, elementInstances, variables, incidents, jobs, userTasks,
          decisionDefinitions, decisionRequirements, decisionInstances, forms, resources, messageSubscriptions,
          correlations, batchOperations, batchOperationItems);
  /** What belongs to a process instance and goes with it. */
  final List<Table> ofInstances =
      List.of(
          elementInstances, variables, incidents, jobs, userTasks, decisionInstances, messageSubscriptions,
          correlations, batchOperationItems);

  Tables() {
    processDefinitions.special("isLatestVersion", this::latest);
    processInstances
        .special("variables", operand -> withVariables(processInstances, "processInstanceKey", operand))
        .special("tags", this::withTags)
        .special("elementId", operand -> withElement("elementId", TEXT, operand))
        .special("elementInstanceState", operand -> withElement("state", TEXT, operand))
        .special("hasElementInstanceIncident", operand -> withElement("hasIncident", FLAG, operand))
        .special("errorMessage", operand -> withIncident(Filter.value(TEXT, operand)))
        .special("incidentErrorHashCode", this::withErrorHash)
        .special("hasRetriesLeft", this::withRetriesLeft)
        .special("batchOperationKey", this::inBatch)
        .special("batchOperationId", this::inBatch);
    userTasks
        .special("candidateGroup", operand -> among("candidateGroups", operand))
        .special("candidateUser", operand -> among("candidateUsers", operand))
        .special("processInstanceVariables", operand -> withVariables(userTasks, "processInstanceKey", operand))
        .special("localVariables", operand -> withVariables(userTasks, "elementInstanceKey", operand));
    variables.special(
        "isTruncated",
        operand -> variables.test("value", value -> isTruncated((String) value) == flag(operand)));
  }

  /** Whether a search shows only the beginning of the value. */
  public static boolean isTruncated(String value) {
    return value.length() > LARGEST_SHOWN;
  }

  /** How many characters of a value a search shows. */
  public static final int LARGEST_SHOWN = 8191;

  private static boolean flag(JsonNode operand) {
    return (Boolean) FLAG.parse("value", operand);
  }

  private IntPredicate latest(JsonNode operand) {
    boolean wanted = flag(operand);
    Map<Object, Row> latest = new HashMap<>();
    processDefinitions.rows().forEach(row ->
        latest.merge(
            row.get("processDefinitionId"),
            row,
            (one, other) -> (Integer) one.get("version") > (Integer) other.get("version") ? one : other));
    LongHashSet keys = new LongHashSet();
    latest.values().forEach(row -> keys.add((Long) row.id()));
    Values.Longs own = processDefinitions.longs("processDefinitionKey");
    return slot -> keys.contains(own.at(slot)) == wanted;
  }

  /** The instance and all that it calls, directly or not. */
  public List<Long> withCalled(long instanceKey) {
    List<Long> keys = new ArrayList<>(List.of(instanceKey));
    for (int i = 0; i < keys.size(); i++) {
      processInstances.by("parentProcessInstanceKey", keys.get(i)).forEach(child -> keys.add((Long) child.id()));
    }
    return keys;
  }

  /** The variables of the element instance and of all its scopes, as a user task shows them. */
  public IntPredicate ofScopes(long elementInstanceKey) {
    LongHashSet scopes = new LongHashSet();
    Long scope = elementInstanceKey;
    while (scope != null) {
      scopes.add(scope.longValue());
      Row element = elementInstances.row(scope);
      scope = element == null ? null : element.key("elementInstanceScopeKey");
    }
    Values.Longs own = variables.longs("scopeKey");
    return slot -> scopes.contains(own.at(slot));
  }

  /** The variables that an element instance sees: its own and those of its scopes, the nearest of each name. */
  public IntPredicate effective(long elementInstanceKey) {
    Map<String, Long> nearest = new LinkedHashMap<>();
    Long scope = elementInstanceKey;
    while (scope != null) {
      variables.by("scopeKey", scope).forEach(row -> nearest.putIfAbsent(row.text("name"), (Long) row.id()));
      Row element = elementInstances.row(scope);
      scope = element == null ? null : element.key("elementInstanceScopeKey");
    }
    return keyed(variables, nearest.values());
  }

  /** The rows of the table with these keys. */
  IntPredicate keyed(Table table, Iterable<Long> keys) {
    LongHashSet wanted = new LongHashSet();
    keys.forEach(wanted::add);
    Values.Longs own = (Values.Longs) table.values(table.columns().getFirst().name());
    return slot -> wanted.contains(own.at(slot));
  }

  /** The rows of the table that name one of these process instances. */
  public IntPredicate ofInstances(Table table, Iterable<Long> instanceKeys) {
    LongHashSet wanted = new LongHashSet();
    instanceKeys.forEach(wanted::add);
    Values.Longs own = table.longs("processInstanceKey");
    return slot -> wanted.contains(own.at(slot));
  }

  /** Per element id: active, cancelled, with incident, completed, of the instances that the filter finds. */
  public Map<String, int[]> countElements(JsonNode instanceFilter) {
    Filter filter = new Filter(processInstances, instanceFilter);
    Map<String, int[]> counts = new TreeMap<>();
    int[] instances = filter.candidates() == null ? processInstances.slots() : filter.candidates();
    int[] found = Arrays.stream(instances).filter(filter::matches).toArray();
    Values.Longs key = processInstances.longs("processInstanceKey");
    for (int instance : found) {
      for (int element : elementInstances.index("processInstanceKey").slots(key.at(instance))) {
        count(element, counts);
      }
    }
    return counts;
  }

  private void count(int element, Map<String, int[]> counts) {
    int[] count = counts.computeIfAbsent((String) elementInstances.values("elementId").get(element), any -> new int[4]);
    switch ((String) elementInstances.values("state").get(element)) {
      case "ACTIVE" -> count[Boolean.TRUE.equals(elementInstances.values("hasIncident").get(element)) ? 2 : 0]++;
      case "TERMINATED" -> count[1]++;
      default -> count[3]++;
    }
  }

  private IntPredicate withElement(String column, Column as, JsonNode operand) {
    return ofInstance(elementInstances, elementInstances.test(column, Filter.value(as, operand)));
  }

  private IntPredicate withIncident(Predicate<Object> message) {
    IntPredicate active = incidents.test("state", "ACTIVE"::equals);
    return ofInstance(incidents, active.and(incidents.test("errorMessage", message)));
  }

  private IntPredicate withErrorHash(JsonNode operand) {
    Predicate<Object> wanted = Filter.value(new Column("incidentErrorHashCode", Kind.INT, Shown.ALWAYS), operand);
    return withIncident(message -> message != null && wanted.test(message.hashCode()));
  }

  private IntPredicate withRetriesLeft(JsonNode operand) {
    boolean wanted = flag(operand);
    IntPredicate left = ofInstance(jobs, jobs.test("hasFailedWithRetriesLeft", Boolean.TRUE::equals));
    return wanted ? left : left.negate();
  }

  private IntPredicate inBatch(JsonNode operand) {
    Predicate<Object> wanted = Filter.value(TEXT, operand);
    return ofInstance(
        batchOperationItems,
        batchOperationItems.test("batchOperationKey", key -> wanted.test(String.valueOf(key))));
  }

  private IntPredicate ofInstance(Table other, IntPredicate wanted) {
    return new Join(processInstances.longs("processInstanceKey"), other, "processInstanceKey", wanted);
  }

  private IntPredicate withVariables(Table table, String scope, JsonNode operand) {
    if (!operand.isArray()) {
      throw InvalidQuery.unreadable("filter.variables");
    }
    String by = table == processInstances ? "processInstanceKey" : "scopeKey";
    IntPredicate all = null;
    for (JsonNode variable : operand) {
      if (!variable.hasNonNull("name")) {
        throw InvalidQuery.of("Variable name must not be null.");
      }
      if (!variable.hasNonNull("value")) {
        throw InvalidQuery.of("Variable value must not be null.");
      }
      IntPredicate name = variables.test("name", variable.path("name").asText()::equals);
      IntPredicate value = variables.test("value", Filter.value(TEXT, variable.path("value")));
      IntPredicate one = new Join(table.longs(scope), variables, by, name.and(value));
      all = all == null ? one : all.and(one);
    }
    return all;
  }

  private IntPredicate withTags(JsonNode operand) {
    List<String> wanted = new ArrayList<>();
    operand.forEach(tag -> wanted.add(tag.asText()));
    return processInstances.test("tags", tags -> tags instanceof List<?> list && list.containsAll(wanted));
  }

  private IntPredicate among(String column, JsonNode operand) {
    Predicate<Object> wanted = Filter.value(TEXT, operand);
    return userTasks.test(column, members -> members instanceof List<?> list && list.stream().anyMatch(wanted));
  }
}
