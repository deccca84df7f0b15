package dev.leadline.booking;

import dev.leadline.calendar.Holidays;
import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A colleague whom leads can meet.
 *
 * @param id lower case letters, digits and dashes
 * @param zone by the IANA database, for example Europe/London
 * @param hours as {@link WorkingHours} are written
 * @param region whose public holidays are off, for example GB or DE-BY; null for none
 * @param before minutes that stay free before a meeting
 * @param after minutes that stay free after a meeting
 * @param notice hours between now and the earliest meeting
 * @param mostPerDay meetings, by the host's own days
 * @param weight 0 to 100: how much of the meetings goes to this host, beside the weights of the others; 0 for none
 * @param calendar whose calendars theirs is one of: embedded, caldav, google or microsoft
 * @param calendarId which one it is there: a path of CalDAV, mostly an address of the others
 * @param location where they meet, mostly a link; may be empty
 */
@Document("hosts")
public record Host(
    @Id String id,
    @Version Long version,
    String name,
    String email,
    String zone,
    String hours,
    String region,
    int before,
    int after,
    int notice,
    int mostPerDay,
    int weight,
    List<Absence> absences,
    String calendar,
    String calendarId,
    String location) {

  private static final int LONGEST_ID = 50;

  public Host {
    absences = absences == null ? List.of() : List.copyOf(absences);
  }

  /** Days off, both included, as 2026-12-24. */
  public record Absence(String from, String to, String reason) {
    boolean on(LocalDate day) {
      return !day.isBefore(LocalDate.parse(from)) && !day.isAfter(LocalDate.parse(to));
    }
  }

  /** An id made of a name. */
  static String idOf(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT)
        .replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return plain.isEmpty() ? "host" : plain.substring(0, Math.min(plain.length(), LONGEST_ID)).replaceAll("-$", "");
  }

  public ZoneId zoneId() {
    return ZoneId.of(zone);
  }

  /** When they work, without holidays and absences. */
  Spans working(Span within) {
    return WorkingHours.of(hours).in(
        zoneId(), within,
        day -> Holidays.on(day, region) || absences.stream().anyMatch(absence -> absence.on(day)));
  }

  LocalDate day(Instant at) {
    return at.atZone(zoneId()).toLocalDate();
  }

  Instant earliest(Instant now) {
    return now.plus(Duration.ofHours(notice));
  }

  /** What has to be free for a meeting at this time. */
  Span around(Span meeting) {
    return meeting.with(Duration.ofMinutes(before), Duration.ofMinutes(after));
  }

  boolean takesMeetings() {
    return weight > 0 && mostPerDay > 0;
  }
}
