package dev.leadline.evals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.agent.AskedModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {

  @TempDir Path directory;

  @Test
  void aConfiguredModelIsMeasuredWithWhatItCosts() throws Exception {
    try (var model = new AskedModel(asked -> "Certainly! A great lead.")) {
      Run run = Run.of(Evals.exams(List.of("assess-lead")), 1, model.configured());

      var step = run.step("assess-lead");
      assertThat(step.by()).isEqualTo("OPENAI asked");
      assertThat(step.use().calls()).isEqualTo(2 * Corpus.leads().size());
      assertThat(step.use().fellBackToRules()).isEqualTo(step.use().calls());
      assertThat(step.use().tokensIn()).isPositive();
      assertThat(step.use().money()).isPositive();
      assertThat(new Report(run).html()).contains("answered by rules instead").doesNotContain("<script");

      run.write(directory.resolve("run.json"));
      assertThat(Comparison.of(Run.read(directory.resolve("run.json")), run).differences())
          .isNotEmpty().allSatisfy(difference -> assertThat(difference.p()).isEqualTo(1));
    }
  }
}
