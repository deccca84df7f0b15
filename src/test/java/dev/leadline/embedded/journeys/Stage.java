package dev.leadline.embedded.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.DeployResourceCommandStep1.DeployResourceCommandStep2;
import io.camunda.client.api.command.DeployResourceCommandStep1;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.DeploymentEvent;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.JobState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ElementInstance;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.client.api.worker.JobClient;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An engine with all diagrams deployed, whose steps answer what a test tells them to. */
final class Stage implements AutoCloseable {

  /** What a step answers to the variables it was given. */
  interface Step {
    Map<String, Object> answer(Map<String, Object> variables);
  }

  /** Thrown by a step: the business obstacle that changes the way. */
  static final class Obstacle extends RuntimeException {
    Obstacle(String code) {
      super(code);
    }
  }

  private static final Set<String> JOB_TYPES =
      Set.of("research-lead", "validate-contact", "enrich-lead", "assess-lead", "analyse-growth", "record-assessment",
          "plan-campaign", "draft-outreach", "design-nurture", "draft-follow-up", "draft-reply", "check-draft", "brief-seller",
          "show-brief", "record-touch", "approve-by-policy", "show-draft", "record-review", "escalate-review", "show-lead", "record-qualification",
          "ask-to-send", "send-email", "record-outcome", "sync-crm",
          "discover-prospects", "register-prospects", "watch-leads", "stop-leads", "close-campaign");

  final CamundaClient client;
  final DeploymentEvent deployed;
  private final EmbeddedCamunda engine;
  private final Map<String, Step> steps = new ConcurrentHashMap<>();
  private final Map<String, Queue<Map<String, Object>>> asked = new ConcurrentHashMap<>();

  Stage(Path directory) throws IOException {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, true));
    client = CamundaClient.newClientBuilder()
        .restAddress(engine.restAddress()).grpcAddress(engine.grpcAddress()).preferRestOverGrpc(false)
        .defaultRequestTimeout(Duration.ofSeconds(30)).numJobWorkerExecutionThreads(4).build();
    deployed = deploy(client, "", UnaryOperator.identity());
    answers("ask-to-send", given -> mayGo(given, "now"));
    for (var type : JOB_TYPES) {
      client.newWorker().jobType(type).handler(this::work).timeout(Duration.ofMinutes(1)).streamEnabled(true).open();
    }
  }

  /** Deploys everything anew, over REST as Camunda Modeler does, with one file changed. */
  void deployChanged(String file, UnaryOperator<String> change) throws IOException {
    try (var modeler = CamundaClient.newClientBuilder()
        .restAddress(engine.restAddress()).preferRestOverGrpc(true).build()) {
      deploy(modeler, file, change);
    }
  }

  private static DeploymentEvent deploy(CamundaClient client, String changed, UnaryOperator<String> change)
      throws IOException {
    DeployResourceCommandStep2 all = null;
    for (var folder : List.of("bpmn", "forms")) {
      for (var file : Path.of(folder).toFile().listFiles(File::isFile)) {
        var content = Files.readString(file.toPath());
        if (file.getName().equals(changed)) {
          assertThat(change.apply(content)).isNotEqualTo(content);
          content = change.apply(content);
        }
        DeployResourceCommandStep1 next = all == null ? client.newDeployResourceCommand() : all;
        all = next.addResourceStringUtf8(content, file.getName());
      }
    }
    return all.send().join();
  }

  /** What ask-to-send answers. */
  static Map<String, Object> mayGo(Map<String, Object> given, String verdict) {
    return Map.of("clearance", Map.of("touch", given.get("leadId") + "/" + given.get("number"), "verdict", verdict));
  }

  private void work(JobClient jobs, ActivatedJob job) {
    var variables = job.getVariablesAsMap();
    asked.computeIfAbsent(job.getType(), type -> new ConcurrentLinkedQueue<>()).add(variables);
    try {
      var answer = steps.getOrDefault(job.getType(), given -> Map.of()).answer(variables);
      jobs.newCompleteCommand(job).variables(answer).send().join();
    } catch (Obstacle obstacle) {
      jobs.newThrowErrorCommand(job).errorCode(obstacle.getMessage()).send().join();
    }
  }

  void answers(String type, Map<String, Object> answer) {
    answers(type, variables -> answer);
  }

  void answers(String type, Step step) {
    steps.put(type, step);
  }

  /** What a step was given each time, for one lead. */
  List<Map<String, Object>> asked(String type, String leadId) {
    return asked.getOrDefault(type, new ConcurrentLinkedQueue<>()).stream()
        .filter(variables -> leadId.equals(variables.get("leadId"))).toList();
  }

  UserTask task(String elementId, String leadId) {
    return await().until(
        () -> client.newUserTaskSearchRequest()
            .filter(task -> task.elementId(elementId).processInstanceVariables(Map.of("leadId", '"' + leadId + '"')))
            .send().join().items().stream().findFirst().orElse(null),
        task -> task != null);
  }

  void complete(UserTask task, Map<String, Object> answer) {
    client.newCompleteUserTaskCommand(task.getUserTaskKey()).variables(answer).send().join();
  }

  /** Not before all steps under way have answered: a wait that begins afterwards would not be over. */
  void passes(Duration time) throws IOException, InterruptedException {
    await().until(() -> client.newJobSearchRequest().filter(job -> job.state(JobState.CREATED)).send().join().items().stream()
        .noneMatch(job -> JOB_TYPES.contains(job.getType())));
    var request = HttpRequest.newBuilder(engine.monitoringAddress().resolve("/actuator/clock/add"))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString("{\"offsetMilli\": %d}".formatted(time.toMillis()))).build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  void ends(long instance) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(
        () -> assertThat(client.newProcessInstanceGetRequest(instance).send().join().getState())
            .as("elements %s", elements(instance, ElementInstanceState.ACTIVE))
            .isEqualTo(ProcessInstanceState.COMPLETED));
  }

  Set<String> elements(long instance, ElementInstanceState state) {
    return client.newElementInstanceSearchRequest().filter(found -> found.processInstanceKey(instance).state(state))
        .send().join().items().stream().map(ElementInstance::getElementId).collect(Collectors.toSet());
  }

  Set<String> passed(long instance) {
    return elements(instance, ElementInstanceState.COMPLETED);
  }

  /** The variables of the process itself, as JSON. */
  Map<String, String> variables(long instance) {
    return client.newVariableSearchRequest()
        .filter(variable -> variable.processInstanceKey(instance).scopeKey(instance)).send().join().items().stream()
        .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue()));
  }

  @Override
  public void close() {
    client.close();
    engine.close();
  }
}
