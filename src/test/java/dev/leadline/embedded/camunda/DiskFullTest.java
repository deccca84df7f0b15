package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.SmallDisk;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, under the whole engine. */
@Tag("engine")
@Timeout(240)
class DiskFullTest {
  private static final String PROCESS = "full";
  private static final String ROOM = "almost full";

  @TempDir Path mount;

  private static EmbeddedCamunda start(Path directory) {
    return EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false));
  }

  private static CamundaClient client(EmbeddedCamunda camunda) {
    return CamundaClient.newClientBuilder()
        .restAddress(camunda.restAddress())
        .grpcAddress(camunda.grpcAddress())
        .preferRestOverGrpc(false)
        .defaultRequestTimeout(Duration.ofSeconds(3))
        .build();
  }

  private static void deploy(CamundaClient client) {
    client
        .newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess(PROCESS).startEvent().serviceTask("T", t -> t.zeebeJobType(PROCESS)).endEvent().done(),
            "full.bpmn")
        .send()
        .join();
  }

  private static long create(CamundaClient client, String text) {
    return client.newCreateInstanceCommand().bpmnProcessId(PROCESS).latestVersion().variables(Map.of("text", text))
        .send().join().getProcessInstanceKey();
  }

  private static void assertActive(CamundaClient client, List<Long> keys) {
    for (long key : keys) {
      assertThat(client.newProcessInstanceGetRequest(key).send().join().getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    }
  }

  @Test
  void commandsAreRefusedWithTheReasonUntilThereIsRoomAndNothingIsLost() throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    try (SmallDisk disk = SmallDisk.ofMegabytes(96, mount)) {
      Path directory = disk.directory("camunda");
      try (EmbeddedCamunda camunda = start(directory);
          CamundaClient client = client(camunda)) {
        deploy(client);
        acknowledged.add(create(client, "before"));
        disk.fill();
        fillTheLog(client, acknowledged);
        assertRefused(camunda, client);
        camunda.checkpoint(); // neither the state nor the view finds room
        assertThat(directory.resolve("checkpoints/unfinished")).doesNotExist();
        disk.free();
        await().atMost(Duration.ofSeconds(30)).until(() -> camunda.trouble() == null);
        assertThat(http(camunda, "GET", "/v2/status", "").statusCode()).isEqualTo(204);
        acknowledged.add(create(client, "after"));
        assertActive(client, acknowledged);
        disk.fill();
        fillTheLog(client, acknowledged);
      }
      disk.fill();
      assertThatThrownBy(() -> start(directory))
          .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(5))
          .hasMessageContaining("the disk of " + directory + " is full");
      disk.free();
      try (EmbeddedCamunda camunda = start(directory);
          CamundaClient client = client(camunda)) {
        assertActive(client, acknowledged);
        create(client, "again");
      }
    }
  }

  /** Until a command is not acknowledged any more. */
  private static void fillTheLog(CamundaClient client, List<Long> acknowledged) {
    byte[] noise = new byte[15_000];
    new Random(7).nextBytes(noise);
    String text = Base64.getEncoder().encodeToString(noise);
    try {
      while (true) {
        acknowledged.add(create(client, text));
      }
    } catch (RuntimeException refused) {
      assertThat(refused.getCause()).hasStackTraceContaining("StatusRuntimeException").satisfies(
          cause -> assertThat(cause.toString()).containsAnyOf("RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"));
    }
  }

  private static void assertRefused(EmbeddedCamunda camunda, CamundaClient client) throws Exception {
    assertThatThrownBy(() -> create(client, "never"))
        .hasStackTraceContaining("RESOURCE_EXHAUSTED")
        .hasStackTraceContaining(ROOM);
    HttpResponse<String> refused =
        http(camunda, "POST", "/v2/process-instances", "{\"processDefinitionId\": \"full\"}");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains(ROOM);
    assertThat(http(camunda, "GET", "/v2/status", "").statusCode()).isEqualTo(503);
    assertThat(camunda.trouble()).contains(ROOM);
  }

  private static HttpResponse<String> http(EmbeddedCamunda camunda, String method, String path, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(camunda.restAddress() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
