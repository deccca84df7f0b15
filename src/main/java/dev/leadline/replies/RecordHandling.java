package dev.leadline.replies;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Completing listener of the task HandleReply: what a person makes of a reply, or why the task is not done. */
@Component
public class RecordHandling {

  private static final String STEP = "record-handling";
  private static final int LONGEST = 2_000;
  private static final Map<String, String> ACTIONS = Map.of(
      "done", "answered it themselves, nothing more follows", "answer", "wants an answer drafted", "meet",
      "wants to agree on a meeting", "wait", "wants to wait", "refer", "sees somebody else named in it", "close",
      "closes the contact", "suppress", "ends all contact");

  private final IncomingMails mails;
  private final Timeline timeline;
  private final Clock clock;

  RecordHandling(IncomingMails mails, Timeline timeline, Clock clock) {
    this.mails = mails;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(
      type = STEP,
      autoComplete = false,
      fetchVariables = {"leadId", "messageId", "action", "until", "notes"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    var objection = answer.objection().or(() -> objection(answer));
    if (objection.isEmpty()) record(answer, job.getElementInstanceKey());
    TaskAnswer.complete(client, job, objection);
  }

  private Optional<String> objection(TaskAnswer answer) {
    String action = answer.text("action");
    if (!ACTIONS.containsKey(action)) return Optional.of("Choose what follows from the reply.");
    if (answer.text("notes").length() > LONGEST)
      return Optional.of("The notes have more than %d characters.".formatted(LONGEST));
    if (action.equals("wait") && !isAhead(answer.text("until")))
      return Optional.of("Say until when to wait: a day that lies ahead.");
    return Optional.empty();
  }

  private boolean isAhead(String day) {
    try {
      return LocalDate.parse(day).isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    } catch (DateTimeParseException noDay) {
      return false;
    }
  }

  private void record(TaskAnswer answer, long task) {
    String action = answer.text("action");
    String notes = answer.text("notes");
    mails.settled(answer.text("messageId"), answer.person(), action);
    timeline.record(
        STEP + "-" + task, answer.text("leadId"), STEP, Actor.PERSON, answer.person(),
        "%s read the reply and %s.".formatted(answer.person(), ACTIONS.get(action)),
        notes.isEmpty() ? List.of() : List.of(notes));
  }
}
