package dev.leadline.embedded.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.map;
import static org.awaitility.Awaitility.await;

import io.camunda.client.api.search.enums.ElementInstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("engine")
class OutreachSequenceDiagramTest {

  @TempDir static Path directory;
  static Stage stage;

  private final String leadId = UUID.randomUUID().toString();

  @BeforeAll
  static void start() throws IOException {
    stage = new Stage(directory);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void everyStepSucceeds() {
    stage.answers("plan-campaign", Map.of("plan", Map.of("approach", "answer", "origin", "website")));
    stage.answers("draft-follow-up", given -> Map.of("draft",
        Map.of("id", "follow-up-1", "campaign", "follow-up", "source", "RULES", "tainted", 0, "attempt", 1, "touches",
            List.of(Map.of("number", 3, "after", "PT0S", "channel", "email")))));
    stage.answers("brief-seller", Map.of("brief", Map.of("points", 2)));
    stage.answers("show-brief", Map.of("lead", Map.of("name", "Ada"), "points", List.of()));
    stage.answers("draft-outreach", given -> Map.of("draft", draft("outreach", given.get("attempt"))));
    stage.answers("design-nurture", given -> Map.of("draft", draft("nurture", given.get("attempt"))));
    stage.answers("check-draft", Map.of("check", Map.of("passed", true, "attempt", 1, "problems", 0)));
    stage.answers("approve-by-policy", Map.of("approval", Map.of("decision", "approve", "by", "review-policy")));
    stage.answers("show-draft",
        Map.of("lead", Map.of("name", "Ada"), "emails", List.of(Map.of("number", 1, "body", "x"))));
    stage.answers("ask-to-send", given -> Stage.mayGo(given, "now"));
    stage.answers("send-email", Map.of("touch", Map.of("messageId", "m-1")));
  }

  @Test
  void outreachWaitsForAPersonAndSendsEveryTouchInItsTime() throws Exception {
    var instance = start("outreach");
    var task = stage.task("ReviewDrafts", leadId);
    assertThat(task.getCandidateGroups()).containsExactly("sdr-reviewers");
    assertThat(task.getPriority()).isEqualTo(80);
    assertThat(Duration.between(task.getCreationDate(), task.getDueDate()))
        .isCloseTo(Duration.ofHours(4), Duration.ofMinutes(1));

    stage.complete(task, Map.of("decision", "approve", "emails", List.of(Map.of("number", 1, "body", "better"))));
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);

    assertThat(stage.asked("record-review", leadId)).singleElement().satisfies(given -> assertThat(given)
        .containsEntry("draftId", "draft-1").containsEntry("decision", "approve")
        .containsEntry("emails", List.of(Map.of("number", 1, "body", "better"))));
    assertThat(stage.asked("send-email", leadId)).extracting(given -> given.get("number")).containsExactly(1, 2);
    assertThat(stage.variables(instance)).containsEntry("outcome", "\"contacted\"")
        .containsKey("reviewed").doesNotContainKeys("lead", "emails", "evidence", "problems");
  }

  @Test
  void nurtureFromTemplatesGoesOutOnThePolicysYes() throws Exception {
    var instance = start("nurture");
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);
    assertThat(stage.passed(instance)).contains("DesignNurture", "ApproveByPolicy").doesNotContain("ReviewDrafts");
  }

  @Test
  void whatThePolicyMayNotApproveAnyMoreTodayWaitsForAPerson() throws Exception {
    stage.answers("approve-by-policy", given -> {
      throw new Stage.Obstacle("TOO_MANY_BY_POLICY");
    });
    var instance = start("nurture");
    stage.complete(stage.task("ReviewDrafts", leadId), Map.of("decision", "approve"));
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    assertThat(stage.passed(instance)).contains("ReviewDrafts");
  }

  @Test
  void theTableTellsTheDraftWhichTouchesThereAre() {
    start("outreach");
    stage.task("ReviewDrafts", leadId);
    assertThat(stage.asked("plan-campaign", leadId)).singleElement()
        .satisfies(given -> assertThat(given).containsEntry("campaign", "outreach"));
    assertThat(stage.asked("draft-outreach", leadId)).singleElement().satisfies(given ->
        assertThat(given.get("touches")).asInstanceOf(map(String.class, Object.class))
            .containsEntry("most", 6).containsEntry("daysBetween", 2)
            .extracting("touches").asInstanceOf(list(Map.class))
            .extracting(touch -> touch.get("channel"))
            .containsExactly("email", "linkedin", "email", "call", "email"));
  }

  @Test
  void aCallIsATaskForAPersonAndTheCampaignGoesOnAfterIt() throws Exception {
    stage.answers("design-nurture", Map.of("draft", byHand()));
    var instance = start("nurture");
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(2));
    var task = stage.task("ContactByHand", leadId);
    assertThat(task.getCandidateGroups()).containsExactly("sdr-reviewers");
    assertThat(stage.asked("send-email", leadId)).hasSize(1);

    stage.complete(task, Map.of("result", "done", "notes", "Nice talk"));
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);

    assertThat(stage.asked("record-touch", leadId)).singleElement().satisfies(given -> assertThat(given)
        .containsEntry("channel", "call").containsEntry("result", "done").containsEntry("notes", "Nice talk"));
    assertThat(stage.asked("send-email", leadId)).extracting(given -> given.get("number")).containsExactly(1, 2);
    assertThat(stage.variables(instance)).doesNotContainKeys("lead", "notes", "points");
  }

  @Test
  void aTaskThatNobodyDoesHoldsTheCampaignUpForThreeDaysOnly() throws Exception {
    stage.answers("design-nurture", Map.of("draft", byHand()));
    var instance = start("nurture");
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(2));
    stage.task("ContactByHand", leadId);
    stage.passes(Duration.ofDays(3));
    await().until(() -> stage.elements(instance, ElementInstanceState.TERMINATED).contains("ContactByHand"));
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).hasSize(2);
  }

  @Test
  void aFollowUpThatAPersonAsksForGoesTheSameWayAsAnyDraft() throws Exception {
    stage.answers("design-nurture", Map.of("draft", byHand()));
    var instance = start("nurture");
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(2));
    stage.complete(stage.task("ContactByHand", leadId), Map.of("result", "follow-up", "notes", "Wants an example"));

    var review = stage.task("ReviewDrafts", leadId);
    assertThat(stage.asked("check-draft", leadId)).extracting(given -> given.get("draftId")).contains("follow-up-1");
    assertThat(stage.asked("plan-campaign", leadId)).hasSize(1);
    assertThat(stage.asked("send-email", leadId)).hasSize(1);
    stage.complete(review, Map.of("decision", "approve"));
    await().until(() -> stage.asked("send-email", leadId).size() == 2);
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).extracting(given -> given.get("draftId"))
        .containsExactly("draft-1", "follow-up-1", "draft-1");
  }

  @Test
  void anAnswerIsDraftedWithoutAPlanAndReadByAPerson() {
    stage.answers("draft-reply", given -> Map.of("draft",
        Map.of("id", "answer-1", "campaign", "reply", "source", "RULES", "tainted", 0, "attempt", 1, "touches",
            List.of(Map.of("number", 3, "after", "PT0S", "channel", "email")))));
    var instance = stage.client.newCreateInstanceCommand().bpmnProcessId("outreach-sequence").latestVersion()
        .variables(Map.of(
            "leadId", leadId, "campaign", "reply", "replyId", "m-7", "score", Map.of("points", 80, "tier", "A")))
        .send().join().getProcessInstanceKey();

    var review = stage.task("ReviewDrafts", leadId);
    assertThat(stage.asked("draft-reply", leadId)).singleElement()
        .satisfies(given -> assertThat(given).containsEntry("replyId", "m-7").containsEntry("attempt", 1));
    assertThat(stage.asked("plan-campaign", leadId)).isEmpty();
    assertThat(stage.asked("send-email", leadId)).isEmpty();
    stage.complete(review, Map.of("decision", "approve"));
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).singleElement()
        .satisfies(given -> assertThat(given).containsEntry("draftId", "answer-1").containsEntry("number", 3));
  }

  private static Map<String, Object> byHand() {
    return Map.of("id", "draft-1", "campaign", "nurture", "source", "RULES", "tainted", 0, "attempt", 1, "touches",
        List.of(Map.of("number", 1, "after", "PT0S", "channel", "email"),
            Map.of("number", 1, "after", "P2D", "channel", "call"),
            Map.of("number", 2, "after", "P3D", "channel", "email")));
  }

  @Test
  void aRejectedDraftIsNotSent() {
    var instance = start("outreach");
    stage.complete(stage.task("ReviewDrafts", leadId), Map.of("decision", "reject", "reason", "too pushy"));
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).isEmpty();
    assertThat(stage.variables(instance)).containsEntry("outcome", "\"rejected\"");
  }

  @Test
  void aDraftWhoseClaimsFailIsWrittenOnceMoreAndThenShownToAPerson() {
    stage.answers("check-draft", given -> Map.of("check",
        Map.of("passed", false, "attempt", "draft-1".equals(given.get("draftId")) ? 1 : 2, "problems", 3)));
    var instance = start("nurture");
    var task = stage.task("ReviewDrafts", leadId);
    assertThat(stage.asked("design-nurture", leadId)).extracting(given -> given.get("attempt")).containsExactly(1, 2);
    stage.complete(task, Map.of("decision", "reject"));
    stage.ends(instance);
    assertThat(stage.passed(instance)).doesNotContain("ReviewPolicy");
  }

  @Test
  void aReviewThatNobodyAnswersIsEscalatedAndStaysOpen() throws Exception {
    var instance = start("outreach");
    var task = stage.task("ReviewDrafts", leadId);
    stage.passes(Duration.ofHours(4));
    await().until(() -> stage.asked("escalate-review", leadId).size() == 1);
    assertThat(stage.elements(instance, ElementInstanceState.ACTIVE)).contains("ReviewDrafts");
    stage.complete(task, Map.of("decision", "reject"));
    stage.ends(instance);
  }

  @Test
  void anUnapprovedMailStopsTheCampaign() {
    stopsOn("NOT_APPROVED", "not-approved");
  }

  @Test
  void aSuppressedContactStopsTheCampaign() {
    stopsOn("CONTACT_SUPPRESSED", "suppressed");
  }

  @Test
  void aMailWaitsForItsTurn() throws Exception {
    stage.answers("ask-to-send", given -> Stage.mayGo(given, leadId.equals(given.get("leadId")) ? "queued" : "now"));
    var instance = start("nurture");
    await().until(() -> stage.elements(instance, ElementInstanceState.ACTIVE).contains("WaitForTurn"));
    assertThat(stage.asked("send-email", leadId)).isEmpty();

    stage.answers("ask-to-send", given -> Stage.mayGo(given, "now"));
    stage.client.newPublishMessageCommand().messageName("touch-may-go").correlationKey(leadId + "/1").send().join();
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOT_NOW", "SENDING_STOPPED"})
  void whatMayNotGoInTheMomentOfSendingAsksAgain(String code) throws Exception {
    stage.answers("send-email", given -> {
      if (stage.asked("send-email", leadId).size() == 1) throw new Stage.Obstacle(code);
      return Map.of("touch", Map.of("messageId", "m-1"));
    });
    var instance = start("nurture");
    await().until(() -> stage.asked("send-email", leadId).size() == 2);
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);
    assertThat(stage.asked("ask-to-send", leadId)).extracting(given -> given.get("number")).containsExactly(1, 1, 2);
    assertThat(stage.variables(instance)).containsEntry("outcome", "\"contacted\"");
  }

  @Test
  void aMailThatMayNeverGoEndsTheCampaign() {
    stage.answers("ask-to-send", given -> Stage.mayGo(given, "never"));
    var instance = start("nurture");
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).isEmpty();
    assertThat(stage.variables(instance)).containsEntry("outcome", "\"not-allowed\"");
  }

  @Test
  void aMailToSomebodyClosedMeanwhileEndsTheCampaignAsClosed() throws Exception {
    stage.answers("ask-to-send", given -> Map.of(
        "clearance", Map.of("touch", leadId + "/2", "verdict", given.get("number").equals(2) ? "never" : "now", "outcome", "closed")));
    var instance = start("nurture");
    await().until(() -> stage.asked("send-email", leadId).size() == 1);
    stage.passes(Duration.ofDays(3));
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).hasSize(1);
    assertThat(stage.variables(instance)).containsEntry("outcome", "\"closed\"");
  }

  private void stopsOn(String code, String outcome) {
    stage.answers("send-email", given -> {
      throw new Stage.Obstacle(code);
    });
    var instance = start("nurture");
    stage.ends(instance);
    assertThat(stage.asked("send-email", leadId)).hasSize(1);
    assertThat(stage.variables(instance)).containsEntry("outcome", '"' + outcome + '"');
  }

  private long start(String campaign) {
    return stage.client.newCreateInstanceCommand().bpmnProcessId("outreach-sequence").latestVersion()
        .variables(Map.of("leadId", leadId, "campaign", campaign, "score", Map.of("points", 80, "tier", "A")))
        .send().join().getProcessInstanceKey();
  }

  private static Map<String, Object> draft(String campaign, Object attempt) {
    return Map.of("id", "draft-" + attempt, "campaign", campaign, "source", "RULES", "tainted", 0, "attempt", attempt, "touches",
        List.of(Map.of("number", 1, "after", "PT0S"), Map.of("number", 2, "after", "P3D")));
  }
}
