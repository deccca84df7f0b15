package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose turn it is: the fewest meetings of the last 30 days for their weight, then whoever waits longest. */
@Component
class RoundRobin {

  private static final Duration COUNTED = Duration.ofDays(30);

  private final Hosts hosts;
  private final Meetings meetings;
  private final Clock clock;

  RoundRobin(Hosts hosts, Meetings meetings, Clock clock) {
    this.hosts = hosts;
    this.meetings = meetings;
    this.clock = clock;
  }

  /** A host with what they have had. */
  record Turn(Host host, long meetings, Instant last) {
    double load() {
      return (double) meetings / host.weight();
    }
  }

  /** Whoever the lead knows from an earlier meeting comes first. */
  List<Host> order(String leadId) {
    Optional<String> known = meetings.findByLeadIdOrderByProposedAt(leadId).stream()
        .filter(meeting -> meeting.state() != State.LAPSED).map(Meeting::host).reduce((one, later) -> later);
    return hosts.findAllByOrderByName().stream()
        .filter(Host::takesMeetings)
        .map(this::turn)
        .sorted(Comparator.<Turn, Boolean>comparing(turn -> !known.equals(Optional.of(turn.host().id())))
            .thenComparing(Turn::load).thenComparing(Turn::last).thenComparing(turn -> turn.host().id()))
        .map(Turn::host)
        .toList();
  }

  Turn turn(Host host) {
    var theirs = meetings.findByHostAndProposedAtAfter(host.id(), clock.instant().minus(COUNTED)).stream()
        .filter(meeting -> meeting.state() != State.LAPSED && meeting.state() != State.CANCELLED).toList();
    Instant last = theirs.stream().map(Meeting::proposedAt).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    return new Turn(host, theirs.size(), last);
  }
}
