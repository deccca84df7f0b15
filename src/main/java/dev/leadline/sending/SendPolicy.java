package dev.leadline.sending;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a mail of one kind may go to one person.
 *
 * @param from local time, "08:30"; {@code to} may be "24:00"
 * @param days "Mon,Tue"
 * @param holidays whether it goes on public holidays too
 * @param jitter mails that waited for the window to open are spread over this long
 * @param mostPerPerson mails of all campaigns within {@code personPeriod}; null without a limit
 * @param between two mails to one person, at least; null without
 * @param quiet after the last mail of one campaign before the first of another; null without
 * @param mostPerCompany people of one company that are mailed within {@code companyPeriod}; null without a limit
 * @param patience how much later it can go than an urgent one that came at the same time
 * @param because the row in words
 */
record SendPolicy(
    String from, String to, String days, boolean holidays, Duration jitter,
    Integer mostPerPerson, Duration personPeriod, Duration between, Duration quiet,
    Integer mostPerCompany, Duration companyPeriod, Duration patience, String because) {

  private static final String MIDNIGHT = "24:00";

  SendPolicy {
    if (from == null || to == null || days == null || patience == null) {
      throw new IllegalArgumentException("from, to, days and patience are needed");
    }
    if (mostPerPerson != null && (personPeriod == null || mostPerPerson < 1)) {
      throw new IllegalArgumentException("a limit per person is at least 1 and needs a period");
    }
    if (mostPerCompany != null && (companyPeriod == null || mostPerCompany < 1)) {
      throw new IllegalArgumentException("a limit per company is at least 1 and needs a period");
    }
    if (jitter == null) jitter = Duration.ZERO;
    window(from, to, days, holidays);
  }

  @JsonIgnore
  Window window() {
    return window(from, to, days, holidays);
  }

  private static Window window(String from, String to, String days, boolean holidays) {
    return new Window(LocalTime.parse(from), to.equals(MIDNIGHT) ? null : LocalTime.parse(to), weekdays(days), holidays);
  }

  @JsonIgnore
  boolean limitsPeople() {
    return mostPerPerson != null || between != null || quiet != null;
  }

  /** For people: "Mon,Tue,Wed,Thu,Fri 08:30–17:30". */
  public String hours() {
    return days + " " + from + "–" + to;
  }

  private static Set<DayOfWeek> weekdays(String days) {
    return Arrays.stream(days.split(","))
        .map(SendPolicy::weekday)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
  }

  private static DayOfWeek weekday(String word) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> word.strip().length() >= 3 && day.name().startsWith(word.strip().toUpperCase(java.util.Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(word + " is no weekday"));
  }
}
