package dev.leadline.booking;

import dev.leadline.calendar.Span;
import dev.leadline.calendar.Spans;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** When somebody works, by the clock on their wall. Written as "Mon-Thu 09:00-12:00 13:00-17:00; Fri 09:00-12:00". */
public final class WorkingHours {

  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,2}:\\d{2})-(\\d{1,2}:\\d{2})");
  private static final Pattern DAY = Pattern.compile("(?i)(mon|tue|wed|thu|fri|sat|sun)(?:-(mon|tue|wed|thu|fri|sat|sun))?");

  private final Map<DayOfWeek, List<Range>> days;
  private final String text;

  private WorkingHours(Map<DayOfWeek, List<Range>> days, String text) {
    this.days = days;
    this.text = text;
  }

  private record Range(LocalTime from, LocalTime to) {}

  /** @throws IllegalArgumentException with a sentence for whoever wrote it */
  public static WorkingHours of(String text) {
    if (text == null || text.isBlank() || text.length() > 400) throw new IllegalArgumentException("names no hours");
    var days = new EnumMap<DayOfWeek, List<Range>>(DayOfWeek.class);
    for (String part : text.strip().split("\\s*;\\s*")) {
      String[] words = part.strip().split("[\\s,]+");
      var which = DAY.matcher(words[0]);
      if (!which.matches()) throw new IllegalArgumentException("“%s” is no day, write Mon or Mon-Fri".formatted(words[0]));
      var ranges = new ArrayList<Range>();
      for (int i = 1; i < words.length; i++) ranges.add(range(words[i]));
      if (ranges.isEmpty()) throw new IllegalArgumentException("“%s” has no hours, write Mon-Fri 09:00-17:00".formatted(part));
      int first = DAYS.indexOf(which.group(1).toLowerCase(Locale.ROOT));
      int last = which.group(2) == null ? first : DAYS.indexOf(which.group(2).toLowerCase(Locale.ROOT));
      if (last < first) throw new IllegalArgumentException("“%s” ends before it begins".formatted(words[0]));
      for (int day = first; day <= last; day++) {
        if (days.put(DayOfWeek.of(day + 1), List.copyOf(ranges)) != null)
          throw new IllegalArgumentException("names a day twice");
      }
    }
    return new WorkingHours(days, text.strip());
  }

  private static Range range(String text) {
    var range = RANGE.matcher(text);
    if (!range.matches()) throw new IllegalArgumentException("“%s” is no time, write 09:00-17:00".formatted(text));
    LocalTime from = time(range.group(1));
    LocalTime to = time(range.group(2));
    if (!from.isBefore(to)) throw new IllegalArgumentException("“%s” ends before it begins".formatted(text));
    return new Range(from, to);
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text.length() == 4 ? "0" + text : text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("“%s” is no time of day".formatted(text));
    }
  }

  /** The moments of work in a zone that lie in this span, without the days that are off. */
  Spans in(ZoneId zone, Span within, Predicate<LocalDate> off) {
    var spans = new ArrayList<Span>();
    LocalDate last = within.end().atZone(zone).toLocalDate();
    for (LocalDate day = within.start().atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
      if (off.test(day)) continue;
      for (Range range : days.getOrDefault(day.getDayOfWeek(), List.of())) span(day, range, zone).ifPresent(spans::add);
    }
    return Spans.of(spans).and(Spans.of(List.of(within)));
  }

  /** Where the clock is put forward or back, only what is surely within the hours. */
  private static Optional<Span> span(LocalDate day, Range range, ZoneId zone) {
    Instant start = moment(day.atTime(range.from()), zone, true);
    Instant end = moment(day.atTime(range.to()), zone, false);
    return start.isBefore(end) ? Optional.of(new Span(start, end)) : Optional.empty();
  }

  /** A time that the clock skips is the moment of the skip; of one that comes twice, the second begins and the first ends. */
  private static Instant moment(LocalDateTime time, ZoneId zone, boolean begins) {
    ZoneOffsetTransition change = zone.getRules().getTransition(time);
    if (change == null) return time.atZone(zone).toInstant();
    if (change.isGap()) return change.getInstant();
    ZoneOffset offset = begins ? change.getOffsetAfter() : change.getOffsetBefore();
    return time.toInstant(offset);
  }

  @Override
  public String toString() {
    return text;
  }
}
