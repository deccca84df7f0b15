package dev.leadline.booking;

import dev.leadline.calendar.Calendars;
import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** When hosts are free: by their working hours, their calendars, and what is promised to others. */
@Component
class FreeTimes {

  private final Calendars calendars;
  private final Diaries diaries;
  private final Clock clock;

  FreeTimes(Calendars calendars, Diaries diaries, Clock clock) {
    this.calendars = calendars;
    this.diaries = diaries;
    this.clock = clock;
  }

  /**
   * Every time at which they could meet.
   *
   * @param meeting id of the one that is looked for; what it holds itself is free for it
   * @throws dev.leadline.provider.Unavailable when the host's calendar cannot be asked now
   */
  List<Span> of(Host host, Guest guest, String meeting, Spans own, Duration length, Duration ahead) {
    Instant now = clock.instant();
    Instant earliest = host.earliest(now);
    var within = new Span(earliest, earliest.plus(ahead));
    Spans taken = calendars.named(host.calendar()).busy(host.calendarId(), within).minus(own)
        .or(diaries.of(host).taken(host, meeting, within, now));
    return Openings.all(host, guest, length, taken, within);
  }

  /** Whether the host's own calendar has nothing then. */
  boolean inCalendar(Host host, Span time, Spans own) {
    Span around = host.around(time);
    return calendars.named(host.calendar()).busy(host.calendarId(), around).minus(own).and(Spans.of(List.of(around)))
        .list().isEmpty();
  }
}
