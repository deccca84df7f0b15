package dev.leadline;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The journeys of this repository, for tests whose engine is empty or may have been emptied by others. */
public final class Drawings {

  /** All of them at once, on a machine that does something else as well. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Drawings() {}

  /** Deploys them as Leadline does; what is deployed already gets no new version. */
  public static void deploy(CamundaClient camunda) throws IOException {
    DeployResourceCommandStep1 command = camunda.newDeployResourceCommand();
    for (var file : files()) {
      command = command.addResourceBytes(Files.readAllBytes(file), file.getFileName().toString());
    }
    ((DeployResourceCommandStep2) command).requestTimeout(PATIENCE).send().join();
  }

  private static List<Path> files() throws IOException {
    try (var diagrams = Files.list(Path.of("bpmn"));
        var forms = Files.list(Path.of("forms"))) {
      return Stream.concat(diagrams, forms).filter(Files::isRegularFile).sorted().toList();
    }
  }
}
