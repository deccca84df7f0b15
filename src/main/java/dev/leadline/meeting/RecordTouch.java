package dev.leadline.meeting;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.meeting.HandTouch.Outcome;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task ContactByHand: records what a person did, or says why the task is not done.
 *
 * <p>Completes its job itself, because only then the task can be given back with a sentence.
 */
@Component
public class RecordTouch {

  private static final int LONGEST = 2000;

  private final HandTouches touches;
  private final Timeline timeline;
  private final Clock clock;

  RecordTouch(HandTouches touches, Timeline timeline, Clock clock) {
    this.touches = touches;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(
      type = "record-touch",
      autoComplete = false,
      fetchVariables = {"leadId", "channel", "result", "notes"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    Map<String, Object> variables = answer.variables();
    var objection = answer.objection().or(() -> objection(variables.get("result"), variables.get("notes")));
    if (objection.isEmpty()) record(variables, answer.person(), job.getElementInstanceKey());
    TaskAnswer.complete(client, job, objection);
  }

  static Optional<String> objection(Object result, Object notes) {
    if (outcome(result).isEmpty()) return Optional.of("Choose what came of it: done, skipped or follow-up.");
    if (text(notes).length() > LONGEST)
      return Optional.of("The notes have more than %d characters.".formatted(LONGEST));
    return Optional.empty();
  }

  private void record(Map<String, Object> variables, String person, long task) {
    String leadId = text(variables.get("leadId"));
    String channel = text(variables.get("channel"));
    String notes = text(variables.get("notes"));
    Outcome outcome = outcome(variables.get("result")).orElseThrow();
    touches.save(new HandTouch(Long.toString(task), leadId, channel, outcome, notes, person, clock.instant()));
    timeline.record(
        "record-touch-" + task, leadId, "record-touch", Actor.PERSON, person,
        outcome.inWords(person, channel.equals("call") ? "a call" : "a message on LinkedIn"),
        notes.isEmpty() ? List.of() : List.of(notes));
  }

  /** done, skipped or follow-up. */
  private static Optional<Outcome> outcome(Object result) {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> outcome.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(result))
        .findFirst();
  }

  private static String text(Object value) {
    return value instanceof String text ? text.strip() : "";
  }
}
