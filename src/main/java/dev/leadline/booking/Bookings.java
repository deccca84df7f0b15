package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.calendar.Calendars;
import dev.leadline.calendar.Ics;
import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/**
 * What can be done with a meeting. A time is taken in the host's diary first, where two can never have the same; then
 * the meeting says so; then the journey hears of it and does what takes longer: the host's calendar, the mails.
 */
@Component
public class Bookings {

  /** Of many who are offered the same times at once, one gets them; the others look again. */
  private static final int ATTEMPTS = 25;
  private static final Duration AHEAD = Duration.ofDays(14);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Meetings meetings;
  private final Hosts hosts;
  private final Leads leads;
  private final Guests guests;
  private final RoundRobin turns;
  private final FreeTimes free;
  private final Diaries diaries;
  private final Calendars calendars;
  private final TellJourneys journeys;
  private final Timeline timeline;
  private final Clock clock;

  Bookings(
      Meetings meetings, Hosts hosts, Leads leads, Guests guests, RoundRobin turns, FreeTimes free, Diaries diaries,
      Calendars calendars, TellJourneys journeys, Timeline timeline, Clock clock) {
    this.meetings = meetings;
    this.hosts = hosts;
    this.leads = leads;
    this.guests = guests;
    this.turns = turns;
    this.free = free;
    this.diaries = diaries;
    this.calendars = calendars;
    this.journeys = journeys;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** Why something cannot be done with a meeting, in a sentence for whoever tried. */
  public static final class NotPossible extends RuntimeException {
    NotPossible(String why) {
      super(why, null, false, false);
    }
  }

  /**
   * Holds times for a lead with the host whose turn it is; the same id again is the same proposal.
   *
   * @return a meeting without times when nobody has any
   */
  Meeting propose(String id, String leadId, MeetingPolicy policy, ToIntFunction<ZonedDateTime> wished) {
    var known = meetings.findById(id);
    if (known.isPresent()) return known.get();
    var order = turns.order(leadId);
    try {
      return propose(id, leadId, policy, wished, order);
    } finally {
      turns.over(order);
    }
  }

  private Meeting propose(
      String id, String leadId, MeetingPolicy policy, ToIntFunction<ZonedDateTime> wished, List<Host> order) {
    Guest guest = guests.of(leads.get(leadId));
    if (order.isEmpty()) throw new IllegalStateException("No host takes meetings: enter one with a weight above 0");
    Instant now = clock.instant();
    Instant until = now.plus(policy.held());
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Offer offer = offer(order, guest, id, policy, wished);
      if (!diaries.hold(offer.host(), id, offer.times(), until)) continue;
      var meeting = new Meeting(
          id, null, leadId, offer.host().id(), State.PROPOSED, guest.zone().getId(), policy.length(),
          offer.times().stream().map(Span::start).toList(), until, null, 0, null, token(), null, null, now, now);
      try {
        return meetings.insert(meeting);
      } catch (DuplicateKeyException faster) {
        return meetings.get(id);
      }
    }
    throw new IllegalStateException("Others took every time that was about to be held");
  }

  private record Offer(Host host, List<Span> times) {}

  /** Of the first host in order who has as many times as are wanted; otherwise of the one who has the most. */
  private Offer offer(
      List<Host> order, Guest guest, String id, MeetingPolicy policy, ToIntFunction<ZonedDateTime> wished) {
    Offer best = null;
    Unavailable away = null;
    for (Host host : order) {
      try {
        var all = free.of(host, guest, id, Spans.NONE, Duration.ofMinutes(policy.length()), policy.ahead());
        var offer = new Offer(host, Openings.choose(all, policy.most(), guest, wished));
        if (offer.times().size() == policy.most()) return offer;
        if (best == null || offer.times().size() > best.times().size()) best = offer;
      } catch (Unavailable calendar) {
        away = calendar;
      }
    }
    if (best == null) throw away;
    return best;
  }

  /** All times at which a meeting could be, those it holds included. */
  public List<Instant> possible(Meeting meeting) {
    Host host = hosts.get(meeting.host());
    Guest guest = guests.of(meeting, leads.get(meeting.leadId()));
    return free.of(host, guest, meeting.id(), own(meeting), Duration.ofMinutes(meeting.minutes()), AHEAD).stream()
        .map(Span::start).toList();
  }

  /** What of a host's calendar is this very meeting. */
  private static Spans own(Meeting meeting) {
    return meeting.state() == State.BOOKED ? Spans.of(List.of(meeting.time())) : Spans.NONE;
  }

  /**
   * Chooses one of the proposed times, or another that is free, and lets the others go.
   *
   * @param by whom, for the timeline
   * @throws NotPossible when the time is taken, or there is nothing to choose any more
   */
  public Meeting choose(String id, Instant start, Actor actor, String by) {
    Meeting meeting = meetings.get(id);
    if (meeting.state() == State.CHOSEN && start.equals(meeting.start())) return meeting;
    if (!meeting.state().choosing()) throw over(meeting);
    Host host = hosts.get(meeting.host());
    Span time = meeting.span(start);
    boolean offered = meeting.proposed().contains(start);
    if (start.isBefore(clock.instant())) throw new NotPossible("This time is over. Please choose another one.");
    if (!offered && !possible(meeting).contains(start)) throw taken();
    // Long enough for a colleague to confirm it.
    Instant until = later(meeting.heldUntil(), clock.instant().plus(Duration.ofDays(1)));
    if (!diaries.hold(host, id, List.of(time), until)) throw taken();
    Meeting chosen = meetings.change(id, now -> now.state().choosing() ? now.chosen(start, clock.instant()) : now);
    if (!chosen.state().open()) diaries.release(host.id(), id);
    if (chosen.state() != State.CHOSEN) throw over(chosen);
    timeline.record(
        "chosen:" + id + ":" + start, meeting.leadId(), "slot-chosen", actor, by,
        "%s was chosen for a meeting with %s".formatted(Times.inWords(start, chosen.zone()), host.name()), List.of());
    journeys.soon(chosen);
    return chosen;
  }

  /**
   * Books the time that was chosen; again when it was moved. They may choose another one while the calendar is asked:
   * then that one is booked.
   *
   * @return empty when somebody else has the time
   */
  Optional<Meeting> book(String id) {
    Meeting meeting = meetings.get(id);
    Host host = hosts.get(meeting.host());
    for (int attempt = 1; meeting.state() == State.CHOSEN; attempt++) {
      if (attempt > ATTEMPTS) throw new IllegalStateException("Another time is chosen whenever one is about to be booked");
      Instant start = meeting.start();
      boolean ours = free.inCalendar(host, meeting.time(), Spans.NONE) && diaries.book(host, id, meeting.time());
      meeting = meetings.change(id, now -> ours && now.choseAt(start) ? now.booked(clock.instant()) : now);
      if (!ours && meeting.choseAt(start)) return Optional.empty();
    }
    if (meeting.state() != State.BOOKED) return Optional.of(meeting);
    calendars.named(host.calendar()).put(host.calendarId(), Invitation.event(meeting, leads.get(meeting.leadId()), host));
    return Optional.of(meeting);
  }

  /** Moves a booked meeting; what it had is free at the same moment. */
  public Meeting move(String id, Instant start, Actor actor, String by) {
    Meeting meeting = meetings.get(id);
    if (meeting.state() != State.BOOKED) throw over(meeting);
    if (start.equals(meeting.start())) return meeting;
    if (start.isBefore(clock.instant())) throw new NotPossible("A meeting cannot be moved into the past.");
    Host host = hosts.get(meeting.host());
    boolean free = actor == Actor.LEAD
        ? possible(meeting).contains(start)
        : this.free.inCalendar(host, meeting.span(start), own(meeting));
    if (!free || !diaries.move(host, id, meeting.time(), meeting.span(start))) throw taken();
    Meeting moved = meetings.change(id, now -> now.bookedAt(meeting.start()) ? now.moved(start, clock.instant()) : now);
    if (!moved.state().open()) diaries.release(host.id(), id);
    if (!moved.bookedAt(start)) throw over(moved);
    timeline.record(
        "moved:" + id + ":" + moved.sequence(), meeting.leadId(), "meeting-moved", actor, by,
        "The meeting was moved to %s".formatted(Times.inWords(start, moved.zone())),
        List.of("It was at " + Times.inWords(meeting.start(), moved.zone())));
    journeys.soon(moved);
    return moved;
  }

  /** Cancels what is proposed or booked; the time is free at once. */
  public Meeting cancel(String id, String because, Actor actor, String by) {
    Meeting meeting = meetings.get(id);
    if (meeting.state() == State.CANCELLED) return meeting;
    if (!meeting.state().open()) throw over(meeting);
    diaries.release(meeting.host(), id);
    Meeting cancelled = meetings.change(id, now -> now.state().open() ? now.cancelled(because, clock.instant()) : now);
    timeline.record(
        "cancelled:" + id, meeting.leadId(), "meeting-cancelled", actor, by,
        because.equals("declined") ? "They declined the meeting" : "The meeting was cancelled", List.of());
    journeys.soon(cancelled);
    return cancelled;
  }

  /** Takes it out of diary and calendar; what was cancelled stays cancelled. */
  Meeting end(String id, String because) {
    Meeting meeting = meetings.get(id);
    Host host = hosts.get(meeting.host());
    diaries.release(host.id(), id);
    if (meeting.start() != null) calendars.named(host.calendar()).remove(host.calendarId(), meeting.uid());
    State state = meeting.state() == State.BOOKED ? State.CANCELLED : State.LAPSED;
    return meetings.change(id, now -> now.state().open() ? now.ended(state, because, clock.instant()) : now);
  }

  /**
   * Takes every meeting with a lead out of diaries and calendars, also what is over; no journey hears of it, so nobody is
   * mailed. Of a host who is gone nothing is left to take.
   *
   * @throws Unavailable when a calendar cannot be asked now
   */
  public void forget(String leadId) {
    meetings.findByLeadIdOrderByProposedAt(leadId).stream()
        .filter(meeting -> hosts.findById(meeting.host()).isPresent())
        .forEach(meeting -> end(meeting.id(), "erased"));
  }

  void tookPlace(String id, boolean theyCame) {
    meetings.change(id, now -> now.ended(theyCame ? State.HELD : State.MISSED, null, clock.instant()));
  }

  /** What the lead's calendar program says; an answer to an invitation that has changed since does not count. */
  void answered(Meeting meeting, Ics.Reply reply) {
    if (meeting.state() != State.BOOKED || reply.sequence() < meeting.sequence()) return;
    if (reply.answer() == Ics.Answer.DECLINED) {
      cancel(meeting.id(), "declined", Actor.LEAD, "calendar");
      return;
    }
    meetings.change(meeting.id(), now -> now.answered(reply.answer(), clock.instant()));
    timeline.record(
        "answered:%s:%d:%s".formatted(meeting.id(), meeting.sequence(), reply.answer()), meeting.leadId(),
        "meeting-answered", Actor.LEAD, "calendar",
        reply.answer() == Ics.Answer.ACCEPTED ? "They accepted the invitation" : "They may come to the meeting",
        List.of());
  }

  private static NotPossible taken() {
    return new NotPossible("This time is not free any more. Please choose another one.");
  }

  private static NotPossible over(Meeting meeting) {
    return new NotPossible(switch (meeting.state()) {
      case PROPOSED, CHOSEN -> "No time is booked yet.";
      case BOOKED -> "A time is booked already; move it instead.";
      case HELD, MISSED -> "This meeting is over.";
      case CANCELLED -> "This meeting was cancelled.";
      case LAPSED -> "These times are no longer held.";
    });
  }

  private static Instant later(Instant one, Instant two) {
    return one.isAfter(two) ? one : two;
  }

  private static String token() {
    byte[] random = new byte[18];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
