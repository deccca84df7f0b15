package dev.leadline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.growth.Analysed;
import dev.leadline.qualify.Assessed;
import dev.leadline.research.Cited;
import dev.leadline.research.Researched;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCampaignTest {

  private static final ThinkingSteps RULES = new ThinkingSteps();

  @AfterAll
  static void close() {
    RULES.close();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "We are looking for help with order entry. | answer",
    "Orders are late and full of errors. | relief",
    "Hello there. | introduction"
  })
  void theApproachFollowsWhatIsKnown(String description, String approach) {
    RULES.register("l1", "Anna Berg", "Acme", null, "COO", "Website form", description);
    Researched.by(RULES, "l1");
    Assessed.by(RULES, "l1");
    Analysed.by(RULES, "l1");

    assertThat(Planned.by(RULES, "l1", "outreach").approach()).isEqualTo(approach);
  }

  @Test
  void itWorksWithoutAssessmentAndGrowth() {
    RULES.register("l2", "Anna Berg", "Acme", null, "COO", null, null);
    Researched.by(RULES, "l2");

    assertThat(Planned.by(RULES, "l2", "nurture"))
        .returns("introduction", Plan::approach).returns("other", Plan::origin).returns(null, Plan::interest)
        .returns(List.of(), Plan::points);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Website form | website", "Messe | event", "Webinar | event", "Trade fair | event", "Partner referral | referral",
    "White paper download | content", "Newsletter | content", "Purchased list | list", "LinkedIn | social",
    "Phone | phone", "Other | other"
  })
  void leadSourcesAreOfAKind(String source, String origin) {
    assertThat(new Origins().of(source).is()).isEqualTo(origin);
  }

  @Test
  void theModelsPointsCountAsFarAsTheyAreProven() {
    var model = new ScriptedModel("""
        {"approach": "ANSWER", "why": "They ask.", "points": [
          {"text": "Order entry", "facts": ["f3"]}, {"text": "Their secret plan", "facts": ["f77"]}]}""");
    try (var steps = steps(model)) {
      var plan = Planned.by(steps, "l1", "outreach");

      assertThat(plan.source()).isEqualTo(Source.MODEL);
      assertThat(plan.points()).containsExactly(new Cited("Order entry", List.of("f3")));
      assertThat(plan).returns("website", Plan::origin).returns("order processing", Plan::interest);
      assertThat(model.heard())
          .contains("Plan the campaign: outreach.").doesNotContain("Anna Berg").doesNotContain("l1@lead.example");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Call them tomorrow.", "{\"approach\": \"ATTACK\", \"why\": \"x\"}", "{\"approach\": \"ANSWER\"}",
    "{\"approach\": \"ANSWER\", \"why\": \"They ask.\", \"points\": [{\"text\": \"x\", \"facts\": [\"f88\"]}]}"
  })
  void rulesPlanWhenTheModelMakesNoSense(String nonsense) {
    try (var steps = steps(new ScriptedModel(nonsense))) {
      assertThat(Planned.by(steps, "l1", "outreach"))
          .returns(Source.RULES, Plan::source).returns("answer", Plan::approach);
    }
  }

  private static ThinkingSteps steps(ScriptedModel model) {
    var steps = new ThinkingSteps(model.agents());
    steps.register(
        "l1", "Anna Berg", "Acme", null, "Head of Operations", "Website form",
        "We are looking for help with order entry. We need it by next week.");
    Researched.by(steps, "l1");
    Assessed.by(steps, "l1");
    return steps;
  }
}
