package dev.leadline.calendar;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import biweekly.component.VFreeBusy;
import biweekly.parameter.FreeBusyType;
import biweekly.parameter.ParticipationLevel;
import biweekly.parameter.ParticipationStatus;
import biweekly.property.Attendee;
import biweekly.property.DurationProperty;
import biweekly.property.FreeBusy;
import biweekly.property.Method;
import biweekly.property.Organizer;
import biweekly.property.Status;
import biweekly.util.Period;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.Collectors;

/** Meetings as other calendar programs read and write them: iCalendar (RFC 5545) and iTIP (RFC 5546). */
public final class Ics {

  private static final String PRODUCT = "-//Leadline//Meetings//EN";
  private static final int LARGEST = 200_000;
  private static final int MOST_REPEATED = 1_000;

  private Ics() {}

  /** Somebody who takes part. */
  public record Person(String name, String email) {}

  /** What an invited person's calendar program says to an invitation. */
  public enum Answer {
    ACCEPTED,
    TENTATIVE,
    DECLINED
  }

  /**
   * A METHOD:REPLY.
   *
   * @param attendee address of whom it is from
   * @param sequence of the invitation that is answered; 0 when the program left it out
   */
  public record Reply(String uid, int sequence, String attendee, Answer answer) {}

  /** An invitation, or with a higher sequence what it has changed to. */
  public static String request(Event event, Person organizer, Person attendee, Instant written) {
    VEvent invited = invited(event, organizer, attendee, written);
    invited.setStatus(Status.confirmed());
    return write(invited, Method.request());
  }

  /** The end of an invitation; its sequence is higher than the last. */
  public static String cancel(Event event, Person organizer, Person attendee, Instant written) {
    VEvent cancelled = invited(event, organizer, attendee, written);
    cancelled.setStatus(Status.cancelled());
    return write(cancelled, Method.cancel());
  }

  /** The reply in a text/calendar part; empty when it is something else, or not to be read. */
  public static Optional<Reply> reply(String text) {
    if (text == null || text.length() > LARGEST) return Optional.empty();
    try {
      ICalendar calendar = Biweekly.parse(text).first();
      if (calendar == null || calendar.getMethod() == null || !calendar.getMethod().isReply()) return Optional.empty();
      return calendar.getEvents().stream().findFirst().flatMap(Ics::reply);
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Optional<Reply> reply(VEvent event) {
    if (event.getUid() == null || event.getAttendees().isEmpty()) return Optional.empty();
    Attendee attendee = event.getAttendees().getFirst();
    int sequence = event.getSequence() == null ? 0 : event.getSequence().getValue();
    return answer(attendee.getParticipationStatus())
        .map(answer -> new Reply(event.getUid().getValue(), sequence, address(attendee), answer));
  }

  private static String address(Attendee attendee) {
    String email = attendee.getEmail() == null ? attendee.getUri() : attendee.getEmail();
    return email == null ? "" : email.replaceFirst("(?i)^mailto:", "");
  }

  private static Optional<Answer> answer(ParticipationStatus status) {
    if (status == ParticipationStatus.ACCEPTED) return Optional.of(Answer.ACCEPTED);
    if (status == ParticipationStatus.TENTATIVE) return Optional.of(Answer.TENTATIVE);
    if (status == ParticipationStatus.DECLINED) return Optional.of(Answer.DECLINED);
    return Optional.empty();
  }

  /** As an object of a collection, which has no method (RFC 4791, 4.1). */
  static String stored(Event event, Instant written) {
    return write(event(event, written), null);
  }

  /** What is stored, at another time. */
  static String moved(String stored, Event event, Instant written) {
    ICalendar calendar = Biweekly.parse(stored).first();
    if (calendar == null || calendar.getEvents().isEmpty()) return stored(event, written);
    VEvent known = calendar.getEvents().getFirst();
    timed(known, event, written);
    known.setSummary(event.title());
    return calendar.write();
  }

  /** What a VFREEBUSY says is taken. */
  static Spans busy(String text) {
    ICalendar calendar = Biweekly.parse(text).first();
    if (calendar == null || calendar.getFreeBusies().isEmpty()) throw new IllegalArgumentException("no free-busy");
    var busy = new ArrayList<Span>();
    for (VFreeBusy component : calendar.getFreeBusies()) {
      for (FreeBusy property : component.getFreeBusy()) {
        if (property.getType() == FreeBusyType.FREE) continue;
        property.getValues().stream().map(Ics::span).flatMap(Optional::stream).forEach(busy::add);
      }
    }
    return Spans.of(busy);
  }

  /** What the events of one calendar object take: repeated ones as often as they come, exceptions as they are. */
  static Spans busyBy(String text, Span within) {
    ICalendar calendar = Biweekly.parse(text).first();
    if (calendar == null) throw new IllegalArgumentException("no calendar");
    Set<Instant> excepted = calendar.getEvents().stream().filter(event -> event.getRecurrenceId() != null)
        .map(event -> event.getRecurrenceId().getValue().toInstant()).collect(Collectors.toSet());
    var busy = new ArrayList<Span>();
    for (VEvent event : calendar.getEvents()) {
      boolean free = event.getTransparency() != null && event.getTransparency().isTransparent()
          || event.getStatus() != null && event.getStatus().isCancelled() || event.getDateStart() == null;
      if (!free) busy.addAll(times(calendar, event, excepted, within));
    }
    return Spans.of(busy);
  }

  private static List<Span> times(ICalendar calendar, VEvent event, Set<Instant> excepted, Span within) {
    Duration length = length(event);
    if (!length.isPositive()) return List.of();
    Instant first = event.getDateStart().getValue().toInstant();
    if (event.getRecurrenceId() != null || event.getRecurrenceRule() == null && event.getRecurrenceDates().isEmpty())
      return List.of(Span.of(first, length));
    var zone = calendar.getTimezoneInfo().getTimezone(event.getDateStart());
    var starts = event.getDateIterator(zone == null ? TimeZone.getTimeZone("UTC") : zone.getTimeZone());
    starts.advanceTo(Date.from(within.start().minus(length)));
    var times = new ArrayList<Span>();
    while (starts.hasNext() && times.size() < MOST_REPEATED) {
      Instant start = starts.next().toInstant();
      if (!start.isBefore(within.end())) break;
      if (!excepted.contains(start)) times.add(Span.of(start, length));
    }
    return times;
  }

  private static Duration length(VEvent event) {
    if (event.getDateEnd() != null)
      return Duration.between(event.getDateStart().getValue().toInstant(), event.getDateEnd().getValue().toInstant());
    if (event.getDuration() != null) return Duration.ofMillis(event.getDuration().getValue().toMillis());
    return event.getDateStart().getValue().hasTime() ? Duration.ZERO : Duration.ofDays(1);
  }

  private static Optional<Span> span(Period period) {
    Instant start = period.getStartDate().toInstant();
    Instant end = period.getEndDate() == null
        ? period.getDuration().add(period.getStartDate()).toInstant()
        : period.getEndDate().toInstant();
    return start.isBefore(end) ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  private static VEvent invited(Event event, Person organizer, Person attendee, Instant written) {
    VEvent invited = event(event, written);
    invited.setOrganizer(new Organizer(organizer.name(), organizer.email()));
    invited.addAttendee(attendee(organizer, ParticipationStatus.ACCEPTED, false));
    invited.addAttendee(attendee(attendee, ParticipationStatus.NEEDS_ACTION, true));
    return invited;
  }

  private static Attendee attendee(Person person, ParticipationStatus status, boolean asked) {
    var attendee = new Attendee(person.name(), person.email());
    attendee.setParticipationLevel(ParticipationLevel.REQUIRED);
    attendee.setParticipationStatus(status);
    attendee.setRsvp(asked);
    return attendee;
  }

  private static VEvent event(Event event, Instant written) {
    var component = new VEvent();
    component.setUid(event.uid());
    component.setSummary(event.title());
    if (!event.notes().isBlank()) component.setDescription(event.notes());
    if (!event.location().isBlank()) component.setLocation(event.location());
    timed(component, event, written);
    return component;
  }

  /** In UTC, which needs no definition of a zone and no rule for its summer time. */
  private static void timed(VEvent component, Event event, Instant written) {
    component.setSequence(event.sequence());
    component.setDateTimeStamp(Date.from(written));
    component.setDateStart(Date.from(event.time().start()));
    component.setDateEnd(Date.from(event.time().end()));
    component.setDuration((DurationProperty) null);
  }

  private static String write(VEvent event, Method method) {
    var calendar = new ICalendar();
    calendar.setProductId(PRODUCT);
    if (method != null) calendar.setMethod(method);
    calendar.addEvent(event);
    var problems = calendar.validate(ICalVersion.V2_0);
    if (!problems.isEmpty()) throw new IllegalStateException("The invitation would not be valid: " + problems);
    return calendar.write();
  }
}
