package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.record.value.adhocsubprocess.AdHocSubProcessInstructionRecord;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.incident.IncidentRecord;
import io.camunda.zeebe.protocol.impl.record.value.variable.VariableDocumentRecord;
import io.camunda.zeebe.protocol.record.intent.AdHocSubProcessInstructionIntent;
import io.camunda.zeebe.protocol.record.intent.DecisionEvaluationIntent;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.VariableDocumentIntent;
import io.camunda.zeebe.protocol.record.value.VariableDocumentUpdateSemantic;
import java.util.List;
import org.agrona.DirectBuffer;

/** Commands inside a running instance (variables, incidents, ad-hoc elements), and decisions on their own. */
public final class InstanceCommands {

  private InstanceCommands() {}

  public static Command setVariables(long scopeKey, DirectBuffer variables, boolean local) {
    VariableDocumentRecord record =
        new VariableDocumentRecord()
            .setScopeKey(scopeKey)
            .setVariables(variables)
            .setUpdateSemantics(
                local ? VariableDocumentUpdateSemantic.LOCAL : VariableDocumentUpdateSemantic.PROPAGATE);
    return Command.create(VariableDocumentIntent.UPDATE, record);
  }

  public static Command resolveIncident(long key) {
    return new Command(IncidentIntent.RESOLVE, key, new IncidentRecord());
  }

  public static Command activateAdHoc(
      long instanceKey, List<JobCommands.AdHocElement> elements, boolean cancelRemaining) {
    AdHocSubProcessInstructionRecord record =
        new AdHocSubProcessInstructionRecord()
            .setAdHocSubProcessInstanceKey(instanceKey)
            .setCancelRemainingInstances(cancelRemaining);
    for (JobCommands.AdHocElement element : elements) {
      record.activateElements().add().setElementId(element.elementId()).setVariables(element.variables());
    }
    return Command.create(AdHocSubProcessInstructionIntent.ACTIVATE, record);
  }

  /** Evaluates; key (or -1) or id (or empty) names the decision. */
  public static Command evaluateDecision(long key, String id, DirectBuffer variables) {
    DecisionEvaluationRecord record =
        new DecisionEvaluationRecord()
            .setDecisionKey(key)
            .setDecisionId(id)
            .setVariables(variables)
            .setTenantId(Command.TENANT);
    return Command.create(DecisionEvaluationIntent.EVALUATE, record);
  }
}
