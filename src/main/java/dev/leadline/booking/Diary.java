package dev.leadline.booking;

import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What of a host's time is promised to whom. One document for each host, changed as a whole, so no two meetings can
 * ever have the same time.
 *
 * @param host id
 * @param entries those that still count
 */
@Document("diaries")
record Diary(@Id String host, @Version Long version, List<Entry> entries) {

  private static final Duration REMEMBERED = Duration.ofDays(2);

  /**
   * One time of one meeting.
   *
   * @param booked false while it is only held
   * @param until when a hold ends by itself, whatever became of who should release it
   */
  record Entry(String meeting, Instant start, Instant end, boolean booked, Instant until) {

    Span time() {
      return new Span(start, end);
    }

    boolean counts(Instant now) {
      return booked ? end.plus(REMEMBERED).isAfter(now) : until.isAfter(now);
    }
  }

  static Diary of(String host) {
    return new Diary(host, null, List.of());
  }

  /** Holds these times for a meeting, and none it held before; empty when one of them is not free, or it has a booked one. */
  Optional<Diary> held(Host by, String meeting, List<Span> times, Instant until, Instant now) {
    if (own(meeting).anyMatch(Entry::booked)) return Optional.empty();
    return with(by, meeting, times.stream().map(time -> entry(meeting, time, false, until)).toList(), now);
  }

  /** Books one time for a meeting and lets all others go that it had; empty when the time is not free. */
  Optional<Diary> booked(Host by, String meeting, Span time, Instant now) {
    return with(by, meeting, List.of(entry(meeting, time, true, time.end())), now);
  }

  /** Books another time instead; empty when that is not free, or the meeting was moved elsewhere meanwhile. */
  Optional<Diary> moved(Host by, String meeting, Span from, Span to, Instant now) {
    boolean elsewhere = own(meeting).anyMatch(entry -> !entry.time().equals(from) && !entry.time().equals(to));
    return elsewhere ? Optional.empty() : booked(by, meeting, to, now);
  }

  Diary without(String meeting, Instant now) {
    return new Diary(host, version, others(meeting, now).toList());
  }

  private Optional<Diary> with(Host by, String meeting, List<Entry> wanted, Instant now) {
    var all = new ArrayList<>(others(meeting, now).toList());
    if (!wanted.stream().allMatch(entry -> free(by, entry.time(), all))) return Optional.empty();
    all.addAll(wanted);
    return Optional.of(new Diary(host, version, List.copyOf(all)));
  }

  private static Entry entry(String meeting, Span time, boolean booked, Instant until) {
    return new Entry(meeting, time.start(), time.end(), booked, until);
  }

  private static boolean free(Host by, Span time, List<Entry> others) {
    Span around = by.around(time);
    boolean apart = others.stream()
        .noneMatch(other -> around.overlaps(other.time()) || by.around(other.time()).overlaps(time));
    long thatDay = others.stream().filter(other -> by.day(other.start()).equals(by.day(time.start())))
        .map(Entry::meeting).distinct().count();
    return apart && thatDay < by.mostPerDay();
  }

  private Stream<Entry> own(String meeting) {
    return entries.stream().filter(entry -> entry.meeting().equals(meeting));
  }

  private Stream<Entry> others(String meeting, Instant now) {
    return entries.stream().filter(entry -> !entry.meeting().equals(meeting) && entry.counts(now));
  }

  /** The times at which no other meeting may begin or end, and the days that are full, buffers included. */
  Spans taken(Host by, String meeting, Span within, Instant now) {
    var others = others(meeting, now).toList();
    var taken = new ArrayList<Span>();
    others.forEach(entry -> taken.add(entry.time()));
    for (var day = by.day(within.start()); !day.isAfter(by.day(within.end())); day = day.plusDays(1)) {
      var date = day;
      long meetings = others.stream().filter(entry -> by.day(entry.start()).equals(date)).map(Entry::meeting)
          .distinct().count();
      if (meetings >= by.mostPerDay()) taken.add(new Span(
          date.atStartOfDay(by.zoneId()).toInstant(), date.plusDays(1).atStartOfDay(by.zoneId()).toInstant()));
    }
    return Spans.of(taken);
  }
}
