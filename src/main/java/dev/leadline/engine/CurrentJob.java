package dev.leadline.engine;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.JobKind;
import java.util.Optional;

/** The job that the current thread works on. */
public record CurrentJob(ActivatedJob job) {

  private static final ThreadLocal<CurrentJob> CURRENT = new ThreadLocal<>();

  static void is(ActivatedJob job) {
    CURRENT.set(new CurrentJob(job));
  }

  static void isOver() {
    CURRENT.remove();
  }

  static Optional<ActivatedJob> get() {
    return Optional.ofNullable(CURRENT.get()).map(CurrentJob::job);
  }

  /** Empty when this thread works on another job, or on none. */
  public static Optional<CurrentJob> of(long jobKey) {
    return Optional.ofNullable(CURRENT.get()).filter(current -> current.job.getKey() == jobKey);
  }

  public long processInstanceKey() {
    return job.getProcessInstanceKey();
  }

  /** Key of the agent's element instance when the job is one of its turns; empty for any other job. */
  public Optional<Long> turnOf() {
    return job.getKind() == JobKind.AD_HOC_SUB_PROCESS ? Optional.of(job.getElementInstanceKey()) : Optional.empty();
  }
}
