package dev.leadline.evals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.leadline.evals.Baseline.Reached;
import dev.leadline.evals.Figure.Value;
import dev.leadline.evals.Run.Case;
import dev.leadline.evals.Run.Result;
import dev.leadline.evals.Run.Step;
import dev.leadline.evals.Sheet.Certainty;
import dev.leadline.evals.Sheet.Mark;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void theIntervalOfAShareIsWilsons() {
    // Figures of Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 15 of 148.
    assertThat(Statistics.wilson(81, 263).low()).isCloseTo(0.2553, within(1e-4));
    assertThat(Statistics.wilson(81, 263).high()).isCloseTo(0.3662, within(1e-4));
    assertThat(Statistics.wilson(15, 148).low()).isCloseTo(0.0624, within(1e-4));
    assertThat(Statistics.wilson(0, 20).low()).isZero();
  }

  @Test
  void theBootstrapDrawsTheSameLotsEachTime() {
    var marks = List.of(new Mark(1, 2), new Mark(2, 2), new Mark(0, 1), new Mark(3, 4));

    assertThat(Statistics.bootstrap(marks)).isEqualTo(Statistics.bootstrap(marks));
    assertThat(Statistics.bootstrap(marks).low()).isLessThan(6.0 / 9);
    assertThat(Statistics.bootstrap(marks).high()).isGreaterThan(6.0 / 9);
    assertThat(Statistics.bootstrap(Collections.nCopies(10, new Mark(1, 1))).low()).isEqualTo(1);
  }

  @Test
  void significanceIsThatOfTheSigns() {
    assertThat(Statistics.significance(Collections.nCopies(6, 1.0))).isCloseTo(2 / 64.0, within(1e-9));
    assertThat(Statistics.significance(List.of(1.0, -1.0, 0.0))).isEqualTo(1);
    assertThat(Statistics.significance(List.of())).isEqualTo(1);
    assertThat(Statistics.significance(Collections.nCopies(30, 1.0))).isLessThan(0.001);
  }

  @Test
  void brierIsTheDistanceOfConfidenceAndTruth() {
    assertThat(Statistics.brier(List.of(new Certainty(1, true), new Certainty(0.5, false)))).isEqualTo(0.125);
  }

  @Test
  void aCaseIsAlwaysRightOnlyIfEveryRepetitionIs() {
    var sheet = new Sheet();
    for (boolean right : List.of(true, true, false, true)) sheet.mark("figure", "a", false, right, "no");
    for (int i = 0; i < 4; i++) sheet.mark("figure", "b", true, true, "no");
    Figure figure = sheet.figures().getFirst();

    assertThat(figure.value(Figure.Slice.ALL).alwaysRight()).isEqualTo(0.5);
    assertThat(figure.value(Figure.Slice.ALL).value()).isEqualTo(0.875);
    assertThat(figure.value(Figure.Slice.HELD_OUT).value()).isEqualTo(1);
  }

  @Test
  void aFigureThatFallsIsNamedWithWhatToDo() {
    var before = new Baseline(Map.of("s / f", 0.9), new TreeMap<>(Map.of("s / f", new Reached(1, 1, 1, List.of()))));

    assertThat(before.objections(run(1, 0))).hasSize(2)
        .anySatisfy(line -> assertThat(line).contains("s / f fell from 1.0000 to 0.5000").contains("[b]").contains("accept"))
        .anySatisfy(line -> assertThat(line).contains("below its floor of 0.90"));
    assertThat(before.objections(run(1, 1))).isEmpty();
  }

  @Test
  void aComparisonNamesTheCases() {
    var difference = Comparison.of(run(1, 1), run(1, 0)).differences().getFirst();

    assertThat(difference.worse()).containsExactly("b");
    assertThat(difference.better()).isEmpty();
    assertThat(difference.significant()).isFalse();
  }

  private static Run run(double a, double b) {
    var value = new Value(a + b, 2, (a + b) / 2, 0, 1, 0, 2);
    var cases = Map.of("a", new Case(a, 1, false, List.of()), "b", new Case(b, 1, true, List.of()));
    return new Run(Instant.EPOCH, 1, List.of(new Step(
        "s", "rules", List.of(new Result("f", value, value, value, cases)), Map.of(), List.of(), null, Map.of(), null)));
  }
}
