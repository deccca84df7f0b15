package dev.leadline.sending;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Hours of a week, on the clock of whoever gets the mail.
 *
 * @param to null for the end of the day
 * @param holidays whether public holidays are days like others
 */
record Window(LocalTime from, LocalTime to, Set<DayOfWeek> days, boolean holidays) {

  /** Longer than any row of holidays. */
  private static final int DAYS = 60;

  Window {
    if (to != null && !from.isBefore(to)) throw new IllegalArgumentException("The hours must end after they begin");
    if (days.isEmpty()) throw new IllegalArgumentException("There must be a weekday");
  }

  /** One stretch of time in which mails may go. */
  record Opening(Instant from, Instant to) {}

  /** What is left of the opening at this time, or the next one. */
  Opening at(Instant time, ZoneId zone, Predicate<LocalDate> holiday) {
    var date = time.atZone(zone).toLocalDate();
    for (int day = 0; day < DAYS; day++, date = date.plusDays(1)) {
      if (!open(date, holiday)) continue;
      // Both by the zone's rules: where clocks change, an hour is left out or there twice.
      Instant opens = date.atTime(from).atZone(zone).toInstant();
      Instant closes = (to == null ? date.plusDays(1).atStartOfDay(zone) : date.atTime(to).atZone(zone)).toInstant();
      if (time.isBefore(closes) && opens.isBefore(closes)) {
        return new Opening(time.isAfter(opens) ? time : opens, closes);
      }
    }
    throw new IllegalStateException("The window does not open within " + DAYS + " days");
  }

  private boolean open(LocalDate date, Predicate<LocalDate> holiday) {
    return days.contains(date.getDayOfWeek()) && (holidays || !holiday.test(date));
  }
}
