package dev.leadline.outreach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.outreach.Correspondence.Said;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Ground.Grounds;
import dev.leadline.research.Researched;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DraftFollowUpTest {

  private static final String FOLLOW_UP = "{\"body\": \"%s\", \"facts\": [\"f3\", \"f99\"]}";

  @Test
  void itKeepsTheSubjectAndCountsOn() {
    var model = new ScriptedModel(FOLLOW_UP.formatted("One example says more than I could. Shall I show you?"));
    try (var steps = steps(model)) {
      var drafted = draft(steps, model.agents(), sent(steps), 1);

      var email = steps.get(Drafts.class).get(drafted.id()).emails().getFirst();
      assertThat(drafted).returns(Source.MODEL, Drafting.Summary::source)
          .returns("follow-up", Drafting.Summary::campaign).returns("l1-follow-up-4-1", Drafting.Summary::id);
      assertThat(drafted.touches()).containsExactly(new Drafting.Touch(4, "PT0S", "email", "follow-up"));
      assertThat(email.number()).isEqualTo(4);
      assertThat(email.subject()).startsWith("Re: ").doesNotContain("Re: Re:");
      assertThat(email.body()).startsWith("Hi Anna,").contains("One example").endsWith("Harbor Automation");
      assertThat(email.facts()).containsExactly("f3");
      assertThat(model.heard())
          .contains("<thread>\n2026-03-02, email, “").contains("call:\nWants an example");
      assertThat(check(steps, drafted)).isEmpty();
    }
  }

  @Test
  void aModelThatRepeatsWhatWasSentIsNotListenedTo() {
    try (var steps = steps(new ScriptedModel("nonsense"))) {
      var said = sent(steps);
      String again = said.getFirst().text().lines().filter(line -> line.contains("You wrote")).findFirst().orElseThrow();
      var model = new ScriptedModel(FOLLOW_UP.formatted(again.replace("\"", "'")));

      assertThat(draft(steps, model.agents(), said, 1).source()).isEqualTo(Source.RULES);
    }
  }

  @Test
  void withoutAModelNothingIsSaidTwiceEither() {
    try (var steps = steps(null)) {
      var said = sent(steps);
      var drafted = draft(steps, ScriptedModel.none(), said, 1);
      var email = steps.get(Drafts.class).get(drafted.id()).emails().getFirst();

      assertThat(email.body()).contains("Thank you for the conversation.");
      assertThat(new Conversation(said).repeatedIn(
          email.body().replaceAll("(?s)^Hi Anna,", "").replaceAll("(?s)Best regards.*", "")
              .replaceAll("(?m)^If you would like.*$", ""))).isEmpty();
      assertThat(email.subject()).isEqualTo("Re: " + said.getFirst().subject());
      assertThat(check(steps, drafted)).isEmpty();
    }
  }

  @Test
  void whereNothingWasSentItIsTheFirst() {
    try (var steps = steps(null)) {
      var drafted = draft(steps, ScriptedModel.none(), List.of(), 1);
      var email = steps.get(Drafts.class).get(drafted.id()).emails().getFirst();

      assertThat(email.number()).isEqualTo(1);
      assertThat(email.subject()).doesNotContain("Re:").doesNotContain("{{");
      assertThat(email.body()).contains("One thought that I left out so far.");
    }
  }

  @Test
  void theSecondAttemptIsToldWhatTheCheckFound() {
    var model = new ScriptedModel(FOLLOW_UP.formatted("We saved Siemens 40 % last year. Shall we talk?"));
    try (var steps = steps(model)) {
      var said = sent(steps);
      var first = draft(steps, model.agents(), said, 1);
      assertThat(check(steps, first)).hasSize(2);
      var second = draft(steps, model.agents(), said, 2);

      assertThat(second.id()).isEqualTo("l1-follow-up-4-2");
      assertThat(model.asked.getLast().toString()).contains("<problems>\nE-mail 4: the number “40 %”");
    }
  }

  private static List<String> check(ThinkingSteps steps, Drafting.Summary drafted) {
    steps.get(CheckDraft.class).handle(new CheckDraft.Input("l1", drafted.id()), 9);
    return steps.get(Drafts.class).get(drafted.id()).problems();
  }

  private static Drafting.Summary draft(ThinkingSteps steps, Agents agents, List<Said> said, int attempt) {
    return new DraftFollowUp(
            steps.get(Grounds.class), List.of(leadId -> said), steps.get(SenderProfile.class),
            steps.get(CampaignTexts.class), steps.get(Materials.class), steps.get(Drafting.class), agents)
        .handle(new DraftFollowUp.Input("l1", attempt), attempt)
        .draft();
  }

  /** The three e-mails of a campaign by rules, then a call. */
  private static List<Said> sent(ThinkingSteps steps) {
    var material = steps.get(Materials.class).of(steps.get(Grounds.class).of("l1", Campaign.OUTREACH), List.of());
    var texts = steps.get(CampaignTexts.class);
    var said = new ArrayList<Said>();
    for (Email email : texts.write(Campaign.OUTREACH, texts.touches(Campaign.OUTREACH), 1, material))
      said.add(new Said(ThinkingSteps.NOW.plusSeconds(email.number()), "email", email.subject(), email.body()));
    said.add(new Said(ThinkingSteps.NOW.plusSeconds(99), "call", null, "Wants an example"));
    return said;
  }

  private static ThinkingSteps steps(ScriptedModel model) {
    var steps = new ThinkingSteps(model == null ? ScriptedModel.none() : model.agents());
    steps.register(
        "l1", "Anna Berg", "Nordkap Logistik GmbH", null, "Head of Operations", "Website form",
        "We are looking for help with order entry. The budget is approved.");
    Researched.by(steps, "l1");
    return steps;
  }
}
