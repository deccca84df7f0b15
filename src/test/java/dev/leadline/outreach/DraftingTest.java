package dev.leadline.outreach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Answer.Source;
import dev.leadline.agent.ScriptedModel;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.plan.Plan;
import dev.leadline.plan.Plans;
import dev.leadline.plan.Touches;
import dev.leadline.plan.Touches.Touch;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import dev.leadline.research.Researched;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DraftingTest {

  private static final String LETTERS = """
      {"emails": [
        {"subject": "Order entry at Nordkap", "body": "You wrote that you look for help with order entry.\\n\\n%s",
         "facts": ["f3", "f99"]},
        {"subject": "One more thought", "body": "Which orders take longest?", "facts": []},
        {"subject": "Good-bye", "body": "I will not write again. Shall I close this?", "facts": []}]}""";

  @Test
  void theModelsLettersGetOurWaitsGreetingAndSignature() {
    var model = new ScriptedModel(LETTERS.formatted("Shall we talk?"));
    try (var steps = steps(model)) {
      Draft draft = Drafted.by(steps, "l1", Campaign.OUTREACH);

      assertThat(draft.source()).isEqualTo(Source.MODEL);
      assertThat(draft.problems()).isEmpty();
      assertThat(draft.emails()).extracting(Email::after).containsExactly("PT0S", "P3D", "P5D");
      assertThat(draft.email(1).facts()).containsExactly("f3");
      assertThat(draft.email(1).body())
          .startsWith("Hi Anna,\n\nYou wrote")
          .endsWith("Best regards\nAlex Morgan\nAccount executive, Harbor Automation");
      assertThat(model.heard())
          .contains("exactly 3 e-mails")
          .contains("<dossier>\nf1 (company)")
          .contains("https://www.harbor-automation.example/meet/alex");
    }
  }

  @Test
  void theTableSaysWhichMailsThereAreAndThePlanWhatTheySpeakOf() {
    var model = new ScriptedModel("""
        {"emails": [
          {"subject": "Order entry", "body": "You look for help with order entry. Shall we talk?", "facts": ["f3"]},
          {"subject": "Good-bye", "body": "I will not write again. Shall I close this?", "facts": []}]}""");
    try (var steps = steps(model)) {
      steps.get(Plans.class).save(new Plan(
          Plan.id("l1", "outreach"), "l1", "outreach", "answer", "They asked.", "website", "order processing",
          List.of(new Cited("Start from what they ask for.", List.of("f3"))), Source.RULES, ThinkingSteps.NOW));
      var touches = new Touches(
          List.of(
              new Touch("email", "PT0S", "open"), new Touch("call", "P2D", "talk"),
              new Touch("email", "P4D", "farewell")),
          6, 2);

      var draft = steps.get(DraftOutreach.class).handle(new DraftOutreach.Input("l1", 1, touches), 1).draft();

      assertThat(draft.touches()).containsExactly(
          new Drafting.Touch(1, "PT0S", "email", "open"), new Drafting.Touch(1, "P2D", "call", "talk"),
          new Drafting.Touch(2, "P4D", "email", "farewell"));
      assertThat(steps.get(Drafts.class).get(draft.id()).emails()).extracting(Email::after)
          .containsExactly("PT0S", "P4D");
      assertThat(model.heard())
          .contains("1. open, at once\n2. farewell, after 4 days")
          .contains("<plan>\nApproach: answer. They asked.")
          .contains("Start from what they ask for. (f3)");
    }
  }

  @Test
  void aTouchThatHasNoTextIsNotGuessed() {
    try (var steps = steps(null)) {
      var touches = new Touches(List.of(new Touch("email", "PT0S", "boast")), 6, 2);

      assertThatThrownBy(
              () -> steps.get(DraftOutreach.class).handle(new DraftOutreach.Input("l1", 1, touches), 1))
          .hasMessageContaining("“boast”");
    }
  }

  @Test
  void nurtureSpeaksOfWhereTheLeadCameFrom() {
    try (var steps = steps(null)) {
      steps.register(
          "l2", "Ben Ode", "Kite Ltd", null, "Clerk", "Trade fair", "We retype orders by hand. No rush.");
      Researched.by(steps, "l2");

      assertThat(Drafted.by(steps, "l1", Campaign.NURTURE).email(1).body())
          .contains("getting in touch through our website").doesNotContain("stayed open there");
      assertThat(Drafted.by(steps, "l2", Campaign.NURTURE).email(1).body())
          .contains("stopping by at the event").contains("If a question stayed open there");
    }
  }

  @Test
  void whatAModelInventsIsFoundAndTheSecondAttemptIsTold() {
    var model = new ScriptedModel(LETTERS.formatted("We saved Siemens 40 % last year. Shall we talk?"));
    try (var steps = steps(model)) {
      Draft first = Drafted.by(steps, "l1", Campaign.OUTREACH);
      Draft second = Drafted.by(steps, "l1", Campaign.OUTREACH, 2);

      assertThat(first.problems()).containsExactly(
          "E-mail 1: the number “40 %” is neither in the dossier nor in the sender's profile.",
          "E-mail 1: the name “Siemens” is neither in the dossier nor in the sender's profile.");
      assertThat(second.id()).isEqualTo("l1-outreach-2");
      assertThat(model.asked.getLast().toString()).contains("<problems>\nE-mail 1: the number “40 %”");
      assertThat(steps.timeline().of("l1").toString()).contains("The draft says what nobody vouches for.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Dear Anna, let me write you some e-mails.", "{\"emails\": []}",
    "{\"emails\": [{\"subject\": \"Only one\", \"body\": \"Hello?\", \"facts\": []}]}",
    "{\"emails\": [{\"subject\": \"\", \"body\": \"x\"}, {\"subject\": \"b\", \"body\": \"y\"}, {}]}"
  })
  void rulesWriteWhenTheModelMakesNoSense(String nonsense) {
    try (var steps = steps(new ScriptedModel(nonsense))) {
      Draft draft = Drafted.by(steps, "l1", Campaign.OUTREACH);

      assertThat(draft.source()).isEqualTo(Source.RULES);
      assertThat(draft.problems()).isEmpty();
      assertThat(steps.timeline().of("l1").toString()).contains("The model's answer made no sense; rules answered.");
    }
  }

  @Test
  void theSecondAttemptByRulesLeavesOutWhatWasWrong() {
    try (var steps = steps(null)) {
      var dossiers = steps.get(Dossiers.class);
      var known = dossiers.get("l1");
      var facts = new ArrayList<>(known.facts());
      facts.add(new Fact(
          "f50", "pain", "Describes work that costs them time", "https://nordkap.example", LocalDate.EPOCH,
          "Our guaranteed backlog is handled by hand."));
      dossiers.save(new Dossier(
          "l1", facts, known.visits(), known.source(), known.writtenAt()));

      Draft first = Drafted.by(steps, "l1", Campaign.OUTREACH);
      Draft second = Drafted.by(steps, "l1", Campaign.OUTREACH, 2);

      assertThat(first.problems()).containsExactly("E-mail 1: we do not write “guaranteed”.");
      assertThat(second.problems()).isEmpty();
      assertThat(second.email(1).body()).doesNotContain("backlog").contains("You wrote: “");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aLeadOfWhomNothingIsKnownStillGetsReadableMail(Campaign campaign) {
    try (var steps = new ThinkingSteps()) {
      steps.register("l1", "?", "ACME", null, "Wizard", "Purchased list", null);
      Researched.by(steps, "l1");
      Draft draft = Drafted.by(steps, "l1", campaign);

      assertThat(draft.problems()).isEmpty();
      assertThat(draft.email(1).body())
          .startsWith("Hello,\n\nI am writing because of your work as Wizard at ACME.")
          .doesNotContain("You wrote");
      draft.emails().forEach(email -> assertThat(email.body()).doesNotContain("{{").doesNotContain("null"));
    }
  }

  @Test
  void aJobDoneTwiceLeavesOneDraft() {
    try (var steps = steps(null)) {
      assertThat(Drafted.by(steps, "l1", Campaign.NURTURE)).isEqualTo(Drafted.by(steps, "l1", Campaign.NURTURE));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "Hi {{firstName}}, shall we talk?", "Hi [Name], shall we talk?", "Hi <first name>, shall we talk?",
    "Dear XX, shall we talk?", "Lorem ipsum, shall we talk?", "Cc: all\nShall we talk?", "This is a game-changer.",
    "It is risk-free.", "We work twice as fast."
  })
  void whatIsLeftOverOrNeverWrittenIsFound(String body) {
    try (var steps = steps(null)) {
      check(steps, new Email(1, "PT0S", "Order entry", body, List.of()), 1);
    }
  }

  @Test
  void lengthIsChecked() {
    try (var steps = steps(null)) {
      check(steps, new Email(1, "PT0S", "a".repeat(91), "Shall we talk?", List.of()), 1);
      check(steps, new Email(1, "PT0S", "Orders", "word ".repeat(181), List.of()), 1);
      check(steps, new Email(1, "PT0S", "a".repeat(90), "word ".repeat(180), List.of()), 0);
      check(steps, new Email(1, "PT0S", " ", "Shall we talk?", List.of()), 1);
    }
  }

  @Test
  void aReviewerSeesTheDraftBesideItsEvidence() {
    try (var steps = steps(null)) {
      Draft draft = Drafted.by(steps, "l1", Campaign.OUTREACH);
      var shown = steps.get(ShowDraft.class).handle(new ShowDraft.Input("l1", draft.id(), null));

      assertThat(shown.lead().company()).isEqualTo("Nordkap Logistik GmbH");
      assertThat(shown.campaign()).isEqualTo("outreach");
      assertThat(shown.problems()).isEmpty();
      assertThat(shown.emails()).hasSize(3);
      assertThat(shown.plan().approach()).isEmpty();
      assertThat(shown.evidence().getFirst().quote()).isEqualTo("We are looking for help with order entry.");
      assertThat(steps.lead("l1").stage()).isEqualTo(Stage.WAITING_FOR_PERSON);
    }
  }

  private static void check(ThinkingSteps steps, Email email, int problems) {
    var draft = new Draft(
        "d1", "l1", Campaign.OUTREACH, 1, List.of(email), null, null, Source.MODEL, ThinkingSteps.NOW);
    steps.get(Drafts.class).save(draft);
    var check = steps.get(CheckDraft.class).handle(new CheckDraft.Input("l1", "d1"), 1).check();
    assertThat(check.problems()).as(() -> steps.get(Drafts.class).get("d1").problems().toString())
        .isEqualTo(problems);
    assertThat(check.passed()).isEqualTo(problems == 0);
  }

  private static ThinkingSteps steps(ScriptedModel model) {
    var steps = new ThinkingSteps(model == null ? ScriptedModel.none() : model.agents());
    steps.register(
        "l1", "Anna Berg", "Nordkap Logistik GmbH", null, "Head of Operations", "Website form",
        "We are looking for help with order entry. The budget is approved.");
    // Research is not what is tried here: a scripted model answers it with nonsense, so rules do.
    Researched.by(steps, "l1");
    return steps;
  }
}
