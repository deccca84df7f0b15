package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationChunkRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationInitializationRecord;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationLifecycleManagementRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceMigrationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceRecord;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.BatchOperationIntent;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceMigrationIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceModificationIntent;
import io.camunda.zeebe.protocol.record.value.BatchOperationChunkRecordValue.BatchOperationItemValue;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import io.camunda.zeebe.protocol.record.value.scaling.BatchOperationErrorValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongBiFunction;

/** Keeps batch operations and what became of each of their items. */
final class Batches {

  /**
   * How an item of one kind ends: by an event, or by the rejection of its command; both carry the batch operation's
   * key, and {@code item} finds the item's from the record's key and value.
   */
  private record Outcome(Intent done, Intent refused, ToLongBiFunction<Long, UnifiedRecordValue> item) {}

  private static final Map<ValueType, Outcome> OUTCOMES =
      Map.of(
          ValueType.PROCESS_INSTANCE,
          new Outcome(ProcessInstanceIntent.ELEMENT_TERMINATED, ProcessInstanceIntent.CANCEL, Batches::process),
          ValueType.PROCESS_INSTANCE_MIGRATION,
          new Outcome(
              ProcessInstanceMigrationIntent.MIGRATED,
              ProcessInstanceMigrationIntent.MIGRATE,
              (key, value) -> ((ProcessInstanceMigrationRecord) value).getProcessInstanceKey()),
          ValueType.PROCESS_INSTANCE_MODIFICATION,
          new Outcome(
              ProcessInstanceModificationIntent.MODIFIED,
              ProcessInstanceModificationIntent.MODIFY,
              (key, value) -> ((ProcessInstanceModificationRecord) value).getProcessInstanceKey()),
          ValueType.INCIDENT,
          new Outcome(IncidentIntent.RESOLVED, IncidentIntent.RESOLVE, (key, value) -> key));

  private final Tables tables;

  Batches(Tables tables) {
    this.tables = tables;
  }

  /** Only the end of the instance itself counts, not that of an element in it. */
  private static long process(long key, UnifiedRecordValue value) {
    BpmnElementType type = ((ProcessInstanceRecord) value).getBpmnElementType();
    return type == BpmnElementType.PROCESS || type == BpmnElementType.UNSPECIFIED ? key : -1;
  }

  void created(long key, long time, Intent intent, BatchOperationCreationRecord batch) {
    if (intent == BatchOperationIntent.CREATED) {
      Row row = tables.batchOperations.newRow(key);
      row.set("state", "CREATED")
          .set("batchOperationType", batch.getBatchOperationType().name())
          .set("operationType", batch.getBatchOperationType().name())
          .set("operationsTotalCount", 0)
          .set("operationsFailedCount", 0)
          .set("operationsCompletedCount", 0)
          .set("errors", List.of());
      tables.batchOperations.add(row);
    }
  }

  void chunk(long key, long time, Intent intent, BatchOperationChunkRecord chunk) {
    Row batch = tables.batchOperations.row(chunk.getBatchOperationKey());
    if (batch == null) {
      return;
    }
    List<BatchOperationItemValue> items = chunk.getItems();
    for (BatchOperationItemValue item : items) {
      Row row = tables.batchOperationItems.newRow(id(chunk.getBatchOperationKey(), item.getItemKey()));
      row.set("operationType", batch.text("batchOperationType"))
          .set("batchOperationKey", chunk.getBatchOperationKey())
          .set("itemKey", item.getItemKey())
          .set("processInstanceKey", item.getProcessInstanceKey())
          .set("state", "ACTIVE");
      tables.batchOperationItems.add(row);
    }
    count(batch, "operationsTotalCount", items.size());
  }

  private static String id(long batch, long item) {
    return batch + "-" + item;
  }

  private static void count(Row batch, String column, int more) {
    batch.set(column, (Integer) batch.get(column) + more);
  }

  void initialized(long key, long time, Intent intent, BatchOperationInitializationRecord batch) {
    Row row = tables.batchOperations.row(batch.getBatchOperationKey());
    if (row != null && intent == BatchOperationIntent.INITIALIZED) {
      row.set("state", "ACTIVE").set("startDate", time);
    }
  }

  void lifecycle(long key, long time, Intent intent, BatchOperationLifecycleManagementRecord batch) {
    Row row = tables.batchOperations.row(batch.getBatchOperationKey());
    if (row == null) {
      return;
    }
    switch ((BatchOperationIntent) intent) {
      case SUSPENDED -> row.set("state", "SUSPENDED");
      case RESUMED -> row.set("state", "ACTIVE");
      case CANCELED -> {
        row.set("state", "CANCELED").set("endDate", time);
        tables.batchOperationItems.by("batchOperationKey", batch.getBatchOperationKey()).stream()
            .filter(item -> item.text("state").equals("ACTIVE"))
            .forEach(item -> item.set("state", "CANCELED").set("processedDate", time));
      }
      case FAILED -> row.set("state", "FAILED").set("endDate", time).set("errors", errors(batch));
      case COMPLETED ->
          row.set("state", batch.getErrors().isEmpty() ? "COMPLETED" : "PARTIALLY_COMPLETED")
              .set("endDate", time)
              .set("errors", errors(batch));
      default -> {}
    }
  }

  private static List<Map<String, Object>> errors(BatchOperationLifecycleManagementRecord batch) {
    return batch.getErrors().stream().map(Batches::error).toList();
  }

  private static Map<String, Object> error(BatchOperationErrorValue error) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("partitionId", error.getPartitionId());
    json.put("type", error.getType().name());
    json.put("message", error.getMessage());
    return json;
  }

  static boolean isOutcome(RecordMetadata metadata) {
    Outcome outcome = metadata.getBatchOperationReference() > 0 ? OUTCOMES.get(metadata.getValueType()) : null;
    return outcome != null
        && switch (metadata.getRecordType()) {
          case EVENT -> metadata.getIntent() == outcome.done();
          case COMMAND_REJECTION -> metadata.getIntent() == outcome.refused();
          default -> false;
        };
  }

  void outcome(RecordMetadata metadata, long key, long time, UnifiedRecordValue value) {
    long batchKey = metadata.getBatchOperationReference();
    long itemKey = OUTCOMES.get(metadata.getValueType()).item().applyAsLong(key, value);
    Row batch = tables.batchOperations.row(batchKey);
    Row item = tables.batchOperationItems.row(id(batchKey, itemKey));
    if (batch == null || item == null || !item.text("state").equals("ACTIVE")) {
      return;
    }
    boolean done = metadata.getRecordType() == RecordType.EVENT;
    item.set("state", done ? "COMPLETED" : "FAILED").set("processedDate", time);
    count(batch, done ? "operationsCompletedCount" : "operationsFailedCount", 1);
    if (!done) {
      item.set("errorMessage", metadata.getRejectionType() + ": " + metadata.getRejectionReason());
    }
  }
}
