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
    return tables.jobs.rows().stream()
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
      row(jobKey.getValue()).set("held", true).set("worker", job.getWorker()).set("deadline", job.getDeadline());
    });
  }

  void job(long key, long time, Intent intent, JobRecord job) {
    switch ((JobIntent) intent) {
      case CREATED -> created(key, job);
      case COMPLETED -> {
        changed(key, "COMPLETED", job, time);
        denial(key, job);
      }
      case CANCELED -> changed(key, "CANCELED", job, time);
      case ERROR_THROWN -> changed(key, "ERROR_THROWN", job, time);
      case FAILED -> {
        changed(key, "FAILED", job, -1);
        row(key).set("hasFailedWithRetriesLeft", job.getRetries() > 0);
      }
      case TIMED_OUT -> changed(key, "TIMED_OUT", job, -1);
      case RETRIES_UPDATED -> row(key).set("state", "RETRIES_UPDATED").set("retries", job.getRetries());
      case UPDATED, TIMEOUT_UPDATED -> row(key).set("retries", job.getRetries()).set("deadline", job.getDeadline());
      case YIELDED, RECURRED_AFTER_BACKOFF -> changed(key, "CREATED", job, -1);
      case MIGRATED ->
          row(key)
              .set("processDefinitionId", job.getBpmnProcessId())
              .set("processDefinitionKey", job.getProcessDefinitionKey())
              .set("elementId", job.getElementId());
      default -> {}
    }
  }

  private Row row(long key) {
    Row row = tables.jobs.row(key);
    return row == null ? tables.jobs.newRow(key) : row;
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

  private void changed(long key, String state, JobRecord job, long ended) {
    row(key)
        .set("held", null)
        .set("state", state)
        .set("retries", job.getRetries())
        .set("errorCode", job.getErrorCode())
        .set("errorMessage", job.getErrorMessage())
        .set("endTime", ended);
  }

  private void denial(long key, JobRecord job) {
    if (job.getResult().isDenied()) {
      row(key).set("isDenied", true).set("deniedReason", job.getResult().getDeniedReason());
    }
  }
}
