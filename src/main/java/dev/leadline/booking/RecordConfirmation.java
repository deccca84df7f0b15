package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.engine.TaskAnswer;
import dev.leadline.provider.Unavailable;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task ConfirmMeeting: takes the time that a colleague confirmed, or says why it cannot be.
 *
 * <p>Completes its job itself, because only then the task can be given back with a sentence.
 */
@Component
public class RecordConfirmation {

  private final Meetings meetings;
  private final Bookings bookings;
  private final Timeline timeline;

  RecordConfirmation(Meetings meetings, Bookings bookings, Timeline timeline) {
    this.meetings = meetings;
    this.bookings = bookings;
    this.timeline = timeline;
  }

  @JobWorker(
      type = "record-confirmation",
      autoComplete = false,
      fetchVariables = {"leadId", "meetingId", "decision", "start"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    TaskAnswer.complete(client, job, answer.objection()
        .or(() -> record(answer.variables(), answer.person(), job.getElementInstanceKey())));
  }

  private Optional<String> record(Map<String, Object> answer, String person, long task) {
    boolean book = "book".equals(answer.get("decision"));
    if (!book && !"decline".equals(answer.get("decision"))) return Optional.of("Choose whether to book it or not.");
    Meeting meeting = meetings.get(String.valueOf(answer.get("meetingId")));
    if (!book) {
      timeline.record(
          "record-confirmation-" + task, meeting.leadId(), "record-confirmation", Actor.PERSON, person,
          person + " did not book the meeting", List.of());
      return Optional.empty();
    }
    return choose(meeting, answer.get("start"), person);
  }

  private Optional<String> choose(Meeting meeting, Object start, String person) {
    try {
      Instant other = start instanceof String text && !text.isBlank() ? Instant.parse(text) : meeting.start();
      if (other == null) return Optional.of("Choose a time.");
      if (meeting.state() != State.CHOSEN || !other.equals(meeting.start()))
        bookings.choose(meeting.id(), other, Actor.PERSON, person);
      return Optional.empty();
    } catch (DateTimeParseException unreadable) {
      return Optional.of("The time cannot be read; choose one of the list.");
    } catch (Bookings.NotPossible no) {
      return Optional.of(no.getMessage());
    } catch (Unavailable calendar) {
      return Optional.of("The host's calendar does not answer; try again in a moment.");
    }
  }
}
