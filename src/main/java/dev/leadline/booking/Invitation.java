package dev.leadline.booking;

import dev.leadline.calendar.Event;
import dev.leadline.calendar.Ics;
import dev.leadline.calendar.Ics.Person;
import dev.leadline.lead.Lead;
import dev.leadline.lead.PlainText;
import dev.leadline.outreach.Attachment;
import dev.leadline.outreach.SenderProfile;
import java.time.Instant;

/** A meeting as calendars show it. The organizer's address is the sender's, because answers are read there. */
final class Invitation {

  private Invitation() {}

  static Event event(Meeting meeting, Lead lead, Host host) {
    return new Event(
        meeting.uid(), meeting.sequence(), meeting.time(),
        oneLine("%s (%s) and %s".formatted(lead.name(), lead.company(), host.name())),
        "To talk about: what %s would like to change, and whether we can help.".formatted(oneLine(lead.company())),
        host.location() == null ? "" : host.location());
  }

  static Attachment request(Meeting meeting, Lead lead, Host host, SenderProfile sender, Instant now) {
    String text = Ics.request(
        event(meeting, lead, host), organizer(host, sender), new Person(oneLine(lead.name()), lead.email()), now);
    return new Attachment("invite.ics", "text/calendar; method=REQUEST", text);
  }

  static Attachment cancel(Meeting meeting, Lead lead, Host host, SenderProfile sender, Instant now) {
    String text = Ics.cancel(
        event(meeting, lead, host), organizer(host, sender), new Person(oneLine(lead.name()), lead.email()), now);
    return new Attachment("cancel.ics", "text/calendar; method=CANCEL", text);
  }

  private static Person organizer(Host host, SenderProfile sender) {
    return new Person(host.name(), sender.email());
  }

  private static String oneLine(String text) {
    return PlainText.cut(text.replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip(), 120);
  }
}
