package dev.leadline.growth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.research.Cited;
import dev.leadline.research.Researched;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalyseGrowthTest {

  private static final ThinkingSteps RULES = new ThinkingSteps();
  private static final String KNOWN = "We are looking for help with order entry, which is typed in by hand.";

  @AfterAll
  static void close() {
    RULES.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "market | growing | We need help because we opened a new warehouse.",
    "market | growing | Wir suchen Hilfe, weil ein neuer Standort dazukommt.",
    "market | shrinking | We need help because we are closing a plant.",
    "market | steady | We need a partner; we have been in business since 1950.",
    "market | unknown | We need help with our orders.",
    "competition | open | We are looking for help, orders are typed in by hand.",
    "competition | comparing | We are comparing prices and need a quote.",
    "competition | taken | We need to replace our current supplier.",
    "competition | unknown | We need help with our orders.",
    "potential | high | We need help for our 1,200 employees.",
    "potential | medium | We need help for our 180 warehouse employees.",
    "potential | low | We need help for our 12 people.",
    "potential | unknown | We need help with 1,200 orders."
  })
  void phrasesSayHowTheyMayGrow(String question, String answer, String sentence) {
    RULES.register("l1", "Anna Berg", "Acme", null, "Clerk", "Website form", sentence);
    Researched.by(RULES, "l1");

    assertThat(analysed(RULES, "l1").answers()).containsEntry(question, answer);
  }

  @Test
  void everyAnswerByRulesHasItsFacts() {
    RULES.register("l2", "Anna Berg", "Acme", null, "Clerk", "Website form", KNOWN);
    var dossier = Researched.by(RULES, "l2");

    assertThat(analysed(RULES, "l2").findings()).isNotEmpty().allSatisfy(found ->
        assertThat(found.facts()).isNotEmpty().allSatisfy(id -> assertThat(dossier.fact(id)).isPresent()));
  }

  @Test
  void whatTheModelCannotProveIsUnknown() {
    var model = new ScriptedModel("""
        {"market": "GROWING", "competition": "OPEN", "potential": "HIGH", "findings": [
          {"question": "competition", "text": "Nobody serves it.", "facts": ["f3", "f99"]},
          {"question": "potential", "text": "They are huge.", "facts": ["f98"]},
          {"question": "market", "text": "They grow.", "facts": []}]}""");
    try (var steps = steps(model)) {
      var growth = analysed(steps, "l1");

      assertThat(growth.source()).isEqualTo(Source.MODEL);
      assertThat(growth.answers().values()).containsExactly("unknown", "open", "unknown");
      assertThat(growth.findings()).containsExactly(new Cited("Nobody serves it.", List.of("f3")));
      assertThat(model.heard()).contains("<dossier>\nf1 (company)");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "They will grow a lot.", "{\"market\": \"ROARING\"}", "{\"market\": \"GROWING\"}",
    "{\"market\": \"GROWING\", \"competition\": \"OPEN\", \"potential\": \"HIGH\","
        + " \"findings\": [{\"question\": \"weather\", \"text\": \"x\", \"facts\": [\"f1\"]}]}"
  })
  void rulesAnswerWhenTheModelMakesNoSense(String nonsense) {
    try (var steps = steps(new ScriptedModel(nonsense))) {
      assertThat(analysed(steps, "l1").source()).isEqualTo(Source.RULES);
      assertThat(analysed(steps, "l1").answers()).containsEntry("competition", "open");
    }
  }

  private static Growth analysed(ThinkingSteps steps, String leadId) {
    return Analysed.by(steps, leadId);
  }

  private static ThinkingSteps steps(ScriptedModel model) {
    var steps = new ThinkingSteps(model.agents());
    steps.register("l1", "Anna Berg", "Acme", null, "Head of Operations", "Website form", KNOWN);
    Researched.by(steps, "l1");
    return steps;
  }
}
