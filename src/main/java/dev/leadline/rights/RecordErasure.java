package dev.leadline.rights;

import dev.leadline.engine.TaskAnswer;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
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
    var answer = TaskAnswer.of(job);
    String decision = answer.text("decision");
    String reason = answer.text("reason");
    var objection = answer.objection().or(() -> objection(decision, reason));
    if (objection.isEmpty()) {
      Erasure erasure = erasures.get(answer.text("erasureId"));
      erasures.save(decision.equals("erase")
          ? erasure.decided(answer.person()) : erasure.refused(answer.person(), reason, clock.instant()));
    }
    TaskAnswer.complete(client, job, objection);
  }

  static Optional<String> objection(String decision, String reason) {
    if (!decision.equals("erase") && !decision.equals("refuse"))
      return Optional.of("Choose what happens: erase or refuse.");
    if (decision.equals("refuse") && reason.isEmpty()) return Optional.of("Give the reason for refusing.");
    return Optional.empty();
  }
}
