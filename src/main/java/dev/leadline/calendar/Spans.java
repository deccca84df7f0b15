package dev.leadline.calendar;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A set of moments: spans in order that neither overlap nor touch. */
public final class Spans {

  public static final Spans NONE = new Spans(List.of());

  private final List<Span> spans;

  private Spans(List<Span> spans) {
    this.spans = spans;
  }

  public static Spans of(Collection<Span> any) {
    var merged = new ArrayList<Span>();
    for (Span span : any.stream().sorted(Comparator.comparing(Span::start)).toList()) {
      if (merged.isEmpty() || merged.getLast().end().isBefore(span.start())) merged.add(span);
      else merged.add(new Span(merged.getLast().start(), later(merged.removeLast().end(), span.end())));
    }
    return new Spans(List.copyOf(merged));
  }

  public List<Span> list() {
    return spans;
  }

  public Spans or(Spans other) {
    var all = new ArrayList<>(spans);
    all.addAll(other.spans);
    return of(all);
  }

  public Spans and(Spans other) {
    var common = new ArrayList<Span>();
    for (int i = 0, j = 0; i < spans.size() && j < other.spans.size(); ) {
      Span one = spans.get(i);
      Span two = other.spans.get(j);
      if (one.overlaps(two)) common.add(new Span(later(one.start(), two.start()), earlier(one.end(), two.end())));
      if (one.end().isBefore(two.end())) i++;
      else j++;
    }
    return new Spans(List.copyOf(common));
  }

  public Spans minus(Spans other) {
    var left = new ArrayList<Span>();
    int from = 0;
    for (Span span : spans) {
      Instant start = span.start();
      while (from < other.spans.size() && !other.spans.get(from).end().isAfter(start)) from++;
      for (int i = from; i < other.spans.size() && other.spans.get(i).start().isBefore(span.end()); i++) {
        Span taken = other.spans.get(i);
        if (start.isBefore(taken.start())) left.add(new Span(start, taken.start()));
        start = later(start, taken.end());
      }
      if (start.isBefore(span.end())) left.add(new Span(start, span.end()));
    }
    return new Spans(List.copyOf(left));
  }

  public boolean contains(Span span) {
    return spans.stream().anyMatch(one -> one.contains(span));
  }

  private static Instant later(Instant one, Instant two) {
    return one.isAfter(two) ? one : two;
  }

  private static Instant earlier(Instant one, Instant two) {
    return one.isBefore(two) ? one : two;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spans set && set.spans.equals(spans);
  }

  @Override
  public int hashCode() {
    return spans.hashCode();
  }

  @Override
  public String toString() {
    return spans.toString();
  }
}
