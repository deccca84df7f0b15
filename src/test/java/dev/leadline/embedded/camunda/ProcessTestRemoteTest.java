package dev.leadline.embedded.camunda;

import static io.camunda.process.test.api.CamundaAssert.assertThat;
import static io.camunda.process.test.api.assertions.ElementSelectors.byId;
import static io.camunda.process.test.api.CamundaAssert.assertThatDecision;
import static io.camunda.process.test.api.CamundaAssert.assertThatProcessInstance;
import static io.camunda.process.test.api.CamundaAssert.assertThatUserTask;
import static io.camunda.process.test.api.assertions.ProcessInstanceSelectors.byProcessId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.EvaluateDecisionResponse;
import io.camunda.client.api.response.ProcessInstanceEvent;
import io.camunda.process.test.api.CamundaProcessTestContext;
import io.camunda.process.test.api.CamundaSpringProcessTest;
import io.camunda.process.test.api.assertions.DecisionSelectors;
import io.camunda.process.test.api.assertions.UserTaskSelectors;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.mongo.MongoAutoConfiguration;
import org.springframework.boot.autoconfigure.data.mongo.MongoDataAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The stock Camunda Process Test of 8.8.14, in remote mode, against the embedded engine. */
@Tag("engine")
@ExtendWith(ProcessTestRemoteTest.CoverageReported.class)
@CamundaSpringProcessTest
@SpringBootTest(
    classes = ProcessTestRemoteTest.Application.class,
    webEnvironment = WebEnvironment.NONE,
    properties = {
      "camunda.client.rest-address=http://not-used",
      "spring.data.mongodb.uri=mongodb://not-used",
      "spring.mail.host=not-used"
    })
public class ProcessTestRemoteTest {
  private static final String COVERED = "half-covered";
  private static final Path REPORTS = Path.of("target/coverage-report");

  @TempDir static Path directory;
  static EmbeddedCamunda camunda;

  @Configuration
  @EnableAutoConfiguration(exclude = {MongoAutoConfiguration.class, MongoDataAutoConfiguration.class})
  public static class Application {
    @JobWorker(type = "remind")
    public Map<String, Object> remind(@Variable String name) {
      return Map.of("reminded", name);
    }
  }

  @DynamicPropertySource
  static void addresses(DynamicPropertyRegistry registry) {
    camunda = EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, true));
    registry.add("camunda.process-test.runtime-mode", () -> "remote");
    registry.add("camunda.process-test.remote.client.rest-address", () -> camunda.restAddress());
    registry.add("camunda.process-test.remote.client.grpc-address", () -> camunda.grpcAddress());
    registry.add("camunda.process-test.remote.camunda-monitoring-api-address", () -> camunda.monitoringAddress());
    registry.add("camunda.client.worker.defaults.stream-enabled", () -> "true");
  }

  @AfterAll
  static void stop() {
    camunda.close();
  }

  @Autowired CamundaClient client;
  @Autowired CamundaProcessTestContext context;

  @Test
  void movedTimeFiresATimer() {
    deploy();
    ProcessInstanceEvent instance = create();
    assertThat(instance).hasActiveElements(byId("Wait"));
    context.increaseTime(Duration.ofDays(2));
    assertThat(instance).isCompleted().hasCompletedElements(byId("Remind")).hasVariable("reminded", "Ada");
  }

  @Test
  void aUserTaskIsCompletedByTheTest() {
    client.newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess("ask")
                .startEvent()
                .userTask("Ask", task -> task.zeebeUserTask().zeebeCandidateGroups("sales"))
                .endEvent()
                .done(),
            "ask.bpmn")
        .send().join();
    ProcessInstanceEvent instance =
        client.newCreateInstanceCommand().bpmnProcessId("ask").latestVersion().send().join();
    context.completeUserTask("Ask", Map.of("answer", 42));
    assertThat(instance).isCompleted().hasVariable("answer", 42);
  }

  @Test
  void everyTestBeginsWithNothing() {
    assertThat(client.newProcessDefinitionSearchRequest().send().join().items()).isEmpty();
    assertThat(client.newProcessInstanceSearchRequest().send().join().page().totalItems()).isZero();
    deploy();
    context.increaseTime(Duration.ofDays(1));
    assertThat(context.getCurrentTime()).isAfter(Instant.now().plus(Duration.ofHours(23)));
  }

  private ProcessInstanceEvent start(BpmnModelInstance model, Map<String, Object> variables) {
    String id =
        client.newDeployResourceCommand().addProcessModel(model, "process.bpmn").send().join()
            .getProcesses().getFirst().getBpmnProcessId();
    return client.newCreateInstanceCommand().bpmnProcessId(id).latestVersion().variables(variables).send().join();
  }

  @Test
  void workersAreMocked() {
    context.mockJobWorker("enrich").thenComplete(Map.of("company", "Acme"));
    context.mockJobWorker("check").thenThrowBpmnError("SUPPRESSED", Map.of("why", "opted out"));
    ProcessInstanceEvent instance =
        start(
            Bpmn.createExecutableProcess("mocked-workers")
                .startEvent()
                .serviceTask("Enrich", task -> task.zeebeJobType("enrich"))
                .serviceTask("Check", task -> task.zeebeJobType("check"))
                .boundaryEvent("Suppressed", event ->
                    event.error("SUPPRESSED").zeebeOutputExpression("why", "reason"))
                .endEvent("Stopped")
                .moveToActivity("Check")
                .endEvent("Done")
                .done(),
            Map.of());
    assertThat(instance)
        .isCompleted()
        .hasCompletedElementsInOrder("Enrich", "Stopped")
        .hasTerminatedElements("Check")
        .hasNotActivatedElements("Done")
        .hasVariables(Map.of("company", "Acme", "reason", "opted out"))
        .hasNoActiveIncidents();
  }

  @Test
  void calledProcessesAndDecisionsAreMocked() {
    context.mockChildProcess("child", Map.of("found", true));
    context.mockDmnDecision("tier", "A");
    ProcessInstanceEvent instance =
        start(
            Bpmn.createExecutableProcess("mocked-parts")
                .startEvent()
                .callActivity("Call", call -> call.zeebeProcessId("child"))
                .businessRuleTask("Tier", task -> task.zeebeCalledDecisionId("tier").zeebeResultVariable("tier"))
                .endEvent()
                .done(),
            Map.of());
    assertThat(instance).isCompleted().hasVariable("found", true).hasVariable("tier", "A");
    assertThatProcessInstance(byProcessId("child")).isCompleted();
    assertThatDecision(DecisionSelectors.byId("tier", instance.getProcessInstanceKey()))
        .isEvaluated()
        .hasOutput("A");
  }

  @Test
  void rulesThatMatchedAreAsserted() {
    client.newDeployResourceCommand().addResourceFromClasspath("embedded-camunda/score.dmn").send().join();
    EvaluateDecisionResponse points =
        client.newEvaluateDecisionCommand().decisionId("points").variables(Map.of("need", "none")).send().join();
    assertThat(points).isEvaluated().hasOutput(10).hasMatchedRules(2).hasNotMatchedRules(1);
  }

  @Test
  void jobsAreFinishedByTheTest() {
    ProcessInstanceEvent instance =
        start(
            Bpmn.createExecutableProcess("by-hand")
                .startEvent()
                .serviceTask("First", task -> task.zeebeJobType("first"))
                .serviceTask("Second", task -> task.zeebeJobType("second"))
                .boundaryEvent("Failed", event -> event.error("E"))
                .endEvent("Recovered")
                .moveToActivity("Second")
                .endEvent()
                .done(),
            Map.of());
    assertThat(instance).isActive().hasActiveElementsExactly("First");
    context.completeJob("first", Map.of("a", 1));
    assertThat(instance).hasActiveElements("Second").hasNoActiveElements("First").hasVariable("a", 1);
    context.throwBpmnErrorFromJob("second", "E");
    assertThat(instance).isCompleted().hasCompletedElement("Recovered", 1);
  }

  @Test
  void incidentsMessagesAndLocalVariablesAreAsserted() {
    ProcessInstanceEvent failing =
        start(
            Bpmn.createExecutableProcess("failing")
                .startEvent()
                .scriptTask("Fails", task -> task.zeebeExpression("assert(x, x = 1)").zeebeResultVariable("y"))
                .endEvent()
                .done(),
            Map.of("x", 0));
    assertThat(failing).hasActiveIncidents();
    ProcessInstanceEvent waiting =
        start(
            Bpmn.createExecutableProcess("subscribed")
                .startEvent()
                .receiveTask("Receive", task ->
                    task.zeebeInputExpression("1", "inner")
                        .message(message -> message.name("answer").zeebeCorrelationKeyExpression("leadId")))
                .endEvent()
                .done(),
            Map.of("leadId", "L1"));
    assertThat(waiting)
        .isWaitingForMessage("answer", "L1")
        .isNotWaitingForMessage("other")
        .hasLocalVariable("Receive", "inner", 1)
        .hasVariableNames("leadId");
    client.newPublishMessageCommand().messageName("answer").correlationKey("L1").send().join();
    assertThat(waiting).isCompleted().hasCorrelatedMessage("answer", "L1");
    client.newCancelInstanceCommand(failing.getProcessInstanceKey()).send().join();
    assertThat(failing).isTerminated();
  }

  @Test
  void whatAUserTaskIsLikeIsAsserted() {
    ProcessInstanceEvent instance =
        start(
            Bpmn.createExecutableProcess("review")
                .startEvent()
                .userTask("Review", task ->
                    task.zeebeUserTask()
                        .name("Review the drafts")
                        .zeebeAssignee("ada")
                        .zeebeCandidateGroups("sales")
                        .zeebeTaskPriority("70"))
                .endEvent()
                .done(),
            Map.of());
    assertThatUserTask(UserTaskSelectors.byTaskName("Review the drafts"))
        .isCreated()
        .hasElementId("Review")
        .hasAssignee("ada")
        .hasCandidateGroup("sales")
        .hasPriority(70)
        .hasProcessInstanceKey(instance.getProcessInstanceKey());
    context.completeUserTask(UserTaskSelectors.byElementId("Review"));
    assertThatUserTask(UserTaskSelectors.byElementId("Review")).isCompleted();
  }

  @Test
  void timeIsSetToADate() {
    Instant due = context.getCurrentTime().plus(Duration.ofDays(400));
    ProcessInstanceEvent instance =
        start(
            Bpmn.createExecutableProcess("dated")
                .startEvent()
                .intermediateCatchEvent("Wait", event -> event.timerWithDateExpression("due"))
                .endEvent()
                .done(),
            Map.of("due", due.toString()));
    assertThat(instance).hasActiveElements("Wait");
    context.setTime(due.plusSeconds(1));
    assertThat(instance).isCompleted();
  }

  @Test
  void theWayThatWasTakenIsCovered() {
    ProcessInstanceEvent instance =
        start(
            Bpmn.createExecutableProcess(COVERED)
                .startEvent("S")
                .sequenceFlowId("toG")
                .exclusiveGateway("G")
                .sequenceFlowId("toA")
                .conditionExpression("x = 1")
                .endEvent("A")
                .moveToNode("G")
                .sequenceFlowId("toB")
                .conditionExpression("x = 2")
                .endEvent("B")
                .done(),
            Map.of("x", 1));
    assertThat(instance).isCompleted();
  }

  /** Looks at the coverage report after Process Test has written it; registered first, so called last. */
  static final class CoverageReported implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext test) throws IOException {
      JsonNode report = new ObjectMapper().readTree(REPORTS.resolve("report.json").toFile());
      JsonNode covered = null;
      for (JsonNode coverage : report.path("coverages")) {
        if (coverage.path("processDefinitionId").asText().equals(COVERED)) {
          covered = coverage;
        }
      }
      assertThat(covered).as(report.toString()).isNotNull();
      assertThat(covered.path("completedElements")).extracting(JsonNode::asText).containsExactlyInAnyOrder("S", "G", "A");
      assertThat(covered.path("takenSequenceFlows")).extracting(JsonNode::asText).containsExactlyInAnyOrder("toG", "toA");
      assertThat(covered.path("coverage").asDouble()).isCloseTo(5.0 / 7, within(0.001));
      assertThat(Files.readString(REPORTS.resolve("report.html"))).contains(COVERED);
    }
  }

  private void deploy() {
    client.newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess("waiting")
                .startEvent()
                .intermediateCatchEvent("Wait", event -> event.timerWithDuration("P1D"))
                .serviceTask("Remind", task -> task.zeebeJobType("remind"))
                .endEvent()
                .done(),
            "waiting.bpmn")
        .send()
        .join();
  }

  private ProcessInstanceEvent create() {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId("waiting")
        .latestVersion()
        .variables(Map.of("name", "Ada"))
        .send()
        .join();
  }
}
