package dev.leadline.engine;

import io.camunda.client.api.response.ActivatedJob;
import java.util.Optional;

/** The job that the current thread works on. */
public record CurrentJob(long key, long processInstanceKey, String processId, String elementId) {

  private static final ThreadLocal<CurrentJob> CURRENT = new ThreadLocal<>();

  static void is(ActivatedJob job) {
    CURRENT.set(new CurrentJob(
        job.getKey(), job.getProcessInstanceKey(), job.getBpmnProcessId(), job.getElementId()));
  }

  /** Empty when this thread works on another job, or on none: nobody tells it when a job is over. */
  public static Optional<CurrentJob> of(long jobKey) {
    return Optional.ofNullable(CURRENT.get()).filter(job -> job.key == jobKey);
  }
}
