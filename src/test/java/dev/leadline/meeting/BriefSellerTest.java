package dev.leadline.meeting;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.growth.Analysed;
import dev.leadline.meeting.HandTouch.Outcome;
import dev.leadline.qualify.Assessed;
import dev.leadline.research.Cited;
import dev.leadline.research.Researched;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class BriefSellerTest {

  @Test
  void withoutAModelTheBriefSaysWhoWhyNowAndWhatIsOpen() {
    try (var steps = steps(null)) {
      var brief = brief(steps);

      assertThat(brief.source()).isEqualTo(Source.RULES);
      assertThat(brief.who()).isEqualTo("Anna Berg, Head of Operations at Acme.");
      assertThat(brief.whyNow()).extracting(Cited::text).contains("They have a date in mind.");
      assertThat(brief.points()).isNotEmpty().allSatisfy(point -> assertThat(point.facts()).isNotEmpty());
      assertThat(brief.questions()).contains("Who else has to agree?");
      assertThat(brief.objections()).isNotEmpty();
    }
  }

  @Test
  void theTaskShowsTheBriefWithWhatProvesIt() {
    try (var steps = steps(null)) {
      brief(steps);
      var shown = steps.get(ShowBrief.class).handle(new ShowBrief.Input("l1"));

      assertThat(shown.lead().company()).isEqualTo("Acme");
      assertThat(shown.points().getFirst().more()).contains("“We are looking for help with order entry.”");
      assertThat(shown.objections()).allSatisfy(line -> assertThat(line.more()).isNotBlank());
    }
  }

  @Test
  void aLeadThatNobodyBriefedAboutIsShownAsFarAsKnown() {
    try (var steps = steps(null)) {
      assertThat(steps.get(ShowBrief.class).handle(new ShowBrief.Input("l1")).points()).isEmpty();
    }
  }

  @Test
  void theModelReadsTheThreadAndUnprovenPointsAreDropped() {
    var model = new ScriptedModel("""
        {"who": "A head of operations.", "whyNow": [{"text": "They ask.", "facts": ["f3"]}],
         "points": [{"text": "Order entry", "facts": ["f3"]}, {"text": "Gossip", "facts": []}],
         "questions": ["Who signs?"], "objections": [{"text": "No time.", "answer": "One process only."}]}""");
    try (var steps = steps(model)) {
      steps.get(HandTouches.class).save(new HandTouch(
          "1", "l1", "call", Outcome.DONE, "Likes <b>short</b> calls", "Robin", ThinkingSteps.NOW));
      var brief = brief(steps);

      assertThat(brief.source()).isEqualTo(Source.MODEL);
      assertThat(brief.points()).containsExactly(new Cited("Order entry", List.of("f3")));
      assertThat(model.heard()).contains("<thread>\n2026-03-02, call:\nLikes ‹b›short‹/b› calls");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Be nice.", "{\"who\": \"\"}", "{\"who\": \"x\", \"objections\": [{\"text\": \"No time.\"}]}"
  })
  void rulesBriefWhenTheModelMakesNoSense(String nonsense) {
    try (var steps = steps(new ScriptedModel(nonsense))) {
      assertThat(brief(steps).source()).isEqualTo(Source.RULES);
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "perhaps"})
  void aTaskIsDoneOnlyWhenItIsClearWhatCameOfIt(String result) {
    assertThat(RecordTouch.objection(result, null)).get().asString().startsWith("Choose");
  }

  @ParameterizedTest
  @ValueSource(strings = {"done", "skipped", "follow-up"})
  void theseAreAnswers(String result) {
    assertThat(RecordTouch.objection(result, "short")).isEmpty();
    assertThat(RecordTouch.objection(result, "x".repeat(2001))).isPresent();
  }

  private static Brief brief(ThinkingSteps steps) {
    steps.get(BriefSeller.class).handle(new BriefSeller.Input("l1"), 1);
    return steps.get(Briefs.class).findById("l1").orElseThrow();
  }

  private static ThinkingSteps steps(ScriptedModel model) {
    var steps = new ThinkingSteps(model == null ? ScriptedModel.none() : model.agents());
    steps.register(
        "l1", "Anna Berg", "Acme", null, "Head of Operations", "Website form",
        "We are looking for help with order entry. We need it by next week.");
    Researched.by(steps, "l1");
    Assessed.by(steps, "l1");
    Analysed.by(steps, "l1");
    return steps;
  }
}
