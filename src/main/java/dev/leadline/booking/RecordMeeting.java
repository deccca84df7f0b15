package dev.leadline.booking;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task HoldMeeting: records what came of a meeting, or says why the task is not done.
 *
 * <p>Completes its job itself, because only then the task can be given back with a sentence.
 */
@Component
public class RecordMeeting {

  private static final int LONGEST = 4000;

  private final Bookings bookings;
  private final Timeline timeline;

  RecordMeeting(Bookings bookings, Timeline timeline) {
    this.bookings = bookings;
    this.timeline = timeline;
  }

  @JobWorker(
      type = "record-meeting",
      autoComplete = false,
      fetchVariables = {"leadId", "meetingId", "result", "notes"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    Map<String, Object> said = answer.variables();
    var objection = answer.objection().or(() -> objection(said.get("result"), said.get("notes")));
    if (objection.isEmpty()) record(said, answer.person(), job.getElementInstanceKey());
    TaskAnswer.complete(client, job, objection);
  }

  static Optional<String> objection(Object result, Object notes) {
    if (!"held".equals(result) && !"no-show".equals(result))
      return Optional.of("Choose what came of it: it took place, or they did not come.");
    if (notes instanceof String text && text.length() > LONGEST)
      return Optional.of("The notes have more than %d characters.".formatted(LONGEST));
    return Optional.empty();
  }

  private void record(Map<String, Object> answer, String person, long task) {
    boolean came = "held".equals(answer.get("result"));
    bookings.tookPlace(String.valueOf(answer.get("meetingId")), came);
    String notes = answer.get("notes") instanceof String text ? text.strip() : "";
    timeline.record(
        "record-meeting-" + task, String.valueOf(answer.get("leadId")), "record-meeting", Actor.PERSON, person,
        came ? "The meeting took place" : "They did not come to the meeting", notes.isEmpty() ? List.of() : List.of(notes));
  }
}
