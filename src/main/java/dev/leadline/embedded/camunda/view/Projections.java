package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationChunkRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationInitializationRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationLifecycleManagementRecord;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DecisionRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DecisionRequirementsRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.FormRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.ProcessRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.ResourceRecord;
import io.camunda.zeebe.protocol.impl.record.value.incident.IncidentRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.impl.record.value.message.MessageStartEventSubscriptionRecord;
import io.camunda.zeebe.protocol.impl.record.value.message.ProcessMessageSubscriptionRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceRecord;
import io.camunda.zeebe.protocol.impl.record.value.usertask.UserTaskRecord;
import io.camunda.zeebe.protocol.impl.record.value.variable.VariableRecord;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What each type of record means for the tables: a row per type. */
final class Projections {

  /** Applies one event; {@code time} is the record's timestamp in milliseconds. */
  @FunctionalInterface
  private interface Projection<T extends UnifiedRecordValue> {
    void apply(long key, long time, Intent intent, T value);
  }

  private final Map<ValueType, Projection<UnifiedRecordValue>> byType = new EnumMap<>(ValueType.class);
  private final Jobs jobs;
  private final Batches batches;
  private final History history;

  Projections(Tables tables) {
    Definitions definitions = new Definitions(tables);
    history = new History(tables);
    Instances instances = new Instances(tables, definitions, history);
    Work work = new Work(tables, definitions, history);
    Events events = new Events(tables);
    jobs = new Jobs(tables);
    batches = new Batches(tables);
    add(ValueType.BATCH_OPERATION_CREATION, BatchOperationCreationRecord.class, batches::created);
    add(ValueType.BATCH_OPERATION_CHUNK, BatchOperationChunkRecord.class, batches::chunk);
    add(ValueType.BATCH_OPERATION_INITIALIZATION, BatchOperationInitializationRecord.class, batches::initialized);
    add(
        ValueType.BATCH_OPERATION_LIFECYCLE_MANAGEMENT,
        BatchOperationLifecycleManagementRecord.class,
        batches::lifecycle);
    add(ValueType.PROCESS, ProcessRecord.class, definitions::process);
    add(ValueType.DECISION, DecisionRecord.class, definitions::decision);
    add(ValueType.DECISION_REQUIREMENTS, DecisionRequirementsRecord.class, definitions::decisionRequirements);
    add(ValueType.FORM, FormRecord.class, definitions::form);
    add(ValueType.RESOURCE, ResourceRecord.class, definitions::resource);
    add(ValueType.PROCESS_INSTANCE, ProcessInstanceRecord.class, instances::element);
    add(ValueType.VARIABLE, VariableRecord.class, instances::variable);
    add(ValueType.INCIDENT, IncidentRecord.class, instances::incident);
    add(ValueType.JOB, JobRecord.class, jobs::job);
    add(ValueType.JOB_BATCH, JobBatchRecord.class, jobs::activation);
    add(ValueType.USER_TASK, UserTaskRecord.class, work::userTask);
    add(ValueType.DECISION_EVALUATION, DecisionEvaluationRecord.class, work::decision);
    add(ValueType.PROCESS_MESSAGE_SUBSCRIPTION, ProcessMessageSubscriptionRecord.class, events::subscription);
    add(ValueType.MESSAGE_START_EVENT_SUBSCRIPTION, MessageStartEventSubscriptionRecord.class, events::start);
  }

  private <T extends UnifiedRecordValue> void add(ValueType type, Class<T> record, Projection<T> projection) {
    byType.put(type, (key, time, intent, value) -> projection.apply(key, time, intent, record.cast(value)));
  }

  boolean wants(RecordMetadata metadata) {
    return isProjected(metadata) || Batches.isOutcome(metadata);
  }

  private boolean isProjected(RecordMetadata metadata) {
    return metadata.getRecordType() == RecordType.EVENT && byType.containsKey(metadata.getValueType());
  }

  void apply(RecordMetadata metadata, long key, long time, UnifiedRecordValue value) {
    if (isProjected(metadata)) {
      byType.get(metadata.getValueType()).apply(key, time, metadata.getIntent(), value);
    }
    if (Batches.isOutcome(metadata)) {
      batches.outcome(metadata, key, time, value);
    }
  }

  /** Takes over what was loaded into the tables. */
  void restored() {
    history.restored();
  }

  List<Long> activatedJobs() {
    return jobs.activated();
  }
}
