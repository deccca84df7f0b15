package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class DeployJourneysTest {

  @TempDir Path directory;

  private EmbeddedCamunda engine;
  private CamundaClient client;
  private final Memory deployments = new Memory();

  /** Stands for MongoDB. */
  private static final class Memory implements Deployments {
    private Deployment last;

    @Override
    public Deployment save(Deployment deployment) {
      return last = deployment;
    }

    @Override
    public Optional<Deployment> findById(String id) {
      return Optional.ofNullable(last);
    }
  }

  @BeforeEach
  void start() throws IOException {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory.resolve("engine"), "127.0.0.1", 0, 0, true));
    client =
        CamundaClient.newClientBuilder().restAddress(engine.restAddress()).grpcAddress(engine.grpcAddress()).build();
    Files.createDirectories(directory.resolve("bpmn"));
    Files.createDirectories(directory.resolve("forms"));
  }

  @AfterEach
  void stop() {
    client.close();
    engine.close();
  }

  @Test
  void aRestartDoesNotRollBackWhatModelerDeployed() throws IOException {
    draw("First drawing");
    assertThat(deploy()).isTrue();
    client.newDeployResourceCommand().addResourceStringUtf8(drawing("By Modeler"), "lead-journey.bpmn").send().join();

    assertThat(deploy()).isFalse();
    assertThat(latest()).isEqualTo("By Modeler");
  }

  @Test
  void changedFilesAreDeployedAgain() throws IOException {
    draw("First drawing");
    deploy();
    draw("Second drawing");

    assertThat(deploy()).isTrue();
    assertThat(latest()).isEqualTo("Second drawing");
  }

  @Test
  void anEngineThatForgotEverythingGetsTheFilesAgain() throws IOException {
    draw("First drawing");
    var checksum = JourneyFiles.in(directory).checksum();
    deployments.save(new Deployment(Deployment.LAST, checksum, 1, Clock.systemUTC().instant()));

    assertThat(deploy()).isTrue();
    assertThat(latest()).isEqualTo("First drawing");
  }

  @Test
  void aDirectoryWithoutDiagramsDeploysNothing() throws IOException {
    Files.writeString(directory.resolve("forms/notes.txt"), "not a form");

    assertThat(deploy()).isFalse();
    assertThat(deployments.findById(Deployment.LAST)).isEmpty();
  }

  @Test
  void theChecksumTellsNamesFromContents() throws IOException {
    Files.writeString(directory.resolve("forms/a.form"), "bc");
    var one = JourneyFiles.in(directory).checksum();
    Files.delete(directory.resolve("forms/a.form"));
    Files.writeString(directory.resolve("forms/ab.form"), "c");

    assertThat(JourneyFiles.in(directory).checksum()).isNotEqualTo(one);
  }

  private boolean deploy() throws IOException {
    var settings = new DeploySettings(true, directory.toString(), Duration.ofSeconds(1));
    return new DeployJourneys(client, deployments, settings, new SimpleAsyncTaskScheduler(), Clock.systemUTC()).deploy();
  }

  private void draw(String name) throws IOException {
    Files.writeString(directory.resolve("bpmn/lead-journey.bpmn"), drawing(name));
  }

  private String latest() {
    return client
        .newProcessDefinitionSearchRequest()
        .filter(process -> process.processDefinitionId("lead-journey").isLatestVersion(true))
        .send()
        .join()
        .singleItem()
        .getName();
  }

  private static String drawing(String name) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            targetNamespace="http://bpmn.io/schema/bpmn">
          <bpmn:process id="lead-journey" name="%s" isExecutable="true">
            <bpmn:startEvent id="Start" />
          </bpmn:process>
        </bpmn:definitions>
        """
        .formatted(name);
  }
}
