package dev.leadline.embedded.camunda;

import static io.camunda.process.test.api.CamundaAssert.assertThat;
import static io.camunda.process.test.api.assertions.ElementSelectors.byId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.Variable;
import io.camunda.client.api.response.ProcessInstanceEvent;
import io.camunda.process.test.api.CamundaProcessTestContext;
import io.camunda.process.test.api.CamundaSpringProcessTest;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

@Tag("engine")
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
    assertThat(context.getCurrentTime()).isAfter(java.time.Instant.now().plus(Duration.ofHours(23)));
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
