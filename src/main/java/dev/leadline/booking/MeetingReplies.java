package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.calendar.Ics;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What leads answer to proposals and invitations: by the buttons of their calendar, or in words. */
@Component
public class MeetingReplies {

  private final Meetings meetings;
  private final Bookings bookings;
  private final Leads leads;
  private final TimeWords words;

  MeetingReplies(Meetings meetings, Bookings bookings, Leads leads, TimeWords words) {
    this.meetings = meetings;
    this.bookings = bookings;
    this.leads = leads;
    this.words = words;
  }

  /**
   * Takes a text/calendar part of an incoming mail.
   *
   * @param leadId of whom the mail is from; nobody answers another one's invitation
   * @return whether it is the answer to an invitation of ours, and so done with
   */
  public boolean calendar(String leadId, String ics) {
    return Ics.reply(ics)
        .flatMap(reply -> meetings.findById(reply.uid().replaceFirst("@leadline$", ""))
            .filter(meeting -> meeting.uid().equals(reply.uid()) && meeting.leadId().equals(leadId))
            .filter(meeting -> theirs(meeting, reply.attendee()))
            .map(meeting -> {
              bookings.answered(meeting, reply);
              return true;
            }))
        .orElse(false);
  }

  private boolean theirs(Meeting meeting, String attendee) {
    return EmailAddress.of(attendee)
        .map(address -> address.normal().equals(leads.get(meeting.leadId()).address())).orElse(false);
  }

  /**
   * Reads "Tuesday 10:00 works" against the times that are held for the lead.
   *
   * @param text what they wrote, without quotes and signature
   * @return the meeting whose time they chose; empty when nothing is proposed, nothing is said of times, it could be
   *     several, something does not suit, or the time is gone: then somebody else has to read on
   */
  public Optional<Meeting> chosen(String leadId, String text) {
    return proposed(leadId).flatMap(meeting -> choice(meeting, text).flatMap(start -> {
      try {
        return Optional.of(bookings.choose(meeting.id(), start, Actor.LEAD, "reply"));
      } catch (Bookings.NotPossible gone) {
        return Optional.empty();
      }
    }));
  }

  /** The proposal a lead has not answered. */
  public Optional<Meeting> proposed(String leadId) {
    return meetings.findByLeadIdOrderByProposedAt(leadId).stream()
        .filter(meeting -> meeting.state() == State.PROPOSED).reduce((one, later) -> later);
  }

  Optional<Instant> choice(Meeting meeting, String text) {
    var said = words.in(text);
    if (said.no() || said.nothing()) return Optional.empty();
    List<Instant> meant = meeting.proposed().stream()
        .filter(start -> said.means(start.atZone(ZoneId.of(meeting.zone())))).toList();
    boolean onlyAnOrdinal =
        said.days().isEmpty() && said.dates().isEmpty() && said.times().isEmpty() && said.ordinals().size() == 1;
    if (onlyAnOrdinal) {
      int which = said.ordinals().iterator().next();
      return which <= meeting.proposed().size() ? Optional.of(meeting.proposed().get(which - 1)) : Optional.empty();
    }
    return meant.size() == 1 ? Optional.of(meant.getFirst()) : Optional.empty();
  }
}
