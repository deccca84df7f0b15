package dev.leadline.evals;

import dev.leadline.evals.Run.Case;
import dev.leadline.evals.Run.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Two runs beside each other, case by case. */
record Comparison(List<Difference> differences) {

  /**
   * One figure in both runs, over the cases both had.
   *
   * @param p how likely a difference at least this large is when both are equally good
   * @param better ids of cases that got better
   * @param worse ids of cases that got worse
   */
  record Difference(
      String step, String figure, double before, double after, double p, List<String> better, List<String> worse) {

    boolean significant() {
      return p < 0.05;
    }

    @Override
    public String toString() {
      String change = String.format(
          Locale.ROOT, "%-16s %-28s %.3f → %.3f (%+.3f, p = %.3f%s)", step, figure, before, after, after - before, p,
          significant() ? ", significant" : "");
      return change + (better.isEmpty() ? "" : "\n    better: " + String.join(" ", better))
          + (worse.isEmpty() ? "" : "\n    worse:  " + String.join(" ", worse));
    }
  }

  static Comparison of(Run before, Run after) {
    var differences = new ArrayList<Difference>();
    for (var step : after.steps())
      before.steps().stream().filter(was -> was.step().equals(step.step())).findFirst().ifPresent(was -> {
        for (Result figure : step.figures())
          was.figures().stream().filter(known -> known.name().equals(figure.name())).findFirst()
              .ifPresent(known -> differences.add(difference(step.step(), known, figure)));
      });
    return new Comparison(differences);
  }

  private static Difference difference(String step, Result before, Result after) {
    var better = new ArrayList<String>();
    var worse = new ArrayList<String>();
    var changes = new ArrayList<Double>();
    after.cases().forEach((id, now) -> {
      Case was = before.cases().get(id);
      if (was == null) return;
      double change = now.right() / now.of() - was.right() / was.of();
      changes.add(change);
      if (change > 1e-9) better.add(id);
      if (change < -1e-9) worse.add(id);
    });
    return new Difference(
        step, after.name(), before.all().value(), after.all().value(), Statistics.significance(changes), better, worse);
  }
}
