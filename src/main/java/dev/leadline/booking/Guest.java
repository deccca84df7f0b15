package dev.leadline.booking;

import dev.leadline.calendar.Holidays;
import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.time.ZoneId;

/**
 * The other side of a meeting, as far as times go.
 *
 * @param hours at which they can be asked to meet
 * @param region whose public holidays are theirs; null when it is not known
 */
record Guest(ZoneId zone, WorkingHours hours, String region) {

  Spans working(Span within) {
    return hours.in(zone, within, day -> Holidays.on(day, region));
  }
}
