package dev.leadline.embedded.camunda.grpc;

import static io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;

import dev.leadline.embedded.camunda.commands.TaskProperties;
import dev.leadline.embedded.camunda.commands.Variables;
import dev.leadline.embedded.camunda.engine.Answer;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceResultRecord;
import io.camunda.zeebe.protocol.record.value.EvaluatedDecisionValue;

/** Writes the engine's records as messages of the protocol. */
final class Responses {

  private Responses() {}

  static ActivatedJob job(long key, JobRecord job) {
    ActivatedJob.Builder builder =
        ActivatedJob.newBuilder()
            .setKey(key)
            .setType(job.getType())
            .setProcessInstanceKey(job.getProcessInstanceKey())
            .setBpmnProcessId(job.getBpmnProcessId())
            .setProcessDefinitionVersion(job.getProcessDefinitionVersion())
            .setProcessDefinitionKey(job.getProcessDefinitionKey())
            .setElementId(job.getElementId())
            .setElementInstanceKey(job.getElementInstanceKey())
            .setCustomHeaders(Variables.toJson(job.getCustomHeadersBuffer()))
            .setWorker(job.getWorker())
            .setRetries(job.getRetries())
            .setDeadline(job.getDeadline())
            .setVariables(Variables.toJson(job.getVariablesBuffer()))
            .setTenantId(job.getTenantId())
            .setKind(ActivatedJob.JobKind.valueOf(job.getJobKind().name()))
            .setListenerEventType(ActivatedJob.ListenerEventType.valueOf(job.getJobListenerEventType().name()))
            .addAllTags(job.getTags());
    TaskProperties task = TaskProperties.of(job);
    return task == null ? builder.build() : builder.setUserTask(userTask(task)).build();
  }

  private static UserTaskProperties userTask(TaskProperties task) {
    UserTaskProperties.Builder builder =
        UserTaskProperties.newBuilder()
            .addAllCandidateGroups(task.candidateGroups())
            .addAllCandidateUsers(task.candidateUsers())
            .addAllChangedAttributes(task.changedAttributes());
    if (task.action() != null) {
      builder.setAction(task.action());
    }
    if (task.assignee() != null) {
      builder.setAssignee(task.assignee());
    }
    if (task.dueDate() != null) {
      builder.setDueDate(task.dueDate());
    }
    if (task.followUpDate() != null) {
      builder.setFollowUpDate(task.followUpDate());
    }
    if (task.formKey() != null) {
      builder.setFormKey(task.formKey());
    }
    if (task.priority() != null) {
      builder.setPriority(task.priority());
    }
    if (task.userTaskKey() != null) {
      builder.setUserTaskKey(task.userTaskKey());
    }
    return builder.build();
  }

  static CreateProcessInstanceResponse created(ProcessInstanceCreationRecord record) {
    return CreateProcessInstanceResponse.newBuilder()
        .setProcessDefinitionKey(record.getProcessDefinitionKey())
        .setBpmnProcessId(record.getBpmnProcessId())
        .setVersion(record.getVersion())
        .setProcessInstanceKey(record.getProcessInstanceKey())
        .setTenantId(record.getTenantId())
        .addAllTags(record.getTags())
        .build();
  }

  static CreateProcessInstanceWithResultResponse finished(ProcessInstanceResultRecord record) {
    return CreateProcessInstanceWithResultResponse.newBuilder()
        .setProcessDefinitionKey(record.getProcessDefinitionKey())
        .setBpmnProcessId(record.getBpmnProcessId())
        .setVersion(record.getVersion())
        .setProcessInstanceKey(record.getProcessInstanceKey())
        .setVariables(Variables.toJson(record.getVariablesBuffer()))
        .setTenantId(record.getTenantId())
        .addAllTags(record.getTags())
        .build();
  }

  static DeployResourceResponse deployed(Answer answer, DeploymentRecord into) {
    DeploymentRecord record = answer.read(into);
    DeployResourceResponse.Builder builder =
        DeployResourceResponse.newBuilder().setKey(answer.key()).setTenantId(record.getTenantId());
    record.processesMetadata().forEach(process ->
        builder.addDeploymentsBuilder().getProcessBuilder()
            .setBpmnProcessId(process.getBpmnProcessId())
            .setVersion(process.getVersion())
            .setProcessDefinitionKey(process.getKey())
            .setResourceName(process.getResourceName())
            .setTenantId(process.getTenantId()));
    record.decisionsMetadata().forEach(decision ->
        builder.addDeploymentsBuilder().getDecisionBuilder()
            .setDmnDecisionId(decision.getDecisionId())
            .setDmnDecisionName(decision.getDecisionName())
            .setVersion(decision.getVersion())
            .setDecisionKey(decision.getDecisionKey())
            .setDmnDecisionRequirementsId(decision.getDecisionRequirementsId())
            .setDecisionRequirementsKey(decision.getDecisionRequirementsKey())
            .setTenantId(decision.getTenantId()));
    record.decisionRequirementsMetadata().forEach(requirements ->
        builder.addDeploymentsBuilder().getDecisionRequirementsBuilder()
            .setDmnDecisionRequirementsId(requirements.getDecisionRequirementsId())
            .setDmnDecisionRequirementsName(requirements.getDecisionRequirementsName())
            .setVersion(requirements.getDecisionRequirementsVersion())
            .setDecisionRequirementsKey(requirements.getDecisionRequirementsKey())
            .setResourceName(requirements.getResourceName())
            .setTenantId(requirements.getTenantId()));
    record.formMetadata().forEach(form ->
        builder.addDeploymentsBuilder().getFormBuilder()
            .setFormId(form.getFormId())
            .setVersion(form.getVersion())
            .setFormKey(form.getFormKey())
            .setResourceName(form.getResourceName())
            .setTenantId(form.getTenantId()));
    return builder.build();
  }

  @SuppressWarnings("deprecation")
  static DeployProcessResponse deployedProcesses(DeployResourceResponse all) {
    DeployProcessResponse.Builder builder = DeployProcessResponse.newBuilder().setKey(all.getKey());
    all.getDeploymentsList().stream().filter(Deployment::hasProcess).map(Deployment::getProcess)
        .forEach(builder::addProcesses);
    return builder.build();
  }

  static EvaluateDecisionResponse evaluated(long key, DecisionEvaluationRecord record) {
    EvaluateDecisionResponse.Builder builder =
        EvaluateDecisionResponse.newBuilder()
            .setDecisionKey(record.getDecisionKey())
            .setDecisionId(record.getDecisionId())
            .setDecisionName(record.getDecisionName())
            .setDecisionVersion(record.getDecisionVersion())
            .setDecisionRequirementsId(record.getDecisionRequirementsId())
            .setDecisionRequirementsKey(record.getDecisionRequirementsKey())
            .setDecisionOutput(record.getDecisionOutput())
            .setFailedDecisionId(record.getFailedDecisionId())
            .setFailureMessage(record.getEvaluationFailureMessage())
            .setTenantId(record.getTenantId())
            .setDecisionInstanceKey(key)
            .setDecisionEvaluationKey(key);
    for (EvaluatedDecisionValue decision : record.getEvaluatedDecisions()) {
      EvaluatedDecision.Builder one =
          builder.addEvaluatedDecisionsBuilder()
              .setDecisionKey(decision.getDecisionKey())
              .setDecisionId(decision.getDecisionId())
              .setDecisionName(decision.getDecisionName())
              .setDecisionVersion((int) decision.getDecisionVersion())
              .setDecisionType(decision.getDecisionType())
              .setDecisionOutput(decision.getDecisionOutput())
              .setTenantId(record.getTenantId())
              .setDecisionEvaluationInstanceKey(key + "-" + (builder.getEvaluatedDecisionsCount()));
      decision.getEvaluatedInputs().forEach(input ->
          one.addEvaluatedInputsBuilder()
              .setInputId(input.getInputId())
              .setInputName(input.getInputName())
              .setInputValue(input.getInputValue()));
      decision.getMatchedRules().forEach(rule -> {
        MatchedDecisionRule.Builder matched =
            one.addMatchedRulesBuilder().setRuleId(rule.getRuleId()).setRuleIndex(rule.getRuleIndex());
        rule.getEvaluatedOutputs().forEach(output ->
            matched.addEvaluatedOutputsBuilder()
                .setOutputId(output.getOutputId())
                .setOutputName(output.getOutputName())
                .setOutputValue(output.getOutputValue()));
      });
    }
    return builder.build();
  }
}
