package dev.leadline.embedded.camunda.commands;

import io.camunda.search.filter.ProcessInstanceFilter;
import io.camunda.security.auth.CamundaAuthentication;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationLifecycleManagementRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationProcessInstanceMigrationPlan;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationProcessInstanceModificationMoveInstruction;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationProcessInstanceModificationPlan;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceMigrationMappingInstruction;
import io.camunda.zeebe.protocol.record.intent.BatchOperationIntent;
import io.camunda.zeebe.protocol.record.value.BatchOperationType;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Commands that do the same to all process instances that a filter finds. */
public final class BatchCommands {

  private BatchCommands() {}

  public static Command cancel(ProcessInstanceFilter filter) {
    return create(BatchOperationType.CANCEL_PROCESS_INSTANCE, filter);
  }

  public static Command resolveIncidents(ProcessInstanceFilter filter) {
    return create(BatchOperationType.RESOLVE_INCIDENT, filter);
  }

  public static Command migrate(ProcessInstanceFilter filter, long target, List<ProcessCommands.Mapping> mappings) {
    BatchOperationProcessInstanceMigrationPlan plan =
        new BatchOperationProcessInstanceMigrationPlan().setTargetProcessDefinitionKey(target);
    mappings.forEach(mapping ->
        plan.addMappingInstruction(
            new ProcessInstanceMigrationMappingInstruction()
                .setSourceElementId(mapping.source())
                .setTargetElementId(mapping.target())));
    Command command = create(BatchOperationType.MIGRATE_PROCESS_INSTANCE, filter);
    ((BatchOperationCreationRecord) command.value()).setMigrationPlan(plan);
    return command;
  }

  /** Moves the tokens at each mapping's source to its target. */
  public static Command modify(ProcessInstanceFilter filter, List<ProcessCommands.Mapping> moves) {
    BatchOperationProcessInstanceModificationPlan plan = new BatchOperationProcessInstanceModificationPlan();
    moves.forEach(move ->
        plan.addMoveInstruction(
            new BatchOperationProcessInstanceModificationMoveInstruction()
                .setSourceElementId(move.source())
                .setTargetElementId(move.target())));
    Command command = create(BatchOperationType.MODIFY_PROCESS_INSTANCE, filter);
    ((BatchOperationCreationRecord) command.value()).setModificationPlan(plan);
    return command;
  }

  private static Command create(BatchOperationType type, ProcessInstanceFilter filter) {
    return Command.create(
        BatchOperationIntent.CREATE,
        new BatchOperationCreationRecord()
            .setBatchOperationType(type)
            .setEntityFilter(packed(filter))
            .setAuthentication(packed(CamundaAuthentication.anonymous())));
  }

  private static DirectBuffer packed(Object value) {
    return new UnsafeBuffer(MsgPackConverter.convertToMsgPack(value));
  }

  /** Cancels, suspends or resumes; the command has no key of its own, or it would count as sent by another partition. */
  public static Command change(BatchOperationIntent intent, long key) {
    return Command.create(intent, new BatchOperationLifecycleManagementRecord().setBatchOperationKey(key));
  }
}
