package dev.leadline.rights;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task ConfirmErasure: records who checked that it is the person who asks, or says why the
 * task is not done.
 */
@Component
public class RecordErasure {

  private final Erasures erasures;
  private final Clock clock;

  RecordErasure(Erasures erasures, Clock clock) {
    this.erasures = erasures;
    this.clock = clock;
  }

  @JobWorker(
      type = "record-erasure",
      autoComplete = false,
      fetchVariables = {"erasureId", "decision", "reason"})
  public void handle(JobClient client, ActivatedJob job) {
    var task = job.getUserTask();
    String person = task == null ? null : task.getAssignee();
    Map<String, Object> variables = job.getVariablesAsMap();
    String decision = text(variables.get("decision"));
    String reason = text(variables.get("reason"));
    var objection = objection(person, decision, reason);
    if (objection.isEmpty()) {
      Erasure erasure = erasures.get(text(variables.get("erasureId")));
      erasures.save(decision.equals("erase")
          ? erasure.decided(person) : erasure.refused(person, reason, clock.instant()));
    }
    client
        .newCompleteCommand(job)
        .withResult(result -> result.forUserTask().deny(objection.isPresent(), objection.orElse(null)))
        .execute();
  }

  static Optional<String> objection(String person, String decision, String reason) {
    if (person == null || person.isBlank())
      return Optional.of("Claim the task first, so that it is known who checked it.");
    if (!decision.equals("erase") && !decision.equals("refuse"))
      return Optional.of("Choose what happens: erase or refuse.");
    if (decision.equals("refuse") && reason.isEmpty()) return Optional.of("Give the reason for refusing.");
    return Optional.empty();
  }

  private static String text(Object value) {
    return value instanceof String text ? text.strip() : "";
  }
}
