package dev.leadline.embedded.camunda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.camunda.EmbeddedCamunda.Settings;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.DeploymentEvent;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ElementInstance;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** One engine for all conformance tests of a run, and the stock client over either protocol. */
final class Gateway {

  enum Protocol {
    REST,
    GRPC
  }

  static final EmbeddedCamunda CAMUNDA = start();
  private static final Map<Protocol, CamundaClient> CLIENTS =
      Map.of(Protocol.REST, client(true), Protocol.GRPC, client(false));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private Gateway() {}

  private static EmbeddedCamunda start() {
    try {
      Path directory = Files.createTempDirectory("embedded-camunda");
      return EmbeddedCamunda.start(new Settings(directory.resolve("camunda"), "127.0.0.1", 0, 0, true));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CamundaClient client(boolean rest) {
    return CamundaClient.newClientBuilder()
        .restAddress(CAMUNDA.restAddress())
        .grpcAddress(CAMUNDA.grpcAddress())
        .preferRestOverGrpc(rest)
        .defaultRequestTimeout(Duration.ofSeconds(10))
        .build();
  }

  static CamundaClient client(Protocol protocol) {
    return CLIENTS.get(protocol);
  }

  static DeploymentEvent deploy(Protocol protocol, BpmnModelInstance model) {
    return client(protocol).newDeployResourceCommand().addProcessModel(model, "process.bpmn").send().join();
  }

  /** Deploys the process and begins one instance of it. */
  static long start(Protocol protocol, BpmnModelInstance model, Map<String, Object> variables) {
    return create(protocol, deploy(protocol, model).getProcesses().getFirst().getBpmnProcessId(), variables);
  }

  static long create(Protocol protocol, String process, Map<String, Object> variables) {
    return client(protocol)
        .newCreateInstanceCommand()
        .bpmnProcessId(process)
        .latestVersion()
        .variables(variables)
        .send()
        .join()
        .getProcessInstanceKey();
  }

  /** The next job of the type, waiting for it up to five seconds. */
  static ActivatedJob job(Protocol protocol, String type) {
    return client(protocol)
        .newActivateJobsCommand()
        .jobType(type)
        .maxJobsToActivate(1)
        .timeout(Duration.ofMinutes(1))
        .requestTimeout(Duration.ofSeconds(5))
        .send()
        .join()
        .getJobs()
        .getFirst();
  }

  static void complete(Protocol protocol, ActivatedJob job, Map<String, Object> variables) {
    client(protocol).newCompleteCommand(job).variables(variables).send().join();
  }

  static ProcessInstance instance(long key) {
    return client(Protocol.REST).newProcessInstanceGetRequest(key).send().join();
  }

  static List<ElementInstance> elements(long instance) {
    return client(Protocol.REST)
        .newElementInstanceSearchRequest()
        .filter(filter -> filter.processInstanceKey(instance))
        .send()
        .join()
        .items();
  }

  /** Ids of the elements that the instance has had in the state, one for every element instance. */
  static List<String> elements(long instance, ElementInstanceState state) {
    return elements(instance).stream()
        .filter(element -> element.getState() == state)
        .map(ElementInstance::getElementId)
        .toList();
  }

  /** The only running instance of the element, waiting for it. */
  static ElementInstance active(long instance, String elementId) {
    return Awaitility.await()
        .until(
            () ->
                elements(instance).stream()
                    .filter(element -> element.getElementId().equals(elementId))
                    .filter(element -> element.getState() == ElementInstanceState.ACTIVE)
                    .toList(),
            found -> found.size() == 1)
        .getFirst();
  }

  static void awaitCompleted(long instance) {
    awaitState(instance, ProcessInstanceState.COMPLETED);
  }

  static void awaitState(long instance, ProcessInstanceState state) {
    Awaitility.await().untilAsserted(() ->
        assertThat(instance(instance).getState()).as(() -> incidents(instance).toString()).isEqualTo(state));
  }

  static List<Incident> incidents(long instance) {
    return client(Protocol.REST)
        .newIncidentSearchRequest()
        .filter(filter -> filter.processInstanceKey(instance).state(IncidentState.ACTIVE))
        .send()
        .join()
        .items();
  }

  /** The only open incident of the instance, waiting for it. */
  static Incident incident(long instance) {
    return Awaitility.await().until(() -> incidents(instance), found -> found.size() == 1).getFirst();
  }

  /** The only instance of the process, waiting for it. */
  static ProcessInstance only(String process) {
    return Awaitility.await().until(() -> instances(process), found -> found.size() == 1).getFirst();
  }

  static List<ProcessInstance> instances(String process) {
    return client(Protocol.REST)
        .newProcessInstanceSearchRequest()
        .filter(filter -> filter.processDefinitionId(process))
        .send()
        .join()
        .items();
  }

  static void publish(Protocol protocol, String message, String correlationKey, Map<String, Object> variables) {
    client(protocol)
        .newPublishMessageCommand()
        .messageName(message)
        .correlationKey(correlationKey)
        .variables(variables)
        .send()
        .join();
  }

  /** Moves the engine's time on; it is never moved back, since all tests share one engine. */
  static void passTime(Duration duration) {
    assertThat(http("POST", "/actuator/clock/add", "{\"offsetMilli\":%d}".formatted(duration.toMillis())).statusCode())
        .isEqualTo(200);
  }

  /** The engine's time. */
  static Instant now() {
    try {
      return Instant.parse(JSON.readTree(http("GET", "/actuator/clock", "").body()).path("instant").asText());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, String> variables(long scope) {
    return client(Protocol.REST)
        .newVariableSearchRequest()
        .filter(filter -> filter.scopeKey(scope))
        .send()
        .join()
        .items()
        .stream()
        .collect(Collectors.toMap(variable -> variable.getName(), variable -> variable.getValue()));
  }

  static HttpResponse<String> http(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(CAMUNDA.restAddress() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
