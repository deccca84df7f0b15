package dev.leadline.engine;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.util.Map;
import java.util.Optional;

/**
 * What a person answered in a task that they are about to complete.
 *
 * @param person who works on the task, or ""
 */
public record TaskAnswer(String person, Map<String, Object> variables) {

  public static TaskAnswer of(ActivatedJob job) {
    var task = job.getUserTask();
    String person = task == null || task.getAssignee() == null ? "" : task.getAssignee().strip();
    return new TaskAnswer(person, job.getVariablesAsMap());
  }

  /** What they wrote into a field, or "". */
  public String text(String field) {
    return variables.get(field) instanceof String text ? text.strip() : "";
  }

  /** Why the task is not done, when nobody is known to have done it. */
  public Optional<String> objection() {
    return person.isEmpty() ? Optional.of("Claim the task first, so that it is known who did it.") : Optional.empty();
  }

  /** Lets the task be done, or gives it back with a sentence; only who completes the listener's job by hand can do that. */
  public static void complete(JobClient client, ActivatedJob job, Optional<String> objection) {
    client.newCompleteCommand(job)
        .withResult(result -> result.forUserTask().deny(objection.isPresent(), objection.orElse(null)))
        .execute();
  }
}
