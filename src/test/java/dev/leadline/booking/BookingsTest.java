package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.LeadlineTest;
import dev.leadline.booking.Bookings.NotPossible;
import dev.leadline.calendar.Calendars;
import dev.leadline.calendar.Event;
import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

/** Above all two who change one meeting at once: the second comes while the first waits for the host's calendar. */
@LeadlineTest
class BookingsTest {

  @Autowired Bookings others;
  @Autowired Meetings meetings;
  @Autowired Hosts hosts;
  @Autowired Leads leads;
  @Autowired Dossiers dossiers;
  @Autowired Guests guests;
  @Autowired RoundRobin turns;
  @Autowired Diaries diaries;
  @Autowired Calendars calendars;
  @Autowired TellJourneys journeys;
  @Autowired Timeline timeline;
  @Autowired MongoOperations mongo;
  @Autowired Clock clock;

  private Runnable meanwhile = () -> {};
  private Bookings bookings;

  @BeforeEach
  void aSlowCalendar() {
    var slow = new FreeTimes(calendars, diaries, clock) {
      @Override
      List<Span> of(Host host, Guest guest, String meeting, Spans own, Duration length, Duration ahead) {
        var free = super.of(host, guest, meeting, own, length, ahead);
        happens();
        return free;
      }

      @Override
      boolean inCalendar(Host host, Span time, Spans own) {
        boolean free = super.inCalendar(host, time, own);
        happens();
        return free;
      }
    };
    bookings = new Bookings(
        meetings, hosts, leads, guests, turns, slow, diaries, calendars, journeys, timeline, clock);
  }

  /** Once. */
  private void happens() {
    Runnable now = meanwhile;
    meanwhile = () -> {};
    now.run();
  }

  @Test
  void whoChoosesAnotherTimeWhileTheFirstIsBookedHasTheOther() {
    var meeting = chosen();
    Instant other = meeting.proposed().getLast();
    meanwhile = () -> others.choose(meeting.id(), other, Actor.LEAD, "booking page");

    assertThat(bookings.book(meeting.id())).hasValueSatisfying(booked -> assertThat(booked.bookedAt(other)).isTrue());
    assertThat(diary(meeting)).containsExactly(meetings.get(meeting.id()).time());
  }

  @Test
  void whoChoosesAnotherTimeOfATakenOneHasTheOther() {
    var meeting = chosen();
    Instant other = meeting.proposed().getLast();
    calendars.named("embedded").put(hosts.get(meeting.host()).calendarId(), new Event(
        "private-" + meeting.id(), 0, meeting.time(), "Dentist", "", ""));
    meanwhile = () -> others.choose(meeting.id(), other, Actor.LEAD, "booking page");

    assertThat(bookings.book(meeting.id())).hasValueSatisfying(booked -> assertThat(booked.bookedAt(other)).isTrue());
    assertThat(diary(meeting)).containsExactly(meeting.span(other));
  }

  @Test
  void whatIsBookedMeanwhileIsNotChosenAnew() {
    var meeting = chosen();
    var other = others.possible(meeting).stream().filter(at -> !meeting.proposed().contains(at)).findFirst().orElseThrow();
    meanwhile = () -> assertThat(others.book(meeting.id())).isPresent();

    assertThatThrownBy(() -> bookings.choose(meeting.id(), other, Actor.LEAD, "booking page")).isInstanceOf(NotPossible.class);
    assertThat(meetings.get(meeting.id()).bookedAt(meeting.start())).isTrue();
    assertThat(diary(meeting)).containsExactly(meeting.time());
  }

  @Test
  void whatIsCancelledMeanwhileIsNotChosenAndHoldsNothing() {
    var meeting = chosen();
    var other = others.possible(meeting).stream().filter(at -> !meeting.proposed().contains(at)).findFirst().orElseThrow();
    meanwhile = () -> others.cancel(meeting.id(), "cancelled", Actor.PERSON, "Robin");

    assertThatThrownBy(() -> bookings.choose(meeting.id(), other, Actor.LEAD, "booking page"))
        .isInstanceOf(NotPossible.class).hasMessageContaining("cancelled");
    assertThat(diary(meeting)).isEmpty();
  }

  @Test
  void ofTwoWhoMoveAMeetingAtOnceOneDoes() {
    var meeting = others.book(chosen().id()).orElseThrow();
    var free = others.possible(meeting).stream().filter(at -> !at.equals(meeting.start())).toList();
    meanwhile = () -> others.move(meeting.id(), free.getLast(), Actor.PERSON, "Robin");

    assertThatThrownBy(() -> bookings.move(meeting.id(), free.getFirst(), Actor.LEAD, "booking page"))
        .isInstanceOf(NotPossible.class);
    assertThat(meetings.get(meeting.id()).bookedAt(free.getLast())).isTrue();
    assertThat(meetings.get(meeting.id()).sequence()).isEqualTo(1);
    assertThat(diary(meeting)).containsExactly(meeting.span(free.getLast()));
  }

  @Test
  void ofWhoIsErasedNothingIsInDiariesAndCalendars() {
    var cancelled = chosen();
    others.book(cancelled.id());
    var booked = others.book(chosen(cancelled.leadId(), 2).id()).orElseThrow();
    var choosing = chosen(cancelled.leadId(), 3);
    others.cancel(cancelled.id(), "cancelled", Actor.LEAD, "booking page");
    assertThat(events(cancelled.leadId())).as("its journey has not taken it out yet").isEqualTo(2);

    others.forget(cancelled.leadId());

    assertThat(events(cancelled.leadId())).isZero();
    assertThat(List.of(cancelled, booked, choosing)).allSatisfy(meeting -> {
      assertThat(diary(meeting)).isEmpty();
      assertThat(meetings.get(meeting.id()).state().open()).isFalse();
    });
    assertThat(meetings.get(booked.id()).pending()).as("told to its journey").isNull();
  }

  private long events(String leadId) {
    return mongo.count(Query.query(Criteria.where("_id").regex("^" + leadId)), "calendar_events");
  }

  private List<Span> diary(Meeting meeting) {
    return diaries.of(hosts.get(meeting.host())).entries().stream()
        .filter(entry -> entry.meeting().equals(meeting.id())).map(Diary.Entry::time).toList();
  }

  private Meeting chosen() {
    String id = TestBooking.lead(leads, dossiers);
    return chosen(id, 1);
  }

  private Meeting chosen(String leadId, int attempt) {
    var policy = new MeetingPolicy(30, 3, 30, "P1D", "P1D");
    var proposed = others.propose(leadId + "-1-" + attempt, leadId, policy, time -> 0);
    assertThat(proposed.proposed()).hasSize(3);
    return others.choose(proposed.id(), proposed.proposed().getFirst(), Actor.LEAD, "booking page");
  }
}
