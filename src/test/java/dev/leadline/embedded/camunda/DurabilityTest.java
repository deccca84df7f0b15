package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class DurabilityTest {
  @TempDir Path directory;

  private EmbeddedCamunda start() {
    return EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, 0, false));
  }

  private static CamundaClient client(EmbeddedCamunda camunda) {
    return CamundaClient.newClientBuilder()
        .restAddress(camunda.restAddress())
        .grpcAddress(camunda.grpcAddress())
        .preferRestOverGrpc(false)
        .build();
  }

  private static void deploy(CamundaClient client) {
    client
        .newDeployResourceCommand()
        .addProcessModel(
            Bpmn.createExecutableProcess("p").startEvent().serviceTask("T", t -> t.zeebeJobType("t")).endEvent().done(),
            "p.bpmn")
        .send()
        .join();
  }

  private static long create(CamundaClient client) {
    return client.newCreateInstanceCommand().bpmnProcessId("p").latestVersion().send().join().getProcessInstanceKey();
  }

  private static long active(CamundaClient client) {
    return client
        .newProcessInstanceSearchRequest()
        .filter(filter -> filter.state(ProcessInstanceState.ACTIVE))
        .send()
        .join()
        .page()
        .totalItems();
  }

  @Test
  void everythingIsThereAfterARestart() {
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      deploy(client);
      create(client);
      create(client);
    }
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      create(client);
      assertThat(active(client)).isEqualTo(3);
      try (JobWorker worker =
          client.newWorker().jobType("t").handler((jobs, job) -> jobs.newCompleteCommand(job).send()).open()) {
        await().untilAsserted(() -> assertThat(active(client)).isZero());
      }
    }
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      assertThat(client.newProcessInstanceSearchRequest().send().join().page().totalItems()).isEqualTo(3);
      assertThat(active(client)).isZero();
    }
  }

  @Test
  void whatWasAcknowledgedSurvivesBeingKilledUnderLoad() throws Exception {
    List<Long> acknowledged = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      acknowledged.addAll(runAndKill(100));
    }
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      for (long key : acknowledged) {
        assertThat(client.newProcessInstanceGetRequest(key).send().join().getState())
            .isEqualTo(ProcessInstanceState.ACTIVE);
      }
      try (JobWorker first =
              client.newWorker().jobType("first").handler((jobs, job) -> jobs.newCompleteCommand(job).send()).open();
          JobWorker second =
              client.newWorker().jobType("second").handler((jobs, job) -> jobs.newCompleteCommand(job).send()).open()) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(active(client)).isZero());
      }
    }
  }

  private List<Long> runAndKill(int afterCreated) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp", System.getProperty("java.class.path"),
                "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                CrashingEngine.class.getName(), directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Long> created = new ArrayList<>();
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("created ")) {
          created.add(Long.valueOf(line.substring("created ".length())));
        }
        if (created.size() == afterCreated) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    assertThat(created).hasSizeGreaterThanOrEqualTo(afterCreated);
    return created;
  }

  @Test
  void anUnfinishedEndOfTheLogIsCutOff() throws IOException {
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      deploy(client);
      create(client);
    }
    Files.write(log(), new byte[] {0x4C, 0x4C, 0x46, 0x52, 0, 0, 1, 0, 7}, java.nio.file.StandardOpenOption.APPEND);
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      assertThat(active(client)).isEqualTo(1);
      create(client);
      assertThat(active(client)).isEqualTo(2);
    }
  }

  @Test
  void aDamagedMiddleOfTheLogRefusesToStartAndNamesFileAndOffset() throws IOException {
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      deploy(client);
      for (int i = 0; i < 5; i++) {
        create(client);
      }
    }
    Path log = log();
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(60);
      file.write(0xFF);
      file.write(0xEE);
    }
    byte[] before = Files.readAllBytes(log);
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining(log.getFileName().toString())
        .hasMessageContaining("at byte 8");
    assertThat(Files.readAllBytes(log)).isEqualTo(before);
  }

  @Test
  void aForeignDirectoryIsLeftAlone() throws IOException {
    Files.writeString(directory.resolve("letters.txt"), "mine");
    assertThatThrownBy(this::start).isInstanceOf(EmbeddedFailure.class).hasMessageContaining("not the engine's");
    assertThat(Files.list(directory)).hasSize(1);
  }

  @Test
  void dataOfAnotherFormatIsLeftAlone() throws IOException {
    Files.writeString(directory.resolve("FORMAT"), "something else 7");
    assertThatThrownBy(this::start).isInstanceOf(EmbeddedFailure.class).hasMessageContaining("something else 7");
    assertThat(Files.list(directory)).hasSize(1);
  }

  @Test
  void aDirectoryInUseIsRefused() {
    try (EmbeddedCamunda camunda = start()) {
      assertThat(camunda.healthy()).isTrue();
      assertThatThrownBy(this::start).isInstanceOf(EmbeddedFailure.class).hasMessageContaining("in use");
    }
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", port, 0, false)))
          .isInstanceOf(EmbeddedFailure.class)
          .hasMessageContaining("Port " + port + " on 127.0.0.1 is taken; set leadline.embedded.camunda.rest-port");
      assertThatThrownBy(() -> EmbeddedCamunda.start(new Settings(directory, "127.0.0.1", 0, port, false)))
          .isInstanceOf(EmbeddedFailure.class)
          .hasMessageContaining("grpc-port");
    }
    start().close();
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("log"))) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
