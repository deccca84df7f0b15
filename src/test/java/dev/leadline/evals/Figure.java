package dev.leadline.evals;

import dev.leadline.evals.Sheet.Case;
import dev.leadline.evals.Sheet.Mark;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * One figure of a step, 0 to 1, more is better: what was right, of what could have been.
 *
 * @param cases by id, in the order of the data set
 */
record Figure(String name, Map<String, Case> cases) {

  /** Over all cases, over those that rules were tuned on, or over those that were held out. */
  enum Slice {
    ALL,
    TUNED,
    HELD_OUT;

    boolean has(Case one) {
      return this == ALL || one.heldOut() == (this == HELD_OUT);
    }
  }

  /** A figure with its 95 % interval, and the share of cases that were right in every repetition. */
  record Value(double right, double of, double value, double low, double high, double alwaysRight, int cases) {}

  Value value(Slice slice) {
    List<Case> chosen = cases.values().stream().filter(slice::has).toList();
    List<Mark> means = chosen.stream().map(Figure::mean).toList();
    double right = means.stream().mapToDouble(Mark::right).sum();
    double of = means.stream().mapToDouble(Mark::of).sum();
    boolean yesOrNo = chosen.stream().map(Case::marks).flatMap(Collection::stream).allMatch(mark -> mark.of() == 1);
    var interval = yesOrNo ? Statistics.wilson(right, of) : Statistics.bootstrap(means);
    double always = chosen.stream().filter(Case::allRight).count();
    return new Value(
        right, of, of == 0 ? Double.NaN : right / of, interval.low(), interval.high(),
        chosen.isEmpty() ? Double.NaN : always / chosen.size(), chosen.size());
  }

  /** Repetitions of a case are not independent, so a case counts once. */
  static Mark mean(Case one) {
    return new Mark(
        one.marks().stream().mapToDouble(Mark::right).average().orElse(0),
        one.marks().stream().mapToDouble(Mark::of).average().orElse(0));
  }
}
