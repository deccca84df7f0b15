package dev.leadline.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {

  private static final Set<DayOfWeek> WORKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
  private static final Window OFFICE = new Window(LocalTime.of(8, 30), LocalTime.of(17, 30), WORKDAYS, false);
  private static final List<String> ZONES = List.of(
      "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Africa/Casablanca",
      "America/Santiago", "Asia/Kathmandu", "UTC");

  /** What is asked, where, and when the window is open then. */
  @ParameterizedTest
  @CsvSource({
    "2026-03-27T12:00:00Z, Europe/Berlin, 2026-03-27T12:00:00Z", // a Friday in working hours
    "2026-03-27T17:00:00Z, Europe/Berlin, 2026-03-30T06:30:00Z", // 18:00: on Monday, when clocks are an hour ahead
    "2026-03-27T16:29:59Z, Europe/Berlin, 2026-03-27T16:29:59Z",
    "2026-03-27T16:30:00Z, Europe/Berlin, 2026-03-30T06:30:00Z", // the end is not in it
    "2026-10-23T20:00:00Z, Europe/Berlin, 2026-10-26T07:30:00Z", // and an hour back in autumn
    "2026-03-06T23:00:00Z, America/New_York, 2026-03-09T12:30:00Z", // two weeks before Europe
    "2026-04-03T00:00:00Z, Australia/Sydney, 2026-04-03T00:00:00Z",
    "2026-04-04T00:00:00Z, Australia/Sydney, 2026-04-05T22:30:00Z" // clocks went back on Sunday
  })
  void opensByTheClockOfWhoeverGetsIt(Instant asked, ZoneId zone, Instant open) {
    assertThat(OFFICE.at(asked, zone, date -> false).from()).isEqualTo(open);
  }

  @Test
  void staysShutOnHolidays() {
    var easter = List.of(LocalDate.of(2026, 4, 3), LocalDate.of(2026, 4, 6));
    var opening = OFFICE.at(Instant.parse("2026-04-02T20:00:00Z"), ZoneId.of("Europe/Berlin"), easter::contains);
    assertThat(opening.from()).isEqualTo("2026-04-07T06:30:00Z");
  }

  @Test
  void aWindowInTheHourThatIsLeftOutOpensAfterIt() {
    var night = new Window(LocalTime.of(2, 15), LocalTime.of(3, 30), EnumSet.allOf(DayOfWeek.class), true);
    var opening = night.at(Instant.parse("2026-03-28T23:00:00Z"), ZoneId.of("Europe/Berlin"), date -> false);
    assertThat(opening.from()).isEqualTo("2026-03-29T01:15:00Z");
    assertThat(opening.to()).isEqualTo("2026-03-29T01:30:00Z");
  }

  @Test
  void allDayHasNoGapAtMidnight() {
    var always = new Window(LocalTime.MIN, null, EnumSet.allOf(DayOfWeek.class), true);
    var random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(366 * 24 * 3600));
      assertThat(always.at(at, ZoneId.of(ZONES.get(i % ZONES.size())), date -> false).from()).isEqualTo(at);
    }
  }

  /** Whatever the hours, the zone and the moment: open means within the hours of an open day, and never earlier than asked. */
  @Test
  void neverOpensOutsideOfItsHours() {
    var random = new Random(42);
    for (int i = 0; i < 5_000; i++) {
      var zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
      int from = random.nextInt(23 * 60);
      int to = from + 1 + random.nextInt(24 * 60 - from - 1);
      var days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)), DayOfWeek.of(1 + random.nextInt(7)));
      var window = new Window(LocalTime.ofSecondOfDay(from * 60L), LocalTime.ofSecondOfDay(to * 60L), days, false);
      int off = random.nextInt(28) + 1;
      Instant asked = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(366 * 24 * 3600));

      var opening = window.at(asked, zone, date -> date.getDayOfMonth() == off);

      var local = opening.from().atZone(zone);
      assertThat(opening.from()).isAfterOrEqualTo(asked);
      assertThat(opening.to()).isAfter(opening.from());
      assertThat(days).contains(local.getDayOfWeek());
      assertThat(local.getDayOfMonth()).isNotEqualTo(off);
      assertThat(local.toLocalTime()).isAfterOrEqualTo(window.from());
      assertThat(opening.from()).isBefore(local.toLocalDate().atTime(window.to()).atZone(zone).toInstant());
      assertThat(Duration.between(opening.from(), opening.to())).isLessThanOrEqualTo(Duration.ofHours(25));
    }
  }

  @Test
  void whatCannotBeAWindowIsRefused() {
    assertThatThrownBy(() -> new Window(LocalTime.NOON, LocalTime.NOON, WORKDAYS, false)).hasMessageContaining("end after");
    assertThatThrownBy(() -> OFFICE.at(Instant.EPOCH, ZoneId.of("UTC"), date -> true)).hasMessageContaining("does not open");
  }
}
