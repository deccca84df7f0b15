package dev.leadline.embedded.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/change-a-journey.md promises: deploy over REST, and the next lead takes the new way. */
@Tag("engine")
class ChangedJourneyTest {

  private static final String SECOND_LOOK = """
      <bpmn:userTask id="SecondLook" name="Second look">
        <bpmn:extensionElements>
          <zeebe:userTask />
          <zeebe:formDefinition formId="qualify-by-hand" bindingType="deployment" />
          <zeebe:ioMapping><zeebe:output source="=reason" target="secondLook" /></zeebe:ioMapping>
        </bpmn:extensionElements>
      </bpmn:userTask>
      <bpmn:sequenceFlow id="Flow_SecondLook" sourceRef="SecondLook" targetRef="Gateway_JoinRoute" />
      <bpmn:sequenceFlow id="Flow_Recorded" sourceRef="RecordAssessment" targetRef="SecondLook" />""";

  @TempDir Path directory;
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = new Stage(directory);
    stage.answers("assess-lead", Map.of("assessment",
        Map.of("industryFit", "medium", "seniority", "executive", "need", "implied", "budget", "stated", "urgency",
            "unknown", "authority", "unknown", "abstained", false, "source", "RULES")));
    stage.answers("research-lead", Map.of("research", Map.of("facts", 9, "source", "RULES")));
    stage.answers("plan-campaign", Map.of("plan", Map.of("approach", "answer", "origin", "website")));
    stage.answers("check-draft", Map.of("check", Map.of("passed", false, "attempt", 2, "problems", 1)));
    var draft = Map.of("id", "d", "campaign", "nurture", "source", "RULES", "tainted", 0, "attempt", 2, "touches", List.of());
    stage.answers("draft-outreach", Map.of("draft", draft));
    stage.answers("design-nurture", Map.of("draft", draft));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aChangedLimitTakesTheNextLeadAnotherWay() throws IOException {
    var before = registered();
    stage.task("ReviewDrafts", before);
    assertThat(stage.asked("design-nurture", before)).hasSize(1);

    stage.deployChanged("lead-score.dmn", table -> table.replace("&gt;= 55", "&gt;= 54"));

    var after = registered();
    stage.task("ReviewDrafts", after);
    assertThat(stage.asked("draft-outreach", after)).hasSize(1);
    assertThat(stage.asked("design-nurture", after)).isEmpty();
  }

  @Test
  void aTaskDrawnIntoTheJourneyWaitsForTheNextLeadAndNotForThoseInside() throws IOException {
    var inside = registered();
    stage.task("ReviewDrafts", inside);

    stage.deployChanged("lead-journey.bpmn", diagram -> diagram
        .replaceFirst("<bpmn:sequenceFlow id=\"Flow_Recorded\".*/>", SECOND_LOOK)
        .replace("<bpmn:incoming>Flow_Recorded</bpmn:incoming>", "<bpmn:incoming>Flow_SecondLook</bpmn:incoming>"));

    var next = registered();
    var task = stage.task("SecondLook", next);
    assertThat(stage.asked("design-nurture", next)).isEmpty();
    stage.complete(task, Map.of("reason", "fine"));
    await().untilAsserted(() -> assertThat(stage.asked("design-nurture", next)).hasSize(1));
    stage.complete(stage.task("ReviewDrafts", inside), Map.of("decision", "reject"));
    await().untilAsserted(() -> assertThat(stage.asked("record-outcome", inside)).hasSize(1));
  }

  private String registered() {
    var leadId = UUID.randomUUID().toString();
    stage.client.newCorrelateMessageCommand().messageName("lead-registered").correlationKey(leadId)
        .variables(Map.of("leadId", leadId)).send().join();
    return leadId;
  }
}
