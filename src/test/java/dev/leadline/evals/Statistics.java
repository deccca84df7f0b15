package dev.leadline.evals;

import dev.leadline.evals.Sheet.Certainty;
import dev.leadline.evals.Sheet.Mark;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Intervals and tests; whatever draws lots draws the same ones each time. */
final class Statistics {

  private static final double Z = 1.959963984540054;
  private static final long SEED = 20260302;
  private static final int ROUNDS = 2_000;

  private Statistics() {}

  record Interval(double low, double high) {}

  /** The 95 % score interval of a share (Wilson 1927). */
  static Interval wilson(double right, double of) {
    if (of == 0) return new Interval(0, 1);
    double p = right / of;
    double middle = p + Z * Z / (2 * of);
    double wide = Z * Math.sqrt(p * (1 - p) / of + Z * Z / (4 * of * of));
    double scale = 1 + Z * Z / of;
    return new Interval(Math.max(0, (middle - wide) / scale), Math.min(1, (middle + wide) / scale));
  }

  /** The 95 % percentile interval of a ratio of sums, over cases drawn with replacement. */
  static Interval bootstrap(List<Mark> marks) {
    if (marks.isEmpty()) return new Interval(0, 1);
    var lots = new Random(SEED);
    double[] ratios = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      double right = 0;
      double of = 0;
      for (int j = 0; j < marks.size(); j++) {
        Mark mark = marks.get(lots.nextInt(marks.size()));
        right += mark.right();
        of += mark.of();
      }
      ratios[i] = right / of;
    }
    Arrays.sort(ratios);
    return new Interval(ratios[ROUNDS / 40], ratios[ROUNDS - 1 - ROUNDS / 40]);
  }

  /**
   * How likely differences at least this far from nothing are when two runs are equally good: a two-sided sign-flip
   * test over the cases both runs had.
   */
  static double significance(List<Double> differences) {
    double[] moved = differences.stream().mapToDouble(Double::doubleValue).filter(d -> Math.abs(d) > 1e-9).toArray();
    if (moved.length == 0) return 1;
    double seen = Math.abs(Arrays.stream(moved).sum());
    boolean exact = moved.length <= 14;
    int rounds = exact ? 1 << moved.length : 20_000;
    var lots = new Random(SEED);
    int asFar = 0;
    for (int i = 0; i < rounds; i++) {
      double sum = 0;
      for (int j = 0; j < moved.length; j++) {
        boolean flip = exact ? (i >> j & 1) == 1 : lots.nextBoolean();
        sum += flip ? -moved[j] : moved[j];
      }
      if (Math.abs(sum) >= seen - 1e-9) asFar++;
    }
    return exact ? (double) asFar / rounds : (asFar + 1.0) / (rounds + 1);
  }

  /** Mean squared distance of confidence and truth; 0 is best, 0.25 is what a coin gets. */
  static double brier(List<Certainty> certainties) {
    return certainties.stream()
        .mapToDouble(one -> Math.pow(one.confidence() - (one.right() ? 1 : 0), 2))
        .average()
        .orElse(Double.NaN);
  }

  /** @param values in any order; p 0 to 1 */
  static double percentile(List<Double> values, double p) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  }
}
