package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.usertask.UserTaskRecord;
import io.camunda.zeebe.protocol.record.intent.DecisionEvaluationIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import io.camunda.zeebe.protocol.record.value.EvaluatedDecisionValue;
import io.camunda.zeebe.protocol.record.value.EvaluatedInputValue;
import io.camunda.zeebe.protocol.record.value.EvaluatedOutputValue;
import io.camunda.zeebe.protocol.record.value.MatchedRuleValue;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what people and tables decide: user tasks and decision instances. */
public final class Work {
  private final Tables tables;
  private final Definitions definitions;
  private final History history;

  Work(Tables tables, Definitions definitions, History history) {
    this.tables = tables;
    this.definitions = definitions;
    this.history = history;
  }

  void userTask(long key, long time, Intent intent, UserTaskRecord task) {
    Row row = tables.userTasks.row(key);
    if (row == null) {
      row = newTask(key, time, task);
    }
    switch ((UserTaskIntent) intent) {
      case CREATING -> attributes(row, task).set("state", "CREATING");
      case ASSIGNING, CLAIMING -> row.set("state", "ASSIGNING");
      case UPDATING -> row.set("state", "UPDATING");
      case COMPLETING -> row.set("state", "COMPLETING");
      case CANCELING -> row.set("state", "CANCELING");
      case CREATED, ASSIGNED, UPDATED -> attributes(row, task).set("state", "CREATED");
      case COMPLETION_DENIED, ASSIGNMENT_DENIED, UPDATE_DENIED -> row.set("state", "CREATED");
      case COMPLETED -> attributes(row, task).set("state", "COMPLETED").set("completionDate", time);
      case CANCELED -> row.set("state", "CANCELED").set("completionDate", time);
      case MIGRATED ->
          row.set("processDefinitionId", task.getBpmnProcessId())
              .set("processDefinitionKey", task.getProcessDefinitionKey())
              .set("processDefinitionVersion", task.getProcessDefinitionVersion())
              .set("elementId", task.getElementId())
              .set("name", definitions.elementName(task.getProcessDefinitionKey(), task.getElementId()));
      default -> {}
    }
  }

  private Row newTask(long key, long time, UserTaskRecord task) {
    Row row = tables.userTasks.newRow(key);
    row.set("processDefinitionId", task.getBpmnProcessId())
        .set("processDefinitionKey", task.getProcessDefinitionKey())
        .set("processDefinitionVersion", task.getProcessDefinitionVersion())
        .set("processName", definitions.name(task.getProcessDefinitionKey(), task.getBpmnProcessId()))
        .set("processInstanceKey", task.getProcessInstanceKey())
        .set("elementInstanceKey", task.getElementInstanceKey())
        .set("elementId", task.getElementId())
        .set("name", definitions.elementName(task.getProcessDefinitionKey(), task.getElementId()))
        .set("formKey", task.getFormKey() > 0 ? task.getFormKey() : null)
        .set("externalFormReference", task.getExternalFormReference())
        .set("customHeaders", Map.copyOf(task.getCustomHeaders()))
        .set("creationDate", task.getCreationTimestamp() > 0 ? task.getCreationTimestamp() : time)
        .set("tenantId", task.getTenantId());
    return tables.userTasks.add(row);
  }

  private static Row attributes(Row row, UserTaskRecord task) {
    return row.set("assignee", task.getAssignee())
        .set("candidateGroups", List.copyOf(task.getCandidateGroupsList()))
        .set("candidateUsers", List.copyOf(task.getCandidateUsersList()))
        .set("dueDate", date(task.getDueDate()))
        .set("followUpDate", date(task.getFollowUpDate()))
        .set("priority", task.getPriority());
  }

  private static Long date(String text) {
    try {
      return text.isEmpty() ? null : (Long) ZonedDateTime.parse(text).toInstant().toEpochMilli();
    } catch (DateTimeException e) {
      return null;
    }
  }

  void decision(long key, long time, Intent intent, DecisionEvaluationRecord evaluation) {
    int number = 0;
    for (EvaluatedDecisionValue decision : evaluation.getEvaluatedDecisions()) {
      number++;
      boolean failed =
          intent == DecisionEvaluationIntent.FAILED
              && decision.getDecisionId().equals(evaluation.getFailedDecisionId());
      Row row = tables.decisionInstances.newRow(key + "-" + number);
      row.set("decisionEvaluationKey", key)
          .setKey("processDefinitionKey", evaluation.getProcessDefinitionKey())
          .setKey("processInstanceKey", evaluation.getProcessInstanceKey())
          .setKey("elementInstanceKey", evaluation.getElementInstanceKey())
          .set("decisionDefinitionKey", decision.getDecisionKey())
          .set("decisionDefinitionId", decision.getDecisionId())
          .set("decisionDefinitionName", decision.getDecisionName())
          .set("decisionDefinitionVersion", (int) decision.getDecisionVersion())
          .set("decisionDefinitionType", decision.getDecisionType())
          .set("state", failed ? "FAILED" : "EVALUATED")
          .set("evaluationFailure", failed ? evaluation.getEvaluationFailureMessage() : null)
          .set("evaluationDate", time)
          .set("result", decision.getDecisionOutput())
          .set("tenantId", evaluation.getTenantId())
          .set("evaluatedInputs", inputs(decision))
          .set("matchedRules", rules(decision));
      tables.decisionInstances.add(row);
      if (evaluation.getProcessInstanceKey() < 0) {
        history.evaluated(key + "-" + number);
      }
    }
  }

  /** The inputs of an evaluated decision as the API shows them. */
  public static List<Map<String, Object>> inputs(EvaluatedDecisionValue decision) {
    List<Map<String, Object>> inputs = new ArrayList<>();
    for (EvaluatedInputValue input : decision.getEvaluatedInputs()) {
      inputs.add(
          ordered(
              "inputId", input.getInputId(),
              "inputName", input.getInputName(),
              "inputValue", input.getInputValue()));
    }
    return inputs;
  }

  /** The rules that an evaluated decision hit, as the API shows them. */
  public static List<Map<String, Object>> rules(EvaluatedDecisionValue decision) {
    List<Map<String, Object>> rules = new ArrayList<>();
    for (MatchedRuleValue rule : decision.getMatchedRules()) {
      List<Map<String, Object>> outputs = new ArrayList<>();
      for (EvaluatedOutputValue output : rule.getEvaluatedOutputs()) {
        outputs.add(
            ordered(
                "outputId", output.getOutputId(),
                "outputName", output.getOutputName(),
                "outputValue", output.getOutputValue()));
      }
      rules.add(ordered("ruleId", rule.getRuleId(), "ruleIndex", rule.getRuleIndex(), "evaluatedOutputs", outputs));
    }
    return rules;
  }

  private static Map<String, Object> ordered(String k1, Object v1, String k2, Object v2, String k3, Object v3) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(k1, v1);
    map.put(k2, v2);
    map.put(k3, v3);
    return map;
  }
}
