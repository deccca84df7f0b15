package dev.leadline.booking;

import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import java.util.List;
import org.springframework.stereotype.Component;

/** Action step: holds times for a lead with the host whose turn it is. */
@Component
public class ProposeSlots {

  private static final String STEP = "propose-slots";

  private final Bookings bookings;
  private final Hosts hosts;
  private final Wishes wishes;
  private final Timeline timeline;

  ProposeSlots(Bookings bookings, Hosts hosts, Wishes wishes, Timeline timeline) {
    this.bookings = bookings;
    this.hosts = hosts;
    this.wishes = wishes;
    this.timeline = timeline;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @ProcessInstanceKey long instance) {
    int attempt = input.attempt() == null ? 1 : input.attempt();
    String id = "%s-%d-%d".formatted(input.leadId(), instance, attempt);
    var policy = input.policy() == null ? new MeetingPolicy(null, null, null, null, null) : input.policy();
    Meeting meeting = bookings.propose(id, input.leadId(), policy, wishes.of(input.replyId()));
    List<String> times = meeting.proposed().stream().map(start -> Times.inWords(start, meeting.zone())).toList();
    timeline.record(
        STEP + ":" + id, input.leadId(), STEP, Actor.RULES, "working hours and calendars",
        times.isEmpty()
            ? "No time was free for a meeting"
            : "Holds %d time%s for a meeting with %s".formatted(
                times.size(), times.size() == 1 ? "" : "s", hosts.get(meeting.host()).name()),
        times);
    return new Result(new Proposed(meeting.id(), times.size(), meeting.heldUntil().toString(), attempt));
  }

  /** @param replyId the message whose wishes count; null when there is none */
  record Input(String leadId, String replyId, MeetingPolicy policy, Integer attempt) {}

  record Result(Proposed meeting) {}

  /** @param until when the times are free again, ISO 8601 */
  record Proposed(String id, int slots, String until, int attempt) {}
}
