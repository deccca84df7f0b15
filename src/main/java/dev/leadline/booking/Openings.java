package dev.leadline.booking;

import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Times at which a host and a guest can both meet: all arithmetic is on moments, so no change of clocks can fool it. */
final class Openings {

  private static final int STEP = 30;
  private static final Duration TICK = Duration.ofMinutes(15);

  private Openings() {}

  /**
   * Every start of a meeting, on the full or half hour of the guest's clock.
   *
   * @param taken the host's time that is not free
   * @param within not before the host's notice
   */
  static List<Span> all(Host host, Guest guest, Duration length, Spans taken, Span within) {
    // A meeting's surroundings need to be free, not to be working time.
    var widened = Spans.of(taken.list().stream()
        .map(span -> span.with(
            Duration.ofMinutes(Math.max(host.before(), host.after())),
            Duration.ofMinutes(Math.max(host.before(), host.after()))))
        .toList());
    Spans open = host.working(within).and(guest.working(within)).minus(widened);
    var found = new ArrayList<Span>();
    for (Span free : open.list()) {
      for (Instant start = ceiling(free.start()); !start.plus(length).isAfter(free.end()); start = start.plus(TICK)) {
        ZonedDateTime clock = start.atZone(guest.zone());
        if (clock.getMinute() % STEP == 0 && clock.getSecond() == 0) found.add(Span.of(start, length));
      }
    }
    return found;
  }

  private static Instant ceiling(Instant at) {
    long tick = TICK.toSeconds();
    long seconds = at.getEpochSecond() + (at.getNano() > 0 ? 1 : 0);
    return Instant.ofEpochSecond(Math.ceilDiv(seconds, tick) * tick);
  }

  /**
   * A few of them for a guest to choose from: soon, on different days, at different times of day, not at the rim of a
   * day; those that were wished for before all others.
   *
   * @param wished how well a time fits what the guest said, 0 for not at all
   */
  static List<Span> choose(List<Span> all, int most, Guest guest, ToIntFunction<ZonedDateTime> wished) {
    var days = all.stream().map(span -> day(span, guest)).distinct().toList();
    var chosen = new ArrayList<Span>();
    while (chosen.size() < most) {
      var best = all.stream()
          .filter(span -> chosen.stream().noneMatch(span::overlaps))
          .min(Comparator.<Span>comparingInt(span -> cost(span, chosen, days, guest, wished)).thenComparing(Span::start));
      if (best.isEmpty()) break;
      chosen.add(best.get());
    }
    chosen.sort(Comparator.comparing(Span::start));
    return chosen;
  }

  private static int cost(
      Span span, List<Span> chosen, List<LocalDate> days, Guest guest, ToIntFunction<ZonedDateTime> wished) {
    ZonedDateTime start = span.start().atZone(guest.zone());
    int cost = days.indexOf(start.toLocalDate()) - 50 * wished.applyAsInt(start);
    if (start.getHour() < 9 || start.getHour() >= 16) cost += 2;
    for (Span other : chosen) {
      if (day(other, guest).equals(start.toLocalDate())) cost += 20;
      boolean morning = other.start().atZone(guest.zone()).getHour() < 12;
      if (morning == start.getHour() < 12) cost += 2;
    }
    return cost;
  }

  private static LocalDate day(Span span, Guest guest) {
    return span.start().atZone(guest.zone()).toLocalDate();
  }
}
