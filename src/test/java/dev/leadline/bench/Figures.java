package dev.leadline.bench;

import java.util.Collection;
import java.util.Locale;

/** Durations of one kind in milliseconds, and what is printed of them. */
record Figures(double[] sorted) {

  static Figures of(Collection<? extends Number> millis) {
    return new Figures(millis.stream().mapToDouble(Number::doubleValue).sorted().toArray());
  }

  double percentile(int p) {
    return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * p / 100)];
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "p50 %7.1f ms   p95 %7.1f ms   (%d)", percentile(50), percentile(95), sorted.length);
  }
}
