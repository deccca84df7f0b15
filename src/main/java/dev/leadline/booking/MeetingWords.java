package dev.leadline.booking;

import dev.leadline.outreach.Conversation;
import dev.leadline.outreach.Correspondence;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Vouched;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Vouches for hosts, times and links of a lead's meetings, and for the subjects that were written to them before. */
@Component
class MeetingWords implements Vouched {

  private final Meetings meetings;
  private final Hosts hosts;
  private final BookingLinks links;
  private final List<Correspondence> channels;

  MeetingWords(Meetings meetings, Hosts hosts, BookingLinks links, List<Correspondence> channels) {
    this.meetings = meetings;
    this.hosts = hosts;
    this.links = links;
    this.channels = channels;
  }

  @Override
  public String words(Draft draft) {
    if (draft.campaign() != Campaign.MEETING) return "";
    return Stream.concat(
            meetings.findByLeadIdOrderByProposedAt(draft.leadId()).stream().flatMap(this::words),
            Conversation.of(draft.leadId(), channels).said().stream().map(Correspondence.Said::subject))
        .filter(Objects::nonNull)
        .collect(Collectors.joining("\n"));
  }

  private Stream<String> words(Meeting meeting) {
    Host host = hosts.get(meeting.host());
    var times = Stream.concat(meeting.proposed().stream(), Stream.of(meeting.heldUntil()));
    return Stream.concat(
        Stream.of(
            host.name(), host.location(), Integer.toString(meeting.minutes()), links.of(meeting).toString(),
            meeting.start() == null ? null : Times.inWords(meeting.start(), meeting.zone())),
        times.map(at -> Times.inWords(at, meeting.zone())));
  }
}
