package dev.leadline.booking;

import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Action step: frees what a meeting held or booked, in our diary and in the host's calendar. */
@Component
public class EndMeeting {

  private static final String STEP = "end-meeting";

  private final Bookings bookings;
  private final Timeline timeline;

  EndMeeting(Bookings bookings, Timeline timeline) {
    this.bookings = bookings;
    this.timeline = timeline;
  }

  @JobWorker(type = STEP)
  public void handle(@VariablesAsType Input input) {
    if (input.meetingId() == null) return;
    Meeting meeting = bookings.end(input.meetingId(), input.because() == null ? "cancelled" : input.because());
    timeline.record(
        STEP + ":" + meeting.id(), meeting.leadId(), STEP, Actor.SYSTEM, "book-meeting",
        switch (meeting.because() == null ? "" : meeting.because()) {
          case "no-answer" -> "Nobody chose a time for the meeting, so all of them are free again";
          case "not-booked" -> "No meeting was booked; the times are free again";
          case "slot-taken" -> "Somebody else has the time that was chosen; others are looked for";
          case "suppressed" -> "The times are free again, because this person is not to be contacted";
          default -> "The meeting is out of the calendar";
        },
        List.of());
  }

  /** @param because no-answer, not-booked, slot-taken, cancelled, declined or suppressed; it stays what it was before */
  record Input(String leadId, String meetingId, String because) {}
}
