package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.calendar.Holidays;
import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Whatever the zones, hours, holidays, appointments and changes of the clock: what is offered is possible for both. */
class OpeningsTest {

  private static final List<String> ZONES = List.of(
      "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Kolkata",
      "Asia/Kathmandu", "Asia/Tokyo", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland",
      "Pacific/Chatham", "Africa/Casablanca", "America/St_Johns", "UTC");
  private static final List<String> REGIONS = List.of("GB", "DE-BY", "US", "FR", "AU", "BR");

  /** A case: who meets whom, for how long, from when, and what is taken already. */
  record Case(
      String hostZone, String guestZone, String hostRegion, String guestRegion, int hostFrom, int hostTo, int guestFrom,
      int guestTo, int buffer, int minutes, Instant from, List<Span> busy) {

    Host host() {
      return OpeningsTest.host("h", hostZone, "Mon-Fri " + hours(hostFrom, hostTo), hostRegion, buffer, 8);
    }

    Guest guest() {
      return new Guest(ZoneId.of(guestZone), WorkingHours.of("Mon-Fri " + hours(guestFrom, guestTo)), guestRegion);
    }

    Span within() {
      return new Span(from, from.plus(Duration.ofDays(10)));
    }

    List<Span> openings() {
      return Openings.all(host(), guest(), Duration.ofMinutes(minutes), Spans.of(busy), within());
    }
  }

  private static String hours(int from, int to) {
    return "%02d:%02d-%02d:%02d".formatted(from / 60, from % 60, to / 60, to % 60);
  }

  static Host host(String id, String zone, String hours, String region, int buffer, int mostPerDay) {
    return new Host(
        id, null, "Alex", "alex@harbor.example", zone, hours, region, buffer, buffer, 4, mostPerDay, 1, List.of(),
        "embedded", id, "");
  }

  @Provide
  Arbitrary<Case> cases() {
    var zones = Combinators.combine(Arbitraries.of(ZONES), Arbitraries.of(ZONES)).as(List::of);
    var regions = Combinators.combine(Arbitraries.of(REGIONS), Arbitraries.of(REGIONS)).as(List::of);
    // Early hours too, because clocks change then; and days around every change of the year.
    var hours = Combinators.combine(
        Arbitraries.integers().between(0, 14), Arbitraries.integers().between(2, 9), Arbitraries.integers().between(0, 14),
        Arbitraries.integers().between(2, 9)).as((a, b, c, d) -> List.of(a * 60, (a + b) * 60, c * 60, (c + d) * 60));
    var lengths = Combinators.combine(Arbitraries.of(0, 5, 10, 15, 30), Arbitraries.of(15, 20, 30, 45, 60)).as(List::of);
    var from = Arbitraries.of("2027-03-08T00:00:00Z", "2027-03-25T10:17:00Z", "2027-04-01T00:00:00Z", "2027-09-23T23:59:59Z",
        "2027-10-28T00:00:00Z", "2027-11-04T12:00:00Z", "2027-12-20T08:00:00Z", "2027-06-15T00:00:00Z").map(Instant::parse);
    var busy = Combinators.combine(
        Arbitraries.integers().between(0, 10 * 24 * 4), Arbitraries.integers().between(1, 40)).as(List::of).list().ofMaxSize(25);
    return Combinators.combine(zones, regions, hours, lengths, from, busy).as((z, r, h, l, start, taken) -> new Case(
        z.get(0), z.get(1), r.get(0), r.get(1), h.get(0), h.get(1), h.get(2), h.get(3), l.get(0), l.get(1), start,
        taken.stream().map(one ->
            Span.of(start.plus(Duration.ofMinutes(15L * one.get(0))), Duration.ofMinutes(7L * one.get(1)))).toList()));
  }

  @Property(tries = 400)
  void everyOpeningIsInTheWorkingHoursOfBothSides(@ForAll("cases") Case given) {
    for (Span opening : given.openings()) {
      assertWithin(opening, given.hostZone(), given.hostRegion(), given.hostFrom(), given.hostTo());
      assertWithin(opening, given.guestZone(), given.guestRegion(), given.guestFrom(), given.guestTo());
    }
  }

  /** By the clock on the wall, which is not how openings are found. */
  private static void assertWithin(Span opening, String zone, String region, int from, int to) {
    ZonedDateTime start = opening.start().atZone(ZoneId.of(zone));
    ZonedDateTime end = opening.end().atZone(ZoneId.of(zone));
    assertThat(start.getDayOfWeek()).isNotIn(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    assertThat(end.toLocalDate()).isEqualTo(start.toLocalDate());
    assertThat(start.toLocalTime()).isAfterOrEqualTo(LocalTime.MIN.plusMinutes(from));
    assertThat(end.toLocalTime()).isBeforeOrEqualTo(LocalTime.MIN.plusMinutes(to));
    assertThat(Holidays.on(start.toLocalDate(), region)).isFalse();
  }

  @Property(tries = 400)
  void everyOpeningKeepsTheBuffersAndTheNotice(@ForAll("cases") Case given) {
    for (Span opening : given.openings()) {
      assertThat(opening.start()).isAfterOrEqualTo(given.from());
      assertThat(Duration.between(opening.start(), opening.end())).isEqualTo(Duration.ofMinutes(given.minutes()));
      Span around = given.host().around(opening);
      assertThat(given.busy()).noneMatch(around::overlaps);
    }
  }

  @Property(tries = 200)
  void whatIsChosenIsOfferedAndNeverOverlaps(@ForAll("cases") Case given) {
    var all = given.openings();
    var chosen = Openings.choose(all, 3, given.guest(), time -> 0);
    assertThat(all).containsAll(chosen);
    assertThat(chosen.size()).isLessThanOrEqualTo(3);
    for (Span one : chosen) assertThat(chosen).filteredOn(one::overlaps).hasSize(1);
    if (all.size() > 0) assertThat(chosen).isNotEmpty();
  }

  @Property(tries = 200)
  void nothingIsLeftOut(@ForAll("cases") Case given) {
    var openings = given.openings();
    // Every quarter of an hour of the whole span, tried by hand.
    Span within = given.within();
    for (Instant at = Instant.ofEpochSecond(Math.ceilDiv(within.start().getEpochSecond(), 900) * 900);
        at.isBefore(within.end()); at = at.plusSeconds(900)) {
      Span meeting = Span.of(at, Duration.ofMinutes(given.minutes()));
      int minute = at.atZone(ZoneId.of(given.guestZone())).getMinute();
      boolean possible = (minute == 0 || minute == 30) && !meeting.end().isAfter(within.end())
          && ordinary(meeting, given.hostZone(), given.hostRegion(), given.hostFrom(), given.hostTo())
          && ordinary(meeting, given.guestZone(), given.guestRegion(), given.guestFrom(), given.guestTo())
          && given.busy().stream().noneMatch(given.host().around(meeting)::overlaps);
      if (possible) assertThat(openings).contains(meeting);
    }
  }

  /** In the hours of a day on which no clock changes. */
  private static boolean ordinary(Span meeting, String zone, String region, int from, int to) {
    ZoneId id = ZoneId.of(zone);
    ZonedDateTime start = meeting.start().atZone(id);
    ZonedDateTime end = meeting.end().atZone(id);
    LocalDate day = start.toLocalDate();
    return start.getDayOfWeek().getValue() <= 5 && end.toLocalDate().equals(day) && !Holidays.on(day, region)
        && day.atStartOfDay(id).plusDays(1).toInstant().equals(day.atStartOfDay(id).toInstant().plus(Duration.ofDays(1)))
        && !start.toLocalTime().isBefore(LocalTime.MIN.plusMinutes(from))
        && !end.toLocalTime().isAfter(LocalTime.MIN.plusMinutes(to));
  }

  @Test
  void aSkippedHourIsNoWorkingHour() {
    // 28 March 2027: the clocks of Berlin go from 02:00 to 03:00.
    var berlin = ZoneId.of("Europe/Berlin");
    var night = WorkingHours.of("Sun 01:00-04:00").in(
        berlin, new Span(Instant.parse("2027-03-27T12:00:00Z"), Instant.parse("2027-03-28T12:00:00Z")), day -> false);
    assertThat(night.list()).containsExactly(new Span(Instant.parse("2027-03-28T00:00:00Z"), Instant.parse("2027-03-28T02:00:00Z")));
  }

  @Test
  void threeProposalsAreOnThreeDaysAtTwoTimesOfDay() {
    var host = host("h", "Europe/London", "Mon-Fri 09:00-17:00", "GB", 15, 6);
    var guest = new Guest(ZoneId.of("Europe/Berlin"), WorkingHours.of("Mon-Fri 09:00-17:30"), "DE");
    // From Wednesday: Good Friday and Easter Monday 2027 are off for both.
    var within = new Span(Instant.parse("2027-03-24T12:00:00Z"), Instant.parse("2027-04-05T00:00:00Z"));
    var chosen = Openings.choose(
        Openings.all(host, guest, Duration.ofMinutes(30), Spans.NONE, within), 3, guest, time -> 0);
    assertThat(chosen.stream().map(span -> span.start().atZone(guest.zone()).toLocalDate()))
        .containsExactly(LocalDate.of(2027, 3, 24), LocalDate.of(2027, 3, 25), LocalDate.of(2027, 3, 30));
    assertThat(chosen.stream().map(span -> span.start().atZone(guest.zone()).getHour() < 12)).contains(true, false);
  }

  @Test
  void anAbsenceIsOff() {
    var host = new Host(
        "h", null, "Alex", "alex@harbor.example", "Europe/London", "Mon-Fri 09:00-17:00", "GB", 0, 0, 4, 8, 1,
        List.of(new Host.Absence("2027-05-04", "2027-05-06", "leave")), "embedded", "h", "");
    var week = new Span(Instant.parse("2027-05-03T00:00:00Z"), Instant.parse("2027-05-08T00:00:00Z"));
    // The Monday is a bank holiday.
    assertThat(host.working(week).list()).hasSize(1).first()
        .isEqualTo(new Span(Instant.parse("2027-05-07T08:00:00Z"), Instant.parse("2027-05-07T16:00:00Z")));
  }
}
