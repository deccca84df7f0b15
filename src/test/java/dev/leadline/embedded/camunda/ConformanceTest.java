package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ProcessInstanceEvent;
import io.camunda.client.api.worker.JobHandler;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class ConformanceTest {

  enum Protocol {
    REST,
    GRPC
  }

  @TempDir static Path directory;
  static EmbeddedCamunda camunda;

  @BeforeAll
  static void start() {
    camunda = EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, true));
  }

  @AfterAll
  static void stop() {
    camunda.close();
  }

  static CamundaClient client(Protocol protocol) {
    return CamundaClient.newClientBuilder()
        .restAddress(camunda.restAddress())
        .grpcAddress(camunda.grpcAddress())
        .preferRestOverGrpc(protocol == Protocol.REST)
        .defaultRequestTimeout(Duration.ofSeconds(10))
        .build();
  }

  @ParameterizedTest
  @EnumSource
  void aServiceTaskIsDoneByAWorker(Protocol protocol) {
    try (CamundaClient client = client(protocol)) {
      BpmnModelInstance model =
          Bpmn.createExecutableProcess("simple" + protocol)
              .startEvent()
              .serviceTask("Work", task -> task.zeebeJobType("work" + protocol))
              .endEvent()
              .done();
      client.newDeployResourceCommand().addProcessModel(model, "simple.bpmn").send().join();
      JobHandler handler = (jobs, job) -> jobs.newCompleteCommand(job).variables(Map.of("done", job.getVariable("in"))).send().join();
      try (JobWorker worker =
          client.newWorker().jobType("work" + protocol).handler(handler).streamEnabled(true).open()) {
        ProcessInstanceEvent instance =
            client
                .newCreateInstanceCommand()
                .bpmnProcessId("simple" + protocol)
                .latestVersion()
                .variables(Map.of("in", "ü"))
                .send()
                .join();
        await().untilAsserted(() ->
            assertThat(client.newProcessInstanceGetRequest(instance.getProcessInstanceKey()).send().join().getState().name())
                .isEqualTo("COMPLETED"));
        assertThat(
                client
                    .newVariableSearchRequest()
                    .filter(filter -> filter.processInstanceKey(instance.getProcessInstanceKey()).name("done"))
                    .send()
                    .join()
                    .items())
            .singleElement()
            .satisfies(variable -> assertThat(variable.getValue()).isEqualTo("\"ü\""));
      }
    }
  }
}
