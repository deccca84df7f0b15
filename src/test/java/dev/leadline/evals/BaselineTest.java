package dev.leadline.evals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** No change of rules, tables or prompts may lower a figure unnoticed. */
class BaselineTest {

  @Test
  void rulesReachWhatTheyHaveReachedBefore() {
    assertThat(Baseline.read().objections(Evals.byRules()))
        .as("Figures of the rules against evals/baseline.json; ./mvnw -q test-compile exec:exec@evals shows all")
        .isEqualTo(List.of());
  }
}
