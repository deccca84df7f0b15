package dev.leadline.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import dev.leadline.story.Moment.Kind;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.response.ProcessInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JourneyMomentsTest {

  /** What somebody might have drawn in: a step without a timeline entry of its own and a second review. */
  private static final String DRAWN =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://bpmn.io/schema/bpmn">
        <bpmn:process id="drawn" isExecutable="true">
          <bpmn:startEvent id="Start"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
          <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="AskPartner" />
          <bpmn:serviceTask id="AskPartner" name="Ask the partner">
            <bpmn:extensionElements><zeebe:taskDefinition type="ask-partner" retries="1" /></bpmn:extensionElements>
            <bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="F2" sourceRef="AskPartner" targetRef="SecondReview" />
          <bpmn:userTask id="SecondReview" name="Second review">
            <bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>
            <bpmn:incoming>F2</bpmn:incoming><bpmn:outgoing>F3</bpmn:outgoing>
          </bpmn:userTask>
          <bpmn:sequenceFlow id="F3" sourceRef="SecondReview" targetRef="End" />
          <bpmn:endEvent id="End"><bpmn:incoming>F3</bpmn:incoming></bpmn:endEvent>
        </bpmn:process>
      </bpmn:definitions>
      """;

  @TempDir static Path directory;

  private static EmbeddedCamunda engine;
  private static CamundaClient client;
  private static JourneyMoments journey;

  @BeforeAll
  static void start() {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory.resolve("engine"), "127.0.0.1", 0, 0, true));
    client =
        CamundaClient.newClientBuilder().restAddress(engine.restAddress()).grpcAddress(engine.grpcAddress()).build();
    client.newDeployResourceCommand().addResourceStringUtf8(DRAWN, "drawn.bpmn").send().join();
    client
        .newWorker()
        .jobType("ask-partner")
        .handler(
            (jobs, job) -> {
              if (job.getVariable("leadId").equals("stuck"))
                jobs.newFailCommand(job).retries(0).errorMessage("The partner does not answer").send().join();
              else jobs.newCompleteCommand(job).send().join();
            })
        .open();
    journey = new JourneyMoments(client);
  }

  @AfterAll
  static void stop() {
    client.close();
    engine.close();
  }

  @Test
  void aReviewThatSomebodyDrewInWaitsOnTheLine() {
    startFor("waiting");

    var moments = untilThereIs(2, "waiting", List.of());
    assertThat(moments.getFirst().text()).isEqualTo("“Ask the partner” was done.");
    assertThat(moments.getLast().text()).isEqualTo("“Second review” waits for a person.");
    assertThat(moments.getLast().running()).isTrue();
    assertThat(moments.getLast().link()).startsWith("/inbox/");
    assertThat(journey.of("waiting", List.of()).running()).isTrue();
  }

  @Test
  void aDoneReviewNamesWhoDidIt() {
    startFor("done");
    var task = taskOf("done");
    client.newAssignUserTaskCommand(task).assignee("Maja").send().join();
    client.newCompleteUserTaskCommand(task).send().join();

    await().untilAsserted(() -> assertThat(journey.of("done", List.of()).moments())
        .anySatisfy(moment -> {
          assertThat(moment.text()).isEqualTo("“Second review” was done.");
          assertThat(moment.by()).isEqualTo("Maja");
          assertThat(moment.kind()).isEqualTo(Kind.PERSON);
        }));
    await().untilAsserted(() -> assertThat(journey.of("done", List.of()).running()).isFalse());
  }

  @Test
  void ofManyInstancesTheFirstAndTheNewestAreLookedAt() {
    for (int i = 0; i < 25; i++) startFor("busy");
    var all = client.newProcessInstanceSearchRequest()
        .filter(instance -> instance.variables(Map.of("leadId", "\"busy\""))).sort(by -> by.processInstanceKey().asc())
        .send().join().items().stream().map(ProcessInstance::getProcessInstanceKey).toList();

    assertThat(journey.of("busy", List.of()).instances())
        .hasSize(21).startsWith(all.getFirst()).endsWith(all.getLast());
  }

  @Test
  void whatTheTimelineTellsAlreadyIsNotToldTwice() {
    startFor("told");
    client.newCompleteUserTaskCommand(taskOf("told")).send().join();
    var told = List.of(entry("ask-partner", Actor.SYSTEM), entry("record-review", Actor.PERSON));

    await().untilAsserted(() -> assertThat(journey.of("told", told).moments()).isEmpty());
  }

  @Test
  void aStuckStepIsAnIncidentWithItsReason() {
    startFor("stuck");

    var moment = untilThereIs(1, "stuck", List.of()).getFirst();
    assertThat(moment.kind()).isEqualTo(Kind.INCIDENT);
    assertThat(moment.details()).containsExactly("The partner does not answer");
    assertThat(moment.link()).startsWith("/journeys/instances/");
  }

  @Test
  void aLeadOfWhomTheEngineKnowsNothingHasNoMoments() {
    assertThat(journey.of("nobody", List.of())).isEqualTo(new JourneyMoments.Found(List.of(), List.of(), null, false, true));
  }

  @Test
  void anEngineThatIsAwayIsSaidSo() {
    try (var nobody =
        CamundaClient.newClientBuilder()
            .restAddress(java.net.URI.create("http://127.0.0.1:1"))
            .grpcAddress(java.net.URI.create("http://127.0.0.1:1"))
            .defaultRequestTimeout(Duration.ofSeconds(2))
            .build()) {
      assertThat(new JourneyMoments(nobody).of("waiting", List.of()).answered()).isFalse();
    }
  }

  private static void startFor(String leadId) {
    client
        .newCreateInstanceCommand()
        .bpmnProcessId("drawn")
        .latestVersion()
        .variables(Map.of("leadId", leadId))
        .send()
        .join();
  }

  private static List<Moment> untilThereIs(int count, String leadId, List<TimelineEntry> entries) {
    return await()
        .until(
            () -> journey.of(leadId, entries).moments(),
            moments ->
                moments.size() == count
                    && moments.stream().noneMatch(moment -> moment.text().contains("being done")));
  }

  private static long taskOf(String leadId) {
    var waiting = untilThereIs(2, leadId, List.of()).getLast();
    return Long.parseLong(waiting.link().substring("/inbox/".length()));
  }

  private static TimelineEntry entry(String step, Actor actor) {
    return new TimelineEntry(step, "told", Instant.now(), step, actor, "Maja", "Told.", List.of());
  }
}
