package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose turn it is: the fewest meetings of the last 30 days for their weight, then whoever waits longest. */
@Component
class RoundRobin {

  private static final Duration COUNTED = Duration.ofDays(30);

  private final Hosts hosts;
  private final Meetings meetings;
  private final Clock clock;
  /** Whose turn was just given, by host, until the meeting says so: many who ask at once get one each. */
  private final Map<String, Integer> given = new HashMap<>();

  RoundRobin(Hosts hosts, Meetings meetings, Clock clock) {
    this.hosts = hosts;
    this.meetings = meetings;
    this.clock = clock;
  }

  /** A host with what they have had. */
  record Turn(Host host, long meetings, Instant last) {
    Turn with(int more) {
      return new Turn(host, meetings + more, last);
    }

    double load() {
      return (double) meetings / host.weight();
    }
  }

  /** Whoever the lead knows from an earlier meeting comes first. Whoever is first has the turn until it is over. */
  synchronized List<Host> order(String leadId) {
    var order = inOrder(leadId);
    if (!order.isEmpty()) given.merge(order.getFirst().id(), 1, Integer::sum);
    return order;
  }

  /** The turn of whoever was first is over: the meeting is theirs, or there is none. */
  synchronized void over(List<Host> order) {
    if (!order.isEmpty()) given.merge(order.getFirst().id(), -1, Integer::sum);
  }

  private List<Host> inOrder(String leadId) {
    Optional<String> known = meetings.findByLeadIdOrderByProposedAt(leadId).stream()
        .filter(meeting -> meeting.state() != State.LAPSED).map(Meeting::host).reduce((one, later) -> later);
    return hosts.findAllByOrderByName().stream()
        .filter(Host::takesMeetings)
        .map(host -> turn(host).with(given.getOrDefault(host.id(), 0)))
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
