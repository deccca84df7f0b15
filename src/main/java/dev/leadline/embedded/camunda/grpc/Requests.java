package dev.leadline.embedded.camunda.grpc;

import static io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;

import dev.leadline.embedded.camunda.commands.Command;
import dev.leadline.embedded.camunda.commands.EventCommands;
import dev.leadline.embedded.camunda.commands.InstanceCommands;
import dev.leadline.embedded.camunda.commands.JobCommands;
import dev.leadline.embedded.camunda.commands.JobCommands.AdHocElement;
import dev.leadline.embedded.camunda.commands.JobCommands.Corrections;
import dev.leadline.embedded.camunda.commands.ProcessCommands;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Activation;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Mapping;
import dev.leadline.embedded.camunda.commands.ProcessCommands.ScopedVariables;
import dev.leadline.embedded.camunda.commands.ProcessCommands.Start;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.commands.Variables;
import java.util.LinkedHashSet;
import java.util.List;

/** Reads the larger requests of the protocol into commands. */
final class Requests {

  private Requests() {}

  /** There are no tenants here: whoever names another than the default one is refused, as a cluster without them does. */
  static void requireDefaultTenant(List<String> tenants) {
    for (String tenant : tenants) {
      if (!tenant.isEmpty() && !tenant.equals(Command.TENANT)) {
        throw Refusal.invalid(
            "Expected to handle the request with tenant identifier '%s', but multi-tenancy is disabled"
                .formatted(tenant));
      }
    }
  }

  private static void requireDefaultTenant(String tenant) {
    requireDefaultTenant(List.of(tenant));
  }

  @SuppressWarnings("deprecation") // what the protocol still has, clients may still call
  static Command deploy(DeployProcessRequest request) {
    return ProcessCommands.deploy(
        request.getProcessesList().stream()
            .map(file -> new ProcessCommands.Resource(file.getName(), file.getDefinition().toByteArray()))
            .toList());
  }

  static Command deploy(DeployResourceRequest request) {
    requireDefaultTenant(request.getTenantId());
    return ProcessCommands.deploy(
        request.getResourcesList().stream()
            .map(file -> new ProcessCommands.Resource(file.getName(), file.getContent().toByteArray()))
            .toList());
  }

  static Command deleteResource(DeleteResourceRequest request) {
    return ProcessCommands.deleteResource(request.getResourceKey());
  }

  static Command create(CreateProcessInstanceRequest request) {
    return ProcessCommands.create(start(request));
  }

  static Command createWithResult(CreateProcessInstanceWithResultRequest request) {
    return ProcessCommands.createAndAwait(start(request.getRequest()), request.getFetchVariablesList());
  }

  private static Start start(CreateProcessInstanceRequest request) {
    requireDefaultTenant(request.getTenantId());
    return new Start(
        request.getProcessDefinitionKey() > 0 ? request.getProcessDefinitionKey() : -1,
        request.getBpmnProcessId(),
        request.getVersion() == 0 ? -1 : request.getVersion(),
        Variables.of(request.getVariables()),
        new LinkedHashSet<>(request.getTagsList()),
        request.getStartInstructionsList().stream()
            .map(ProcessInstanceCreationStartInstruction::getElementId)
            .toList(),
        request.getRuntimeInstructionsList().stream()
            .map(instruction -> instruction.getTerminate().getAfterElementId())
            .toList());
  }

  static Command cancel(CancelProcessInstanceRequest request) {
    return ProcessCommands.cancel(request.getProcessInstanceKey());
  }

  static Command modify(ModifyProcessInstanceRequest request) {
    List<Activation> activations =
        request.getActivateInstructionsList().stream()
            .map(one ->
                new Activation(
                    one.getElementId(),
                    one.getAncestorElementInstanceKey() > 0 ? one.getAncestorElementInstanceKey() : -1,
                    one.getVariableInstructionsList().stream()
                        .map(set -> new ScopedVariables(set.getScopeId(), Variables.of(set.getVariables())))
                        .toList()))
            .toList();
    List<Long> terminations =
        request.getTerminateInstructionsList().stream()
            .map(ModifyProcessInstanceRequest.TerminateInstruction::getElementInstanceKey)
            .toList();
    return ProcessCommands.modify(request.getProcessInstanceKey(), activations, terminations);
  }

  static Command migrate(MigrateProcessInstanceRequest request) {
    List<Mapping> mappings =
        request.getMigrationPlan().getMappingInstructionsList().stream()
            .map(one -> new Mapping(one.getSourceElementId(), one.getTargetElementId()))
            .toList();
    return ProcessCommands.migrate(
        request.getProcessInstanceKey(), request.getMigrationPlan().getTargetProcessDefinitionKey(), mappings);
  }

  static Command complete(CompleteJobRequest request) {
    return JobCommands.complete(
        request.getJobKey(),
        Variables.of(request.getVariables()),
        request.hasResult() ? result(request.getResult()) : null);
  }

  private static io.camunda.zeebe.protocol.impl.record.value.job.JobResult result(JobResult result) {
    return switch (result.getType()) {
      case "", "userTask" ->
          JobCommands.listenerResult(
              result.getDenied(),
              result.getDeniedReason(),
              result.hasCorrections() ? corrections(result.getCorrections()) : null);
      case "adHocSubProcess" ->
          JobCommands.adHocResult(
              result.getActivateElementsList().stream()
                  .map(one -> new AdHocElement(one.getElementId(), Variables.of(one.getVariables())))
                  .toList(),
              result.getIsCompletionConditionFulfilled(),
              result.getIsCancelRemainingInstances());
      default -> throw Refusal.invalid("The job result type '%s' is unknown.".formatted(result.getType()));
    };
  }

  private static Corrections corrections(JobResultCorrections wanted) {
    return new Corrections(
        wanted.hasAssignee() ? wanted.getAssignee() : null,
        wanted.hasDueDate() ? wanted.getDueDate() : null,
        wanted.hasFollowUpDate() ? wanted.getFollowUpDate() : null,
        wanted.hasCandidateUsers() ? wanted.getCandidateUsers().getValuesList() : null,
        wanted.hasCandidateGroups() ? wanted.getCandidateGroups().getValuesList() : null,
        wanted.hasPriority() ? wanted.getPriority() : null);
  }

  static Command publish(PublishMessageRequest request) {
    requireDefaultTenant(request.getTenantId());
    return EventCommands.publish(
        request.getName(),
        request.getCorrelationKey(),
        request.getTimeToLive(),
        request.getMessageId(),
        Variables.of(request.getVariables()));
  }

  static Command broadcast(BroadcastSignalRequest request) {
    requireDefaultTenant(request.getTenantId());
    return EventCommands.broadcast(request.getSignalName(), Variables.of(request.getVariables()));
  }

  static Command evaluate(EvaluateDecisionRequest request) {
    requireDefaultTenant(request.getTenantId());
    return InstanceCommands.evaluateDecision(
        request.getDecisionKey() > 0 ? request.getDecisionKey() : -1,
        request.getDecisionId(),
        Variables.of(request.getVariables()));
  }
}
