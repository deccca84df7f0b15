package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.JobBatchIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Keeps the jobs, and which of them some worker holds. */
final class Jobs {
  private final Tables tables;

  Jobs(Tables tables) {
    this.tables = tables;
  }

  List<Long> activated() {
    return tables.jobs.rows()
        .filter(row -> Boolean.TRUE.equals(row.get("held")))
        .map(row -> (Long) row.id())
        .toList();
  }

  void activation(long key, long time, Intent intent, JobBatchRecord batch) {
    if (intent != JobBatchIntent.ACTIVATED) {
      return;
    }
    Iterator<JobRecord> jobs = batch.jobs().iterator();
    batch.jobKeys().forEach(jobKey -> {
      JobRecord job = jobs.next();
      Row row = tables.jobs.row(jobKey.getValue());
      if (row != null) {
        row.set("held", true).set("worker", job.getWorker()).set("deadline", job.getDeadline());
      }
    });
  }

  void job(long key, long time, Intent intent, JobRecord job) {
    if (intent == JobIntent.CREATED) {
      created(key, job);
      return;
    }
    Row row = tables.jobs.row(key);
    if (row == null) {
      return;
    }
    switch ((JobIntent) intent) {
      case COMPLETED -> {
        changed(row, "COMPLETED", job, time);
        denial(row, job);
      }
      case CANCELED -> changed(row, "CANCELED", job, time);
      case ERROR_THROWN -> changed(row, "ERROR_THROWN", job, time);
      case FAILED -> changed(row, "FAILED", job, -1).set("hasFailedWithRetriesLeft", job.getRetries() > 0);
      case TIMED_OUT -> changed(row, "TIMED_OUT", job, -1);
      case RETRIES_UPDATED -> row.set("state", "RETRIES_UPDATED").set("retries", job.getRetries());
      case UPDATED, TIMEOUT_UPDATED -> row.set("retries", job.getRetries()).set("deadline", job.getDeadline());
      case YIELDED, RECURRED_AFTER_BACKOFF -> changed(row, "CREATED", job, -1);
      case MIGRATED ->
          row.set("processDefinitionId", job.getBpmnProcessId())
              .set("processDefinitionKey", job.getProcessDefinitionKey())
              .set("elementId", job.getElementId())
              .set("state", "MIGRATED");
      default -> {}
    }
  }

  private void created(long key, JobRecord job) {
    Row row = tables.jobs.newRow(key);
    row.set("processDefinitionId", job.getBpmnProcessId())
        .set("processDefinitionKey", job.getProcessDefinitionKey())
        .set("processInstanceKey", job.getProcessInstanceKey())
        .set("elementInstanceKey", job.getElementInstanceKey())
        .set("elementId", job.getElementId())
        .set("type", job.getType())
        .set("kind", job.getJobKind().name())
        .set("listenerEventType", job.getJobListenerEventType().name())
        .set("state", "CREATED")
        .set("retries", job.getRetries())
        .set("hasFailedWithRetriesLeft", false)
        .set("tenantId", job.getTenantId());
    Map<String, String> headers = job.getCustomHeaders();
    row.set("customHeaders", headers.isEmpty() ? Map.of() : headers);
    tables.jobs.add(row);
  }

  private static Row changed(Row row, String state, JobRecord job, long ended) {
    return row.set("held", null)
        .set("state", state)
        .set("retries", job.getRetries())
        .set("errorCode", job.getErrorCode())
        .set("errorMessage", job.getErrorMessage())
        .set("endTime", ended);
  }

  private static void denial(Row row, JobRecord job) {
    if (job.getResult().isDenied()) {
      row.set("isDenied", true).set("deniedReason", job.getResult().getDeniedReason());
    }
  }
}
