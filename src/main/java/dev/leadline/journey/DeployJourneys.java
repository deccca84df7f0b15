package dev.leadline.journey;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import io.grpc.Status;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.stereotype.Component;

/**
 * Deploys the journeys at start, unless Leadline deployed these very files before: a restart never rolls back what
 * somebody deployed from Camunda Modeler since.
 */
@Component
class DeployJourneys {

  private static final Logger log = LoggerFactory.getLogger(DeployJourneys.class);
  private static final String FIRST = "lead-journey";

  private final CamundaClient camunda;
  private final Deployments deployments;
  private final DeploySettings settings;
  private final TaskScheduler scheduler;
  private final Clock clock;

  DeployJourneys(
      CamundaClient camunda,
      Deployments deployments,
      DeploySettings settings,
      TaskScheduler scheduler,
      Clock clock) {
    this.camunda = camunda;
    this.deployments = deployments;
    this.settings = settings;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  @EventListener(ApplicationStartedEvent.class)
  void atStart() throws IOException {
    if (!settings.deploy()) return;
    try {
      deploy();
    } catch (ClientException e) {
      if (refused(e)) {
        log.error("The engine refused the journeys of {}: {}", settings.path(), e.getMessage());
      } else {
        log.warn("The engine does not answer; the journeys are deployed when it does.");
        scheduler.schedule(this::again, clock.instant().plus(settings.retry()));
      }
    }
  }

  private void again() {
    try {
      atStart();
    } catch (IOException e) {
      log.error("The journeys cannot be read: {}", e.toString());
    }
  }

  /** Whether there was anything to deploy. */
  boolean deploy() throws IOException {
    var found = JourneyFiles.in(settings.path());
    if (found.files().isEmpty()) {
      log.warn(
          "No bpmn/*.bpmn, bpmn/*.dmn or forms/*.form in {}: nothing was deployed. Start Leadline in its own directory "
              + "or set leadline.journey.directory.",
          settings.path());
      return false;
    }
    var checksum = found.checksum();
    var same = deployments.findById(Deployment.LAST).filter(last -> last.checksum().equals(checksum)).isPresent();
    if (same && known()) return false;
    send(found);
    deployments.save(new Deployment(Deployment.LAST, checksum, found.files().size(), clock.instant()));
    log.info("Deployed the journeys: {} files.", found.files().size());
    return true;
  }

  private boolean known() {
    return !camunda
        .newProcessDefinitionSearchRequest()
        .filter(process -> process.processDefinitionId(FIRST))
        .page(page -> page.limit(1))
        .send()
        .join()
        .items()
        .isEmpty();
  }

  private void send(JourneyFiles found) {
    var first = found.files().getFirst();
    DeployResourceCommandStep2 command =
        camunda.newDeployResourceCommand().addResourceBytes(first.content(), first.name());
    for (var file : found.files().subList(1, found.files().size())) {
      command = command.addResourceBytes(file.content(), file.name());
    }
    command.send().join();
  }

  private static boolean refused(ClientException failure) {
    return failure instanceof ClientHttpException http && http.code() >= 400 && http.code() < 500 && http.code() != 429
        || failure instanceof ClientStatusException status && status.getStatusCode() == Status.Code.INVALID_ARGUMENT;
  }
}
