package dev.leadline.embedded.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

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
    stage.answers("research-lead", Map.of("research", Map.of("facts", 3, "source", "RULES")));
    stage.answers("show-lead", Map.of("lead", Map.of("name", "Ada")));
    stage.answers("show-draft", Map.of("lead", Map.of("name", "Ada")));
    var draft = Map.of("id", "d", "campaign", "outreach", "source", "RULES", "attempt", 1,
        "touches", List.of(Map.of("number", 1, "after", "PT0S")));
    stage.answers("draft-outreach", Map.of("draft", draft));
    stage.answers("design-nurture", Map.of("draft", draft));
    stage.answers("check-draft", Map.of("check", Map.of("passed", true, "attempt", 1, "problems", 0)));
    stage.answers("send-email", Map.of("touch", Map.of("messageId", "m-1")));
  }

  @Test
  void everythingIsDeployedTogether() {
    assertThat(stage.deployed.getProcesses()).extracting(p -> p.getBpmnProcessId())
        .containsExactlyInAnyOrder("lead-journey", "outreach-sequence", "company-research");
    assertThat(stage.deployed.getDecisions()).extracting(d -> d.getDmnDecisionId())
        .contains("lead-score", "lead-routing", "review-policy");
    assertThat(stage.deployed.getForm()).extracting(f -> f.getFormId())
        .containsExactlyInAnyOrder("review-drafts", "qualify-by-hand", "research-by-hand");
  }

  @Test
  void aGoodLeadIsContactedAfterAReview() {
    var instance = registered("high", "executive", "explicit", false);
    stage.complete(stage.task("ReviewDrafts", leadId), Map.of("decision", "approve"));
    stage.ends(instance);
    assertThat(stage.passed(instance)).contains("RunOutreach", "EndEvent_OutcomeRecorded");
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
    stage.answers("assess-lead", Map.of("assessment",
        Map.of("industryFit", industryFit, "seniority", seniority, "need", need, "budget", "unknown", "urgency",
            "unknown", "authority", "unknown", "abstained", abstained, "source", "RULES")));
    return stage.client.newCorrelateMessageCommand().messageName("lead-registered").correlationKey(leadId)
        .variables(Map.of("leadId", leadId)).send().join().getProcessInstanceKey();
  }

  private Object outcome() {
    return stage.asked("record-outcome", leadId).getLast().get("outcome");
  }
}
