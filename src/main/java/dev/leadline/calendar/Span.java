package dev.leadline.calendar;

import java.time.Duration;
import java.time.Instant;

/** Time from a moment to a later one; the end is not part of it. */
public record Span(Instant start, Instant end) {

  public Span {
    if (!start.isBefore(end)) throw new IllegalArgumentException("A span ends after it starts");
  }

  public static Span of(Instant start, Duration length) {
    return new Span(start, start.plus(length));
  }

  public boolean overlaps(Span other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  public boolean contains(Span other) {
    return !other.start.isBefore(start) && !other.end.isAfter(end);
  }

  public Span with(Duration before, Duration after) {
    return new Span(start.minus(before), end.plus(after));
  }
}
