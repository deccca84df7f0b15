package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import dev.leadline.embedded.camunda.view.Retention;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class RetentionTest {
  @TempDir Path directory;

  @Test
  void onlySoManyFinishedInstancesAreKeptAndAllThatAreNot() {
    try (EmbeddedCamunda camunda = start(new Retention(Duration.ofDays(90), 5));
        CamundaClient client = KillLoad.client(camunda)) {
      deploy(client);
      long waiting = create(client, "waiting");
      for (int i = 0; i < 12; i++) {
        create(client, "short");
      }
      assertThat(instances(client)).isEqualTo(6);
      assertThat(elements(client)).isEqualTo(5 * 3 + 2);
      assertThat(client.newProcessInstanceGetRequest(waiting).send().join().getProcessDefinitionId()).isEqualTo("waiting");
    }
    try (EmbeddedCamunda camunda = start(new Retention(Duration.ofDays(90), 2));
        CamundaClient client = KillLoad.client(camunda)) {
      create(client, "short");
      assertThat(instances(client)).isEqualTo(3);
    }
  }

  @Test
  void whatEndedTooLongAgoIsForgotten() {
    try (EmbeddedCamunda camunda = start(new Retention(Duration.ofMillis(500), 100));
        CamundaClient client = KillLoad.client(camunda)) {
      deploy(client);
      create(client, "waiting");
      create(client, "short");
      await().untilAsserted(() -> {
        create(client, "short");
        assertThat(instances(client)).isGreaterThan(2);
      });
      await().pollDelay(Duration.ofSeconds(1)).untilAsserted(() -> {
        create(client, "short");
        assertThat(instances(client)).isEqualTo(2);
      });
    }
  }

  private EmbeddedCamunda start(Retention retention) {
    return EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false, retention));
  }

  private static void deploy(CamundaClient client) {
    client
        .newDeployResourceCommand()
        .addProcessModel(Bpmn.createExecutableProcess("short").startEvent().manualTask().endEvent().done(), "short.bpmn")
        .addProcessModel(
            Bpmn.createExecutableProcess("waiting").startEvent().serviceTask("T", t -> t.zeebeJobType("never")).endEvent().done(),
            "waiting.bpmn")
        .send()
        .join();
  }

  private static long create(CamundaClient client, String process) {
    return client.newCreateInstanceCommand().bpmnProcessId(process).latestVersion().send().join().getProcessInstanceKey();
  }

  private static long instances(CamundaClient client) {
    return client.newProcessInstanceSearchRequest().send().join().page().totalItems();
  }

  private static long elements(CamundaClient client) {
    return client.newElementInstanceSearchRequest().send().join().page().totalItems();
  }
}
