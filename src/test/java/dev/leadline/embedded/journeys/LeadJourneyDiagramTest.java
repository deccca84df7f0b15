package dev.leadline.embedded.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;
import static org.awaitility.Awaitility.await;

import io.camunda.client.api.search.enums.ElementInstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class LeadJourneyDiagramTest {

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
    stage.answers("research-lead", Map.of("research", Map.of("facts", 9, "source", "RULES")));
    stage.answers("validate-contact", Map.of("contact", Map.of("verdict", "valid", "mailbox", "personal")));
    stage.answers("enrich-lead", Map.of("enrichment", Map.of("facts", 0)));
    stage.answers("analyse-growth", Map.of("growth", Map.of("potential", "unknown")));
    stage.answers("plan-campaign", Map.of("plan", Map.of("approach", "answer", "origin", "website")));
    stage.answers("show-lead", Map.of("lead", Map.of("name", "Ada")));
    stage.answers("show-draft", Map.of("lead", Map.of("name", "Ada")));
    var draft = Map.of("id", "d", "campaign", "outreach", "source", "RULES", "tainted", 0, "attempt", 1,
        "touches", List.of(Map.of("number", 1, "after", "PT0S")));
    stage.answers("draft-outreach", Map.of("draft", draft));
    stage.answers("design-nurture", Map.of("draft", draft));
    stage.answers("check-draft", Map.of("check", Map.of("passed", true, "attempt", 1, "problems", 0)));
    stage.answers("send-email", Map.of("touch", Map.of("messageId", "m-1")));
  }

  @Test
  void everythingIsDeployedTogether() {
    assertThat(stage.deployed.getProcesses()).extracting(p -> p.getBpmnProcessId() + ".bpmn")
        .containsExactlyInAnyOrder(files("bpmn", ".bpmn"));
    assertThat(stage.deployed.getDecisions()).extracting(d -> d.getDmnDecisionId() + ".dmn").contains(files("bpmn", ".dmn"));
    assertThat(stage.deployed.getForm()).extracting(f -> f.getFormId() + ".form")
        .containsExactlyInAnyOrder(files("forms", ".form"));
  }

  private static String[] files(String folder, String ending) {
    return Path.of(folder).toFile().list((in, name) -> name.endsWith(ending));
  }

  @Test
  void aGoodLeadIsContactedAfterAReview() {
    var instance = registered("high", "executive", "explicit", false);
    stage.complete(stage.task("ReviewDrafts", leadId), Map.of("decision", "approve"));
    stage.ends(instance);
    assertThat(stage.passed(instance)).contains("RunOutreach", "RecordOutcome", "SyncCrm", "EndEvent_CrmTold");
    assertThat(stage.asked("record-assessment", leadId)).singleElement().satisfies(given -> {
      assertThat(given.get("score")).asInstanceOf(map(String.class, Object.class))
          .containsEntry("points", 65).containsEntry("tier", "B")
          .containsEntry("because", List.of("The industry is one we serve best", "Writes as an executive",
              "Says plainly what is needed"));
      assertThat(given.get("routing")).asInstanceOf(map(String.class, Object.class)).containsEntry("route", "outreach");
    });
    assertThat(outcome()).isEqualTo("contacted");
  }

  @Test
  void whatNeedsNothingOfEachOtherRunsAtTheSameTime() throws Exception {
    var together = new CyclicBarrier(2);
    for (var step : List.of("research-lead", "validate-contact")) stage.answers(step, meets(together, step));
    var alsoTogether = new CyclicBarrier(2);
    stage.answers("analyse-growth", meets(alsoTogether, "analyse-growth"));
    var instance = registered(meets(alsoTogether, "assess-lead"));
    stage.task("ReviewDrafts", leadId);
    assertThat(stage.passed(instance)).contains("ResearchLead", "EnrichLead", "AssessLead", "AnalyseGrowth");
    assertThat(stage.asked("enrich-lead", leadId)).singleElement().satisfies(given -> assertThat(given.get("plan"))
        .asInstanceOf(map(String.class, Object.class)).containsKey("providers"));
  }

  /** Answers only when the other step is at work too. */
  private static Stage.Step meets(CyclicBarrier other, String step) {
    return given -> {
      try {
        other.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
        throw new IllegalStateException(step + " ran alone", e);
      }
      return switch (step) {
        case "research-lead" -> Map.of("research", Map.of("facts", 9, "source", "RULES"));
        case "validate-contact" -> Map.of("contact", Map.of("verdict", "valid", "mailbox", "personal"));
        case "analyse-growth" -> Map.of("growth", Map.of("potential", "high"));
        default -> Map.of("assessment", assessment("high", "executive", "explicit", false));
      };
    };
  }

  @Test
  void growthBringsItsPointsAndIsNotMissedWhenItsLaneIsOff() throws IOException {
    stage.answers("analyse-growth", Map.of("growth", Map.of("potential", "high")));
    registered("high", "executive", "explicit", false);
    stage.task("ReviewDrafts", leadId);
    assertThat(points(leadId)).isEqualTo(70);

    stage.deployChanged("research-depth.dmn", table ->
        table.replaceAll("(?s)(_out2\">\\s*<text>)true", "$1false"));
    try {
      var next = UUID.randomUUID().toString();
      var instance = stage.client.newCorrelateMessageCommand().messageName("lead-registered").correlationKey(next)
          .variables(Map.of("leadId", next)).send().join().getProcessInstanceKey();
      stage.task("ReviewDrafts", next);
      assertThat(stage.passed(instance)).contains("Gateway_JoinGrowth").doesNotContain("AnalyseGrowth");
      assertThat(points(next)).isEqualTo(65);
    } finally {
      stage.deployChanged("", table -> table);
    }
  }

  private static Object points(String leadId) {
    return ((Map<?, ?>) stage.asked("record-assessment", leadId).getLast().get("score")).get("points");
  }

  @Test
  void theCompanyIsStudiedWhereLittleIsKnown() {
    stage.answers("research-lead", Map.of("research", Map.of("facts", 3, "source", "RULES")));
    var instance = registered("high", "executive", "explicit", false);
    await().untilAsserted(
        () -> assertThat(stage.elements(instance, ElementInstanceState.ACTIVE)).contains("ResearchCompany"));
    assertThat(stage.asked("assess-lead", leadId)).isEmpty();
    stage.client.newCancelInstanceCommand(instance).send().join();
  }

  @Test
  void whomMailCannotReachAPersonLooksAt() {
    stage.answers("validate-contact", Map.of("contact", Map.of("verdict", "invalid", "mailbox", "personal")));
    var instance = registered("high", "executive", "explicit", false);
    stage.complete(stage.task("QualifyByHand", leadId), Map.of("route", "close", "reason", "Moved away"));
    stage.ends(instance);
    assertThat(outcome()).isEqualTo("closed");
  }

  @Test
  void aLeadWithoutNeedAndFitIsClosed() {
    var instance = registered("low", "contributor", "none", false);
    stage.ends(instance);
    assertThat(stage.passed(instance)).contains("CloseLead").doesNotContain("RunOutreach", "RunNurture");
    assertThat(outcome()).isEqualTo("closed");
  }

  @Test
  void aPersonSaysHowToGoOnWhenNobodyElseDares() {
    var instance = registered("unknown", "unknown", "unknown", true);
    var task = stage.task("QualifyByHand", leadId);
    assertThat(task.getCandidateGroups()).containsExactly("sdr-reviewers");
    stage.complete(task, Map.of("route", "close", "reason", "A student's question"));
    stage.ends(instance);
    assertThat(stage.passed(instance)).contains("QualifyByHand", "CloseLead");
    assertThat(stage.asked("record-qualification", leadId)).singleElement()
        .satisfies(given -> assertThat(given).containsEntry("route", "close"));
    assertThat(stage.variables(instance)).containsKey("qualified").doesNotContainKeys("lead", "evidence", "route");
  }

  @Test
  void aPersonMaySendALeadToNurture() {
    var instance = registered("unknown", "unknown", "unknown", true);
    stage.complete(stage.task("QualifyByHand", leadId), Map.of("route", "nurture", "reason", "Later"));
    stage.complete(stage.task("ReviewDrafts", leadId), Map.of("decision", "reject", "reason", "No"));
    stage.ends(instance);
    assertThat(outcome()).isEqualTo("rejected");
  }

  @Test
  void aSuppressedContactIsLeftAloneAtOnce() {
    var instance = registered("high", "executive", "explicit", false);
    stage.task("ReviewDrafts", leadId);
    stage.client.newPublishMessageCommand().messageName("contact-suppressed").correlationKey(leadId)
        .timeToLive(Duration.ofMinutes(1)).send().join();
    stage.ends(instance);
    assertThat(stage.elements(instance, ElementInstanceState.TERMINATED)).contains("RunOutreach");
    assertThat(outcome()).isEqualTo("suppressed");
  }

  private long registered(String industryFit, String seniority, String need, boolean abstained) {
    var assessment = assessment(industryFit, seniority, need, abstained);
    return registered(given -> Map.of("assessment", assessment));
  }

  private long registered(Stage.Step assessLead) {
    stage.answers("assess-lead", assessLead);
    return stage.client.newCorrelateMessageCommand().messageName("lead-registered").correlationKey(leadId)
        .variables(Map.of("leadId", leadId)).send().join().getProcessInstanceKey();
  }

  private static Map<String, Object> assessment(
      String industryFit, String seniority, String need, boolean abstained) {
    return Map.of("industryFit", industryFit, "seniority", seniority, "need", need, "budget", "unknown", "urgency",
        "unknown", "authority", "unknown", "abstained", abstained, "source", "RULES");
  }

  private Object outcome() {
    return stage.asked("record-outcome", leadId).getLast().get("outcome");
  }
}
