package dev.leadline.embedded.camunda.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls every endpoint that is offered, with nothing but HTTP, and looks at what it answers. */
@Tag("engine")
class EveryEndpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORM = "{\"id\":\"ask\",\"type\":\"default\",\"schemaVersion\":18,\"components\":[]}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> called = new ArrayList<>();
  private final Map<String, String> keys = new LinkedHashMap<>();
  private URI address;

  @Test
  void everyEndpointAnswers(@TempDir Path directory) throws IOException {
    try (EmbeddedCamunda camunda =
        EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, true))) {
      address = camunda.restAddress();
      deploy(camunda);
      cluster();
      definitions();
      instances();
      people();
      jobsAndIncidents();
      events();
      decisions();
      changes();
      batches();
      endings();
    }
    List<String> forgotten =
        Endpoints.router(null, true).offered().stream()
            .filter(endpoint -> called.stream().noneMatch(one -> one.matches(endpoint.replaceAll("\\{\\w+}", "[^/]+"))))
            .toList();
    assertThat(forgotten).isEmpty();
  }

  private void deploy(EmbeddedCamunda camunda) {
    var every =
        Bpmn.createExecutableProcess("every")
            .startEvent().zeebeFormId("ask")
            .parallelGateway("Split")
            .serviceTask("Work", task -> task.zeebeJobType("work")).endEvent()
            .moveToNode("Split").userTask("Ask", task -> task.zeebeUserTask().zeebeFormId("ask")).endEvent()
            .moveToNode("Split")
            .intermediateCatchEvent("Wait", event -> event.message(m -> m.name("every").zeebeCorrelationKeyExpression("topic")))
            .endEvent()
            .moveToNode("Split")
            .adHocSubProcess("Tools", tools -> { tools.task("Search"); tools.serviceTask("Read", task -> task.zeebeJobType("read")); })
            .endEvent()
            .done();
    var outer =
        Bpmn.createExecutableProcess("outer").startEvent().callActivity("Call", call -> call.zeebeProcessId("every")).endEvent().done();
    var signalled =
        Bpmn.createExecutableProcess("signalled").startEvent().signal("bell").endEvent().done();
    var plain = Bpmn.createExecutableProcess("plain").startEvent().userTask("Plain", task -> task.zeebeUserTask()).endEvent().done();
    try (CamundaClient client = CamundaClient.newClientBuilder().restAddress(address).grpcAddress(camunda.grpcAddress()).preferRestOverGrpc(true).build()) {
      var deployed =
          client.newDeployResourceCommand()
              .addResourceStringUtf8(FORM, "ask.form")
              .addProcessModel(every, "every.bpmn").addProcessModel(outer, "outer.bpmn").addProcessModel(signalled, "signalled.bpmn")
              .addProcessModel(plain, "plain.bpmn")
              .addResourceFile("bpmn/lead-routing.dmn")
              .addResourceStringUtf8("{\"id\":\"notes\"}", "notes.rpa")
              .execute();
      called.add("POST /v2/deployments");
      deployed.getProcesses().forEach(process -> keys.put(process.getBpmnProcessId(), Long.toString(process.getProcessDefinitionKey())));
      keys.put("decision", Long.toString(deployed.getDecisions().getFirst().getDecisionKey()));
      keys.put("requirements", Long.toString(deployed.getDecisionRequirements().getFirst().getDecisionRequirementsKey()));
      keys.put("resource", Long.toString(deployed.getResource().getFirst().getResourceKey()));
    }
  }

  private void cluster() {
    expect("GET", "/v2/topology", null, 200, "/brokers/0/partitions/0/health", "healthy");
    expect("GET", "/v2/status", null, 204);
    expect("GET", "/v2/license", null, 200, "/validLicense", "false");
    expect("GET", "/v2/authentication/me", null, 200, "/username", "anonymous");
    expect("GET", "/actuator/health/status", null, 204);
    expect("PUT", "/v2/clock", "{\"timestamp\":%d}".formatted(System.currentTimeMillis() + 60_000), 204);
    expect("POST", "/v2/clock/reset", null, 204);
    expect("POST", "/actuator/clock/add", "{\"offsetMilli\":1000}", 200);
    expect("GET", "/actuator/clock", null, 200);
    expect("DELETE", "/actuator/clock", null, 200);
  }

  private void definitions() {
    expect("POST", "/v2/process-definitions/search", "{\"filter\":{\"processDefinitionId\":\"every\"}}", 200, "/items/0/processDefinitionKey", keys.get("every"));
    expect("GET", "/v2/process-definitions/{every}", null, 200, "/hasStartForm", "true");
    assertThat(send("GET", "/v2/process-definitions/{every}/xml", null, 200)).contains("id=\"every\"");
    expect("GET", "/v2/process-definitions/{every}/form", null, 200, "/formId", "ask");
    expect("POST", "/v2/decision-definitions/search", "{}", 200, "/items/0/decisionDefinitionId", "lead-routing");
    expect("GET", "/v2/decision-definitions/{decision}", null, 200, "/decisionDefinitionId", "lead-routing");
    assertThat(send("GET", "/v2/decision-definitions/{decision}/xml", null, 200)).contains("decisionTable");
    expect("POST", "/v2/decision-requirements/search", "{}", 200, "/items/0/decisionRequirementsKey", keys.get("requirements"));
    expect("GET", "/v2/decision-requirements/{requirements}", null, 200, "/decisionRequirementsKey", keys.get("requirements"));
    assertThat(send("GET", "/v2/decision-requirements/{requirements}/xml", null, 200)).contains("decisionTable");
    expect("GET", "/v2/resources/{resource}", null, 200, "/resourceName", "notes.rpa");
    assertThat(send("GET", "/v2/resources/{resource}/content", null, 200)).contains("notes");
  }

  private void instances() {
    save("outer-instance", expect("POST", "/v2/process-instances", "{\"processDefinitionId\":\"outer\",\"variables\":{\"topic\":\"t1\",\"name\":\"Zoë\"}}", 200, "/processDefinitionId", "outer"), "/processInstanceKey");
    save("instance", expect("POST", "/v2/process-instances/search", "{\"filter\":{\"processDefinitionId\":\"every\",\"state\":\"ACTIVE\"}}", 200, "/page/totalItems", "1"), "/items/0/processInstanceKey");
    expect("GET", "/v2/process-instances/{instance}", null, 200, "/parentProcessInstanceKey", keys.get("outer-instance"));
    expect("GET", "/v2/process-instances/{instance}/call-hierarchy", null, 200, "/0/processInstanceKey", keys.get("outer-instance"));
    expect("GET", "/v2/process-instances/{instance}/sequence-flows", null, 200, "/items/0/processInstanceKey", keys.get("instance"));
    assertThat(expect("GET", "/v2/process-instances/{instance}/statistics/element-instances", null, 200).toString()).contains("\"elementId\":\"Ask\",\"active\":1");
    assertThat(expect("POST", "/v2/process-definitions/{every}/statistics/element-instances", "{}", 200).toString()).contains("\"elementId\":\"Ask\",\"active\":1");
    save("tools", expect("POST", "/v2/element-instances/search", "{\"filter\":{\"elementId\":\"Tools\"}}", 200, "/items/0/type", "AD_HOC_SUB_PROCESS"), "/items/0/elementInstanceKey");
    expect("GET", "/v2/element-instances/{tools}", null, 200, "/elementId", "Tools");
    expect("PUT", "/v2/element-instances/{instance}/variables", "{\"variables\":{\"mood\":\"good\"}}", 204);
    save("variable", expect("POST", "/v2/variables/search", "{\"filter\":{\"name\":\"mood\"}}", 200, "/items/0/value", "\"good\""), "/items/0/variableKey");
    expect("GET", "/v2/variables/{variable}", null, 200, "/name", "mood");
    expect("POST", "/v2/element-instances/ad-hoc-activities/{tools}/activation", "{\"elements\":[{\"elementId\":\"Read\"}]}", 204);
    expect("POST", "/v2/element-instances/search", "{\"filter\":{\"elementId\":\"Read\"}}", 200, "/items/0/state", "ACTIVE");
  }

  private void people() {
    save("task", expect("POST", "/v2/user-tasks/search", "{\"filter\":{\"state\":\"CREATED\"}}", 200, "/items/0/elementId", "Ask"), "/items/0/userTaskKey");
    expect("POST", "/v2/user-tasks/{task}/assignment", "{\"assignee\":\"ada\"}", 204);
    expect("GET", "/v2/user-tasks/{task}", null, 200, "/assignee", "ada");
    expect("DELETE", "/v2/user-tasks/{task}/assignee", null, 204);
    expect("PATCH", "/v2/user-tasks/{task}", "{\"changeset\":{\"priority\":80}}", 204);
    expect("GET", "/v2/user-tasks/{task}", null, 200, "/priority", "80");
    expect("GET", "/v2/user-tasks/{task}/form", null, 200, "/formId", "ask");
    assertThat(names(expect("POST", "/v2/user-tasks/{task}/variables/search", "{}", 200))).contains("name", "mood");
    assertThat(names(expect("POST", "/v2/user-tasks/{task}/effective-variables/search", "{}", 200))).contains("name", "mood");
    expect("POST", "/v2/user-tasks/{task}/completion", "{\"variables\":{\"said\":\"yes\"}}", 204);
    expect("GET", "/v2/user-tasks/{task}", null, 200, "/state", "COMPLETED");
  }

  private static List<String> names(JsonNode found) {
    return found.findValuesAsText("name");
  }

  private void jobsAndIncidents() {
    save("job", activate("work"), "/jobs/0/jobKey");
    expect("PATCH", "/v2/jobs/{job}", "{\"changeset\":{\"retries\":5}}", 204);
    expect("POST", "/v2/jobs/search", "{\"filter\":{\"type\":\"work\"}}", 200, "/items/0/retries", "5");
    expect("POST", "/v2/jobs/{job}/failure", "{\"retries\":0,\"errorMessage\":\"no more\"}", 204);
    save("incident", expect("POST", "/v2/incidents/search", "{\"filter\":{\"state\":\"ACTIVE\"}}", 200, "/items/0/errorMessage", "no more"), "/items/0/incidentKey");
    expect("GET", "/v2/incidents/{incident}", null, 200, "/jobKey", keys.get("job"));
    expect("POST", "/v2/process-instances/{outer-instance}/incidents/search", "{}", 200, "/items/0/incidentKey", keys.get("incident"));
    expect("PATCH", "/v2/jobs/{job}", "{\"changeset\":{\"retries\":1}}", 204);
    expect("POST", "/v2/incidents/{incident}/resolution", null, 204);
    expect("GET", "/v2/incidents/{incident}", null, 200, "/state", "RESOLVED");
    save("job", activate("work"), "/jobs/0/jobKey");
    expect("POST", "/v2/jobs/{job}/completion", "{\"variables\":{\"done\":true}}", 204);
    save("read", activate("read"), "/jobs/0/jobKey");
    expect("POST", "/v2/jobs/{read}/error", "{\"errorCode\":\"NOBODY_CATCHES\"}", 204);
    expect("POST", "/v2/incidents/search", "{\"filter\":{\"state\":\"ACTIVE\"}}", 200, "/items/0/errorType", "UNHANDLED_ERROR_EVENT");
  }

  private JsonNode activate(String type) {
    return expect("POST", "/v2/jobs/activation", "{\"type\":\"%s\",\"timeout\":60000,\"maxJobsToActivate\":1}".formatted(type), 200, "/jobs/0/type", type);
  }

  private void events() {
    expect("POST", "/v2/message-subscriptions/search", "{\"filter\":{\"messageName\":\"every\"}}", 200, "/items/0/correlationKey", "t1");
    expect("POST", "/v2/messages/publication", "{\"name\":\"every\",\"correlationKey\":\"t1\"}", 200, "/tenantId", "<default>");
    await().untilAsserted(() -> expect("POST", "/v2/correlated-message-subscriptions/search", "{\"filter\":{\"elementId\":\"Wait\"}}", 200, "/items/0/correlationKey", "t1"));
    save("second", expect("POST", "/v2/process-instances", "{\"processDefinitionId\":\"every\",\"variables\":{\"topic\":\"t2\"}}", 200, "/processDefinitionId", "every"), "/processInstanceKey");
    expect("POST", "/v2/messages/correlation", "{\"name\":\"every\",\"correlationKey\":\"t2\"}", 200, "/processInstanceKey", keys.get("second"));
    expect("POST", "/v2/signals/broadcast", "{\"signalName\":\"bell\"}", 200, "/tenantId", "<default>");
    await().untilAsserted(() -> expect("POST", "/v2/process-instances/search", "{\"filter\":{\"processDefinitionId\":\"signalled\"}}", 200, "/items/0/state", "COMPLETED"));
  }

  private void decisions() {
    expect("POST", "/v2/decision-definitions/evaluation", "{\"decisionDefinitionId\":\"lead-routing\",\"variables\":{\"score\":{\"points\":80,\"tier\":\"A\"},\"assessment\":{\"abstained\":false}}}", 200, "/decisionDefinitionId", "lead-routing");
    save("evaluation", expect("POST", "/v2/decision-instances/search", "{}", 200, "/items/0/decisionDefinitionId", "lead-routing"), "/items/0/decisionEvaluationInstanceKey");
    expect("GET", "/v2/decision-instances/{evaluation}", null, 200, "/matchedRules/0/ruleIndex", "\\d+");
  }

  private void changes() {
    expect("POST", "/v2/process-instances/{second}/modification", "{\"activateInstructions\":[{\"elementId\":\"Work\"}]}", 204);
    save("plain-instance", expect("POST", "/v2/process-instances", "{\"processDefinitionId\":\"plain\"}", 200), "/processInstanceKey");
    expect("POST", "/v2/process-instances/{plain-instance}/migration", "{%s}".formatted(plan()), 204);
  }

  private String plan() {
    return "\"targetProcessDefinitionKey\":\"%s\",\"mappingInstructions\":[{\"sourceElementId\":\"Plain\",\"targetElementId\":\"Plain\"}]"
        .formatted(keys.get("plain"));
  }

  private void batches() {
    for (int i = 0; i < 2; i++) {
      expect("POST", "/v2/process-instances", "{\"processDefinitionId\":\"every\",\"variables\":{\"topic\":\"b%d\"}}".formatted(i), 200);
    }
    String filter = "\"filter\":{\"processDefinitionId\":\"every\",\"state\":\"ACTIVE\"}";
    batch("/v2/process-instances/incident-resolution", "{" + filter.replace("\"state\":\"ACTIVE\"", "\"hasIncident\":true") + "}");
    batch("/v2/process-instances/modification", "{" + filter + ",\"moveInstructions\":[{\"sourceElementId\":\"Ask\",\"targetElementId\":\"Work\"}]}");
    batch("/v2/process-instances/migration", "{\"filter\":{\"processDefinitionId\":\"plain\"},\"migrationPlan\":{%s}}".formatted(plan()));
    String last = batch("/v2/process-instances/cancellation", "{" + filter + "}");
    assertThat(last).isNotBlank();
    expect("POST", "/v2/batch-operations/search", "{\"filter\":{\"operationType\":\"CANCEL_PROCESS_INSTANCE\"}}", 200, "/items/0/state", "COMPLETED");
    expect("POST", "/v2/batch-operation-items/search", "{\"filter\":{\"batchOperationKey\":\"%s\"}}".formatted(last), 200, "/items/0/state", "COMPLETED");
    for (String change : List.of("suspension", "resumption", "cancellation")) {
      expect("POST", "/v2/batch-operations/{batch}/" + change, null, 404, "/title", "NOT_FOUND"); // it is over
    }
  }

  private String batch(String path, String body) {
    save("batch", expect("POST", path, body, 200, "/batchOperationKey", "\\d+"), "/batchOperationKey");
    await().untilAsserted(() -> expect("GET", "/v2/batch-operations/{batch}", null, 200, "/state", "COMPLETED"));
    return keys.get("batch");
  }

  private void endings() {
    save("last", expect("POST", "/v2/process-instances", "{\"processDefinitionId\":\"outer\",\"variables\":{\"topic\":\"last\"}}", 200), "/processInstanceKey");
    expect("POST", "/v2/process-instances/{last}/cancellation", null, 204);
    expect("GET", "/v2/process-instances/{last}", null, 200, "/state", "TERMINATED");
    send("POST", "/v2/resources/{signalled}/deletion", null, 200);
    expect("POST", "/actuator/cluster/purge", null, 200);
    expect("POST", "/v2/process-instances/search", "{}", 200, "/page/totalItems", "0");
  }

  private void save(String name, JsonNode answer, String pointer) {
    keys.put(name, answer.at(pointer).asText());
  }

  private JsonNode expect(String method, String path, String body, int status, String pointer, String pattern) {
    JsonNode answer = expect(method, path, body, status);
    assertThat(answer.at(pointer).asText()).as("%s of %s %s: %s", pointer, method, path, answer).matches(pattern);
    return answer;
  }

  private JsonNode expect(String method, String path, String body, int status) {
    String answer = send(method, path, body, status);
    try {
      return JSON.readTree(answer.isEmpty() ? "{}" : answer);
    } catch (IOException e) {
      throw new AssertionError("%s %s answered no JSON: %s".formatted(method, path, answer), e);
    }
  }

  private String send(String method, String template, String body, int status) {
    String path = template;
    for (Map.Entry<String, String> key : keys.entrySet()) {
      path = path.replace("{" + key.getKey() + "}", key.getValue());
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      assertThat(response.statusCode()).as("%s %s: %s", method, path, response.body()).isEqualTo(status);
      called.add(method + " " + path);
      return response.body();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(method + " " + path, e);
    }
  }
}
