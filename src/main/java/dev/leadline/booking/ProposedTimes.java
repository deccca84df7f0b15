package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.outreach.HeldTimes;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.springframework.stereotype.Component;

/** The times that the last proposal to a lead holds, for answers that offer them. */
@Component
class ProposedTimes implements HeldTimes {

  private final Meetings meetings;
  private final Clock clock;

  ProposedTimes(Meetings meetings, Clock clock) {
    this.meetings = meetings;
    this.clock = clock;
  }

  @Override
  public List<ZonedDateTime> of(String leadId) {
    Instant now = clock.instant();
    return meetings.findByLeadIdOrderByProposedAt(leadId).reversed().stream()
        .filter(meeting -> meeting.state() == State.PROPOSED && meeting.heldUntil().isAfter(now))
        .findFirst()
        .map(meeting -> meeting.proposed().stream().sorted().map(start -> start.atZone(ZoneId.of(meeting.zone()))).toList())
        .orElse(List.of());
  }
}
