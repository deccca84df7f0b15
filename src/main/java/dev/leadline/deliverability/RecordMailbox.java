package dev.leadline.deliverability;

import dev.leadline.engine.TaskAnswer;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Completing listener of the task DecideOnMailbox: lets the mailbox go on, or says why the task is not done. */
@Component
public class RecordMailbox {

  private final Rests rests;

  RecordMailbox(Rests rests) {
    this.rests = rests;
  }

  @JobWorker(
      type = "record-mailbox",
      autoComplete = false,
      fetchVariables = {"mailbox", "decision", "notes"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    String decision = answer.text("decision");
    String notes = answer.text("notes");
    var objection = answer.objection().or(() -> objection(decision, notes));
    if (objection.isEmpty() && decision.equals("go-on")) {
      rests.end(answer.text("mailbox"), "%s: %s".formatted(answer.person(), notes));
    }
    TaskAnswer.complete(client, job, objection);
  }

  private static Optional<String> objection(String decision, String notes) {
    if (!decision.equals("go-on") && !decision.equals("keep")) {
      return Optional.of("Choose what happens: it sends again, or not yet.");
    }
    if (decision.equals("go-on") && notes.isEmpty()) return Optional.of("Say what it was before it sends again.");
    return Optional.empty();
  }
}
