package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.http;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.DeploymentEvent;
import io.camunda.client.api.search.enums.BatchOperationItemState;
import io.camunda.client.api.search.enums.BatchOperationState;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.BatchOperation;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One command to many process instances, done by the engine's own batch operations. */
@Tag("engine")
class BatchConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CamundaClient client = client(Protocol.REST);

  private static long definition(String id, String first, String second) {
    DeploymentEvent deployed =
        deploy(
            Protocol.REST,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask(first, task -> task.zeebeJobType(id + first))
                .serviceTask(second, task -> task.zeebeJobType(id + second))
                .endEvent()
                .done());
    return deployed.getProcesses().getFirst().getProcessDefinitionKey();
  }

  private static List<Long> instances(String id, int number) {
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      keys.add(create(Protocol.REST, id, Map.of("number", i)));
    }
    return keys;
  }

  private BatchOperation end(String key) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> client.newBatchOperationGetRequest(key).send().join(),
            batch -> batch.getStatus() == BatchOperationState.COMPLETED);
  }

  @Test
  void cancelsWhatTheFilterFindsAndNothingElse() throws IOException {
    definition("batch-cancel", "A", "B");
    List<Long> keys = instances("batch-cancel", 5);
    String key =
        client
            .newCreateBatchOperationCommand()
            .processInstanceCancel()
            .filter(
                filter ->
                    filter
                        .processDefinitionId("batch-cancel")
                        .orFilters(
                            List.of(
                                one -> one.variables(Map.of("number", 1)),
                                one -> one.processInstanceKey(keys.get(3)))))
            .send()
            .join()
            .getBatchOperationKey();
    BatchOperation batch = end(key);
    assertThat(batch.getOperationsTotalCount()).isEqualTo(2);
    assertThat(batch.getOperationsCompletedCount()).isEqualTo(2);
    assertThat(batch.getOperationsFailedCount()).isZero();
    assertThat(keys)
        .filteredOn(one -> instance(one).getState() == ProcessInstanceState.TERMINATED)
        .containsExactly(keys.get(1), keys.get(3));
    assertThat(
            client
                .newBatchOperationItemsSearchRequest()
                .filter(filter -> filter.batchOperationKey(key).state(BatchOperationItemState.COMPLETED))
                .send()
                .join()
                .items())
        .extracting(item -> item.getProcessInstanceKey())
        .containsExactlyInAnyOrder(keys.get(1), keys.get(3));
    JsonNode found =
        JSON.readTree(
            http("POST", "/v2/process-instances/search", "{\"filter\":{\"batchOperationKey\":\"%s\"}}".formatted(key))
                .body());
    assertThat(found.path("page").path("totalItems").asInt()).isEqualTo(2);
  }

  @Test
  void resolvesTheIncidentsOfManyInstances() {
    definition("batch-resolve", "A", "B");
    List<Long> keys = instances("batch-resolve", 3);
    for (int i = 0; i < 3; i++) {
      client.newFailCommand(job(Protocol.REST, "batch-resolveA")).retries(0).errorMessage("no").send().join();
    }
    String key =
        client
            .newCreateBatchOperationCommand()
            .resolveIncident()
            .filter(filter -> filter.processDefinitionId("batch-resolve").hasIncident(true))
            .send()
            .join()
            .getBatchOperationKey();
    assertThat(end(key).getOperationsCompletedCount()).isEqualTo(3);
    assertThat(
            client
                .newIncidentSearchRequest()
                .filter(filter -> filter.processDefinitionId("batch-resolve").state(IncidentState.ACTIVE))
                .send()
                .join()
                .items())
        .isEmpty();
    assertThat(keys).noneMatch(one -> instance(one).getHasIncident());
    assertThat(job(Protocol.REST, "batch-resolveA").getRetries()).isEqualTo(1);
  }

  @Test
  void migratesToAnotherDefinition() {
    definition("batch-old", "A", "B");
    long target = definition("batch-new", "C", "D");
    List<Long> keys = instances("batch-old", 3);
    String key =
        client
            .newCreateBatchOperationCommand()
            .migrateProcessInstance()
            .addMappingInstruction("A", "C")
            .targetProcessDefinitionKey(target)
            .filter(filter -> filter.processInstanceKey(any -> any.in(keys.get(0), keys.get(2))))
            .send()
            .join()
            .getBatchOperationKey();
    assertThat(end(key).getOperationsCompletedCount()).isEqualTo(2);
    assertThat(keys).extracting(one -> instance(one).getProcessDefinitionId())
        .containsExactly("batch-new", "batch-old", "batch-new");
  }

  @Test
  void movesTokensToAnotherElement() {
    definition("batch-modify", "A", "B");
    List<Long> keys = instances("batch-modify", 2);
    String key =
        client
            .newCreateBatchOperationCommand()
            .modifyProcessInstance()
            .addMoveInstruction("A", "B")
            .filter(filter -> filter.processDefinitionId("batch-modify"))
            .send()
            .join()
            .getBatchOperationKey();
    assertThat(end(key).getOperationsCompletedCount()).isEqualTo(2);
    assertThat(keys)
        .allSatisfy(
            one ->
                assertThat(elements(one))
                    .filteredOn(element -> element.getState().name().equals("ACTIVE"))
                    .singleElement()
                    .satisfies(element -> assertThat(element.getElementId()).isEqualTo("B")));
  }

  @Test
  void whatCannotBeDoneIsAFailedItemWithTheEnginesReason() {
    definition("batch-fails", "A", "B");
    long target = definition("batch-fails-target", "C", "D");
    instances("batch-fails", 1);
    String key =
        client
            .newCreateBatchOperationCommand()
            .migrateProcessInstance()
            .addMappingInstruction("B", "C")
            .targetProcessDefinitionKey(target)
            .filter(filter -> filter.processDefinitionId("batch-fails"))
            .send()
            .join()
            .getBatchOperationKey();
    assertThat(end(key).getOperationsFailedCount()).isEqualTo(1);
    assertThat(
            client.newBatchOperationItemsSearchRequest().filter(filter -> filter.batchOperationKey(key)).send().join()
                .items())
        .singleElement()
        .satisfies(item -> {
          assertThat(item.getStatus()).isEqualTo(BatchOperationItemState.FAILED);
          assertThat(item.getErrorMessage()).startsWith("INVALID_STATE: ").contains("no mapping instruction");
        });
  }

  @Test
  void aBatchIsSuspendedResumedAndCancelled() throws IOException {
    definition("batch-stop", "A", "B");
    instances("batch-stop", 1);
    String body = "{\"filter\":{\"processDefinitionId\":\"batch-stop\"}}";
    JsonNode created = JSON.readTree(http("POST", "/v2/process-instances/cancellation", body).body());
    assertThat(created.path("batchOperationType").asText()).isEqualTo("CANCEL_PROCESS_INSTANCE");
    String path = "/v2/batch-operations/" + created.path("batchOperationKey").asText();
    assertThat(http("POST", path + "/suspension", "").statusCode()).isEqualTo(204);
    assertThat(JSON.readTree(http("GET", path, "").body()).path("state").asText()).isEqualTo("SUSPENDED");
    assertThat(http("POST", path + "/suspension", "").statusCode()).isEqualTo(409);
    assertThat(http("POST", path + "/resumption", "").statusCode()).isEqualTo(204);
    assertThat(http("POST", path + "/cancellation", "").statusCode()).isEqualTo(204);
    assertThat(JSON.readTree(http("GET", path, "").body()).path("state").asText()).isEqualTo("CANCELED");
    JsonNode found =
        JSON.readTree(
            http("POST", "/v2/batch-operations/search", """
                {"filter":{"state":{"$in":["CANCELED"]},"operationType":"CANCEL_PROCESS_INSTANCE"},
                 "sort":[{"field":"batchOperationKey","order":"DESC"}]}""").body());
    assertThat(found.path("items").path(0).path("batchOperationKey")).isEqualTo(created.path("batchOperationKey"));
  }
}
