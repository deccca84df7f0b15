package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.ChildProcess;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

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
  void whatWasAcknowledgedSurvivesBeingKilledUnderLoadAndNothingIsDoneTwice() throws Exception {
    KillRounds kills = new KillRounds(directory.resolve("camunda"), 11);
    for (int round = 0; round < 3; round++) {
      assertThat(kills.round(Duration.ofSeconds(3)).lost()).isZero();
    }
    KillRounds.End end = kills.finish();
    assertThat(end.finished()).isEqualTo(end.instances()).isPositive();
    assertThat(end.wrong()).isEmpty();
  }

  /** Runs until it is told to end, under load, holding jobs. */
  static final class Holding {

    public static void main(String[] args) {
      EmbeddedCamunda camunda =
          EmbeddedCamunda.start(new Settings(Path.of(args[0]), "127.0.0.1", 0, 0, false));
      Runtime.getRuntime().addShutdownHook(new Thread(camunda::close));
      CamundaClient client = client(camunda);
      deploy(client);
      client.newWorker().jobType("t").handler((jobs, job) -> System.out.println("held " + job.getProcessInstanceKey()))
          .timeout(Duration.ofHours(1)).streamEnabled(true).open();
      for (int i = 0; i < 4; i++) {
        Thread.startVirtualThread(() -> {
          while (true) {
            System.out.println("created " + create(client));
          }
        });
      }
      client.newActivateJobsCommand().jobType("never").maxJobsToActivate(1).requestTimeout(Duration.ofHours(1)).send().join();
    }
  }

  @Test
  void aPoliteEndUnderLoadTakesLessThanFiveSecondsAndKeepsWhatWasAcknowledged() throws Exception {
    List<Long> created = new ArrayList<>();
    try (ChildProcess engine = ChildProcess.start(Holding.class, directory.toString())) {
      readCreated(engine, created, 200);
      Instant told = Instant.now();
      engine.terminate();
      engine.lines().forEach(line -> addCreated(line, created));
      assertThat(engine.exitCode()).isEqualTo(143);
      Duration took = Duration.between(told, Instant.now());
      System.out.println("Ended " + took.toMillis() + " ms after SIGTERM");
      assertThat(took).isLessThan(Duration.ofSeconds(5));
    }
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      assertThat(instances(client)).containsAll(created);
    }
  }

  @Test
  void jobsOfADeadEngineAreGivenOutAgainAtOnce() throws Exception {
    List<Long> created = new ArrayList<>();
    try (ChildProcess engine = ChildProcess.start(Holding.class, directory.toString())) {
      readCreated(engine, created, 50);
      engine.kill();
    }
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      Set<Long> given = new HashSet<>();
      client.newActivateJobsCommand().jobType("t").maxJobsToActivate(10_000).timeout(Duration.ofHours(1))
          .requestTimeout(Duration.ofSeconds(-1)).send().join()
          .getJobs().forEach(job -> given.add(job.getProcessInstanceKey()));
      assertThat(given).containsAll(created);
    }
  }

  private static void readCreated(ChildProcess engine, List<Long> created, int enough) {
    while (created.size() < enough) {
      String line = engine.line();
      assertThat(line).isNotNull();
      addCreated(line, created);
    }
  }

  private static void addCreated(String line, List<Long> created) {
    if (line.matches("created \\d+")) {
      created.add(Long.valueOf(line.substring("created ".length())));
    }
  }

  private static Set<Long> instances(CamundaClient client) {
    return client.newProcessInstanceSearchRequest().page(page -> page.limit(10_000)).send().join().items().stream()
        .map(instance -> instance.getProcessInstanceKey())
        .collect(Collectors.toSet());
  }

  @Test
  void aDamagedCheckpointIsNotNeededWhileTheLogHoldsEverything() throws IOException {
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      deploy(client);
      create(client);
    }
    for (String file : new String[] {"view.gz", "state.gz", "SUMS"}) {
      Path damaged = checkpoint().resolve(file);
      byte[] bytes = Files.readAllBytes(damaged);
      bytes[bytes.length / 2] ^= 1;
      Files.write(damaged, bytes);
      try (EmbeddedCamunda camunda = start();
          CamundaClient client = client(camunda)) {
        assertThat(active(client)).as(file).isEqualTo(1);
        camunda.checkpoint();
        client.newPublishMessageCommand().messageName("m").correlationKey("c").send().join();
      }
    }
  }

  @Test
  void aDamagedOrMissingCheckpointIsRefusedWhenTheLogBeginsAfterIt() throws Exception {
    fillSeveralSegments();
    Path checkpoint = checkpoint();
    Path view = checkpoint.resolve("view.gz");
    byte[] bytes = Files.readAllBytes(view);
    bytes[bytes.length / 2] ^= 1;
    Files.write(view, bytes);
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(4))
        .hasMessageContaining(checkpoint.toString())
        .hasMessageContaining("view.gz");
    assertThat(Files.readAllBytes(view)).isEqualTo(bytes);
    FileSystemUtils.deleteRecursively(checkpoint);
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("checkpoint before that is missing")
        .hasMessageContaining(checkpoint.getParent().toString());
  }

  @Test
  void aLogThatEndsBeforeItsCheckpointIsRefused() throws IOException {
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      deploy(client);
      for (int i = 0; i < 5; i++) {
        create(client);
      }
    }
    byte[] bytes = Files.readAllBytes(log());
    int last = bytes.length - 1;
    while (bytes[last] == 0) {
      last--;
    }
    bytes[last] ^= 1;
    Files.write(log(), bytes);
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("does not continue its checkpoint");
    assertThat(Files.readAllBytes(log())).isEqualTo(bytes);
    FileSystemUtils.deleteRecursively(directory.resolve("log"));
    assertThatThrownBy(this::start)
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("does not continue its checkpoint");
  }

  /** More than one file of the log, so that checkpoints let the first ones go. */
  private void fillSeveralSegments() throws Exception {
    try (EmbeddedCamunda camunda = start();
        CamundaClient client = client(camunda)) {
      deploy(client);
      byte[] noise = new byte[1 << 20];
      for (int i = 0; i < 14; i++) {
        ThreadLocalRandom.current().nextBytes(noise);
        client.newCreateInstanceCommand().bpmnProcessId("p").latestVersion()
            .variables(Map.of("noise", Base64.getEncoder().encodeToString(noise))).send().join();
      }
      camunda.checkpoint();
      assertThat(log().getFileName().toString()).isNotEqualTo("%019d.log".formatted(1));
    }
  }

  private Path checkpoint() throws IOException {
    try (Stream<Path> checkpoints = Files.list(directory.resolve("checkpoints"))) {
      return checkpoints.sorted().reduce((older, newer) -> newer).orElseThrow();
    }
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
