package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.engine.Messages;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import io.camunda.client.exception.CamundaError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Action step: books the chosen time with the host and their calendar; again after a move. Ends the sequence of mails. */
@Component
public class BookMeeting {

  private static final String STEP = "book-meeting";
  private static final Duration TOO_SOON = Duration.ofHours(1);

  private final Bookings bookings;
  private final Hosts hosts;
  private final Leads leads;
  private final LastAnswers answers;
  private final Messages messages;
  private final Timeline timeline;
  private final Clock clock;

  BookMeeting(
      Bookings bookings, Hosts hosts, Leads leads, LastAnswers answers, Messages messages, Timeline timeline,
      Clock clock) {
    this.bookings = bookings;
    this.hosts = hosts;
    this.leads = leads;
    this.answers = answers;
    this.messages = messages;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input) {
    Meeting meeting = bookings.book(input.meetingId())
        .orElseThrow(() -> CamundaError.bpmnError("SLOT_TAKEN", "Somebody else has this time now"));
    if (meeting.state() != State.BOOKED) throw over(meeting);
    // Whoever meets us needs no further mail of the sequence.
    answers.save(new LastAnswer(meeting.leadId(), meeting.id(), clock.instant()));
    messages.tellNow("lead-answered", meeting.leadId());
    leads.change(meeting.leadId(), lead -> lead.stage() == Stage.SUPPRESSED ? lead : lead.withStage(Stage.MEETING));
    timeline.record(
        "booked:" + meeting.id() + ":" + meeting.sequence(), meeting.leadId(), STEP, Actor.SYSTEM,
        hosts.get(meeting.host()).calendar() + " calendar",
        "A meeting with %s is booked: %s".formatted(
            hosts.get(meeting.host()).name(), Times.inWords(meeting.start(), meeting.zone())),
        List.of());
    Instant remindAt = meeting.start().minus(before(input.policy()));
    boolean remind = remindAt.isBefore(meeting.start()) && remindAt.isAfter(clock.instant().plus(TOO_SOON));
    return new Result(new Booked(
        meeting.start().toString(), meeting.time().end().toString(), meeting.sequence(), remind, remindAt.toString()));
  }

  /** Called off before the calendar could be asked, perhaps days ago: the journey was told, but may not have waited for it. */
  private static RuntimeException over(Meeting meeting) {
    String because = meeting.because() == null ? "cancelled" : meeting.because();
    return CamundaError.bpmnError(
        "MEETING_OVER", "The meeting was called off", Map.of("ended", Map.of("because", because)));
  }

  private static Duration before(MeetingPolicy policy) {
    if (policy == null || policy.remind() == null) return Duration.ofDays(1);
    Duration wanted = Duration.parse(policy.remind());
    return wanted.isNegative() ? Duration.ZERO : wanted;
  }

  record Input(String meetingId, MeetingPolicy policy) {}

  record Result(Booked booking) {}

  /**
   * @param start ISO 8601
   * @param end ISO 8601
   * @param sequence 0 for a first booking, more after moves
   * @param remind whether there is time for a reminder
   * @param remindAt ISO 8601
   */
  record Booked(String start, String end, int sequence, boolean remind, String remindAt) {}
}
