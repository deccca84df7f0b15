package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.view.Work;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.record.value.EvaluatedDecisionValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to an evaluation of a decision. */
final class EvaluatedJson {

  private EvaluatedJson() {}

  static Map<String, Object> of(long key, DecisionEvaluationRecord record) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("decisionDefinitionId", record.getDecisionId());
    json.put("decisionDefinitionKey", Long.toString(record.getDecisionKey()));
    json.put("decisionDefinitionName", record.getDecisionName());
    json.put("decisionDefinitionVersion", record.getDecisionVersion());
    json.put("decisionRequirementsId", record.getDecisionRequirementsId());
    json.put("decisionRequirementsKey", Long.toString(record.getDecisionRequirementsKey()));
    json.put("output", record.getDecisionOutput());
    json.put("failedDecisionDefinitionId", record.getFailedDecisionId());
    json.put("failureMessage", record.getEvaluationFailureMessage());
    json.put("tenantId", record.getTenantId());
    json.put("decisionEvaluationKey", Long.toString(key));
    json.put("decisionInstanceKey", Long.toString(key));
    List<Object> decisions = new ArrayList<>();
    for (EvaluatedDecisionValue decision : record.getEvaluatedDecisions()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("decisionDefinitionId", decision.getDecisionId());
      one.put("decisionDefinitionKey", Long.toString(decision.getDecisionKey()));
      one.put("decisionDefinitionName", decision.getDecisionName());
      one.put("decisionDefinitionVersion", decision.getDecisionVersion());
      one.put("decisionDefinitionType", decision.getDecisionType());
      one.put("output", decision.getDecisionOutput());
      one.put("tenantId", record.getTenantId());
      one.put("decisionEvaluationInstanceKey", key + "-" + (decisions.size() + 1));
      one.put("evaluatedInputs", Work.inputs(decision));
      one.put("matchedRules", Work.rules(decision));
      decisions.add(one);
    }
    json.put("evaluatedDecisions", decisions);
    return json;
  }
}
