package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.http;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.SearchResponse;
import io.camunda.client.api.statistics.response.ProcessElementStatistics;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("engine")
class RestConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      GET | /v2/process-instances/1 |  | 404 | NOT_FOUND | Process Instance with key '1' not found
      GET | /v2/process-instances/abc |  | 400 | Bad Request | Failed to convert 'processInstanceKey' with value: 'abc'
      GET | /v2/batch-operations/abc |  | 404 | NOT_FOUND | Batch Operation with id 'abc' not found
      GET | /v2/decision-instances/abc |  | 404 | NOT_FOUND | Decision Instance with id 'abc' not found
      POST | /v2/process-instances |  | 400 | Bad Request | Required request body is missing
      POST | /v2/process-instances | { | 400 | Bad Request | Failed to read request
      POST | /v2/process-instances | [] | 400 | Bad Request | Failed to read request
      POST | /v2/process-instances | {} | 400 | INVALID_ARGUMENT | At least one of [processDefinitionId, processDefinitionKey] is required.
      POST | /v2/process-instances | {"processDefinitionId":"a","processDefinitionKey":"1"} | 400 | INVALID_ARGUMENT | Only one of [processDefinitionId, processDefinitionKey] is allowed.
      POST | /v2/process-instances | {"processDefinitionId":"no"} | 404 | NOT_FOUND | Command 'CREATE' rejected with code 'NOT_FOUND'
      POST | /v2/process-instances | {"processDefinitionId":"no","tenantId":"x"} | 400 | INVALID_ARGUMENT | tenant identifier 'x', but multi-tenancy is disabled.
      POST | /v2/process-instances | {"processDefinitionId":7} | 400 | Bad Request | Request property [processDefinitionId] cannot be parsed
      POST | /v2/process-instances | {"processDefinitionKey":7} | 400 | Bad Request | Request property [processDefinitionKey] cannot be parsed
      POST | /v2/process-instances | {"processDefinitionKey":"x"} | 400 | INVALID_ARGUMENT | The provided processDefinitionKey 'x' is not a valid key.
      POST | /v2/process-instances | {"processDefinitionId":"no","colour":"red"} | 400 | Bad Request | Request property [colour] cannot be parsed
      POST | /v2/process-instances | {"processDefinitionId":"no","variables":[]} | 400 | Bad Request | Request property [variables] cannot be parsed
      POST | /v2/process-instances | {"processDefinitionId":"no","operationReference":0} | 400 | INVALID_ARGUMENT | operationReference is '0' but must be > 0.
      POST | /v2/process-instances/search | {"colour":"red"} | 400 | Bad Request | Request property [colour] cannot be parsed
      POST | /v2/process-instances/search | {"filter":{"colour":"red"}} | 400 | Bad Request | Request property [filter.colour] cannot be parsed
      POST | /v2/process-instances/search | {"filter":{"state":"RED"}} | 400 | Bad Request | Unexpected value 'RED' for enum field 'state'. Use any of the following values: [ACTIVE, COMPLETED, TERMINATED]
      POST | /v2/process-instances/search | {"filter":{"hasIncident":"yes"}} | 400 | Bad Request | Request property [filter.hasIncident] cannot be parsed
      POST | /v2/process-instances/search | {"filter":{"processInstanceKey":"x"}} | 400 | INVALID_ARGUMENT | The provided processInstanceKey 'x' is not a valid key.
      POST | /v2/process-instances/search | {"filter":{"startDate":{"$gt":"now"}}} | 400 | INVALID_ARGUMENT | The provided startDate 'now' cannot be parsed as a date according to RFC 3339, section 5.6.
      POST | /v2/process-instances/search | {"sort":[{"field":"colour"}]} | 400 | Bad Request | Unexpected value 'colour' for enum field 'field'. Use any of the following values: [processInstanceKey, processDefinitionId,
      POST | /v2/process-instances/search | {"sort":[{"field":"state","order":"UP"}]} | 400 | Bad Request | Unexpected value 'UP' for enum field 'order'. Use any of the following values: [ASC, DESC]
      POST | /v2/process-instances/search | {"sort":[{"order":"ASC"}]} | 400 | INVALID_ARGUMENT | Sort field must not be null.
      POST | /v2/process-instances/search | {"page":{"limit":-1}} | 400 | INVALID_ARGUMENT | The value for page.limit is '-1' but must be a non-negative number.
      POST | /v2/process-instances/search | {"page":{"after":"x"}} | 400 | INVALID_ARGUMENT | cursor
      POST | /v2/process-instances/search | {"page":{"after":"WzFd","before":"WzFd"}} | 400 | INVALID_ARGUMENT | Both after and before cannot be set at the same time.
      POST | /v2/process-instances/search | {"page":{"after":"WzFd","from":1}} | 400 | INVALID_ARGUMENT | Both after/before and from cannot be set at the same time.
      POST | /v2/element-instances/search | {"filter":{"elementId":{"$like":"a*"}}} | 400 | Bad Request | Request property [filter.elementId] cannot be parsed
      POST | /v2/process-instances/1/cancellation | {} | 404 | NOT_FOUND | Command 'CANCEL' rejected with code 'NOT_FOUND'
      POST | /v2/process-instances/1/migration | {} | 400 | INVALID_ARGUMENT | No targetProcessDefinitionKey provided. No mappingInstructions provided.
      POST | /v2/process-instances/1/modification | {"activateInstructions":[{}]} | 400 | INVALID_ARGUMENT | No elementId provided.
      POST | /v2/process-instances/cancellation | {} | 400 | INVALID_ARGUMENT | No filter provided.
      POST | /v2/process-instances/incident-resolution | {"filter":{}} | 400 | INVALID_ARGUMENT | At least one of filter criteria is required.
      POST | /v2/process-instances/modification | {"filter":{"colour":"red"},"moveInstructions":[{"sourceElementId":"a","targetElementId":"b"}]} | 400 | Bad Request | Request property [filter.colour] cannot be parsed
      POST | /v2/process-instances/migration | {"filter":{"hasIncident":true}} | 400 | INVALID_ARGUMENT | No migrationPlan provided.
      POST | /v2/batch-operations/7/cancellation |  | 404 | NOT_FOUND | Expected to cancel a batch operation with key '7', but no such batch operation was found
      POST | /v2/batch-operations/7/suspension |  | 404 | NOT_FOUND | Expected to suspend a batch operation with key '7'
      POST | /v2/jobs/activation | {"maxJobsToActivate":1} | 400 | INVALID_ARGUMENT | No type provided. No timeout provided.
      POST | /v2/jobs/7/completion | {} | 404 | NOT_FOUND | no such job
      POST | /v2/jobs/7/completion | {"result":{"type":"x"}} | 400 | Bad Request | Cannot map value 'x' for type 'result'. Use any of the following values: [userTask, adHocSubProcess]
      PATCH | /v2/jobs/7 | {"changeset":{}} | 400 | INVALID_ARGUMENT | At least one of [retries, timeout] is required.
      POST | /v2/jobs/7/error | {} | 400 | INVALID_ARGUMENT | No errorCode provided.
      PATCH | /v2/user-tasks/7 | {} | 400 | INVALID_ARGUMENT | No update data provided.
      PATCH | /v2/user-tasks/7 | {"changeset":{"priority":101,"dueDate":"x"}} | 400 | INVALID_ARGUMENT | The provided due date 'x' cannot be parsed as a date according to RFC 3339, section 5.6. The value for priority is '101' but must be within the [0,100] range.
      POST | /v2/user-tasks/7/assignment | {"assignee":" "} | 400 | INVALID_ARGUMENT | No assignee provided.
      POST | /v2/messages/publication | {} | 400 | INVALID_ARGUMENT | No name provided.
      POST | /v2/signals/broadcast | {} | 400 | INVALID_ARGUMENT | No signalName provided.
      POST | /v2/decision-definitions/evaluation | {} | 400 | INVALID_ARGUMENT | At least one of [decisionDefinitionId, decisionDefinitionKey] is required.
      PUT | /v2/element-instances/7/variables | {} | 400 | INVALID_ARGUMENT | No variables provided.
      POST | /v2/element-instances/ad-hoc-activities/7/activation | {} | 400 | INVALID_ARGUMENT | No elements provided.
      PUT | /v2/clock | {"timestamp":-1} | 400 | INVALID_ARGUMENT | The value for timestamp is '-1' but must be not negative.
      POST | /v2/deployments | {} | 415 | Unsupported Media Type | Content-Type 'application/json' is not supported.
      POST | /v2/documents | {} | 501 | NOT_OFFERED | /v2/documents
      GET | /v2/users/demo |  | 501 | NOT_OFFERED | /v2/users/demo
      GET | /v2/system/usage-metrics |  | 501 | NOT_OFFERED | /v2/system/usage-metrics
      POST | /v2/nothing | {} | 404 | NOT_FOUND | /v2/nothing
      PUT | /v2/topology | {} | 405 | Method Not Allowed | Method 'PUT' is not supported.
      """)
  void badInputIsAnsweredWithAProblemThatNamesIt(
      String method, String path, String body, int status, String title, String detail) throws IOException {
    HttpResponse<String> response = http(method, path, body == null ? "" : body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("title").asText()).contains(title);
    assertThat(problem.path("detail").asText()).containsIgnoringCase(detail);
    assertThat(problem.path("instance").asText()).isEqualTo(path);
  }

  @Test
  void searchesFilterSortAndPage() throws IOException {
    String id = "search";
    deploy(
        Protocol.REST,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done());
    List<Long> keys = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      keys.add(create(Protocol.REST, id, Map.of("number", i, "name", "lead-" + i)));
    }
    assertThat(found("""
        {"filter":{"processDefinitionId":"search","variables":[{"name":"number","value":"3"}]}}"""))
        .containsExactly(keys.get(3));
    assertThat(found("{\"filter\":{\"processDefinitionId\":{\"$like\":\"sear*\"},\"tags\":[],\"$or\":[]}}"))
        .containsExactlyElementsOf(keys);
    assertThat(found("""
        {"filter":{"processDefinitionId":{"$in":["search","other"]},"$or":[
          {"processInstanceKey":"%d"},{"variables":[{"name":"name","value":{"$like":"*-4*"}}]}]}}"""
        .formatted(keys.get(0))))
        .containsExactly(keys.get(0), keys.get(4));
    assertThat(found("{\"filter\":{\"processDefinitionId\":\"search\",\"endDate\":{\"$exists\":true}}}")).isEmpty();
    assertThat(found("""
        {"filter":{"processDefinitionId":"search"},"sort":[{"field":"processInstanceKey","order":"DESC"}],
         "page":{"from":1,"limit":2}}"""))
        .containsExactly(keys.get(3), keys.get(2));
    String after = null;
    List<Long> walked = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      JsonNode answer = search("""
          {"filter":{"processDefinitionId":"search"},"sort":[{"field":"startDate","order":"DESC"}],
           "page":{"limit":2%s}}""".formatted(after == null ? "" : ",\"after\":\"" + after + "\""));
      answer.path("items").forEach(item -> walked.add(item.path("processInstanceKey").asLong()));
      assertThat(answer.path("page").path("totalItems").asInt()).isEqualTo(5);
      after = answer.path("page").path("endCursor").asText();
    }
    assertThat(walked).hasSize(5);
    assertThat(new HashSet<>(walked)).isEqualTo(new HashSet<>(keys));
  }

  private static List<Long> found(String body) throws IOException {
    List<Long> keys = new ArrayList<>();
    search(body).path("items").forEach(item -> keys.add(item.path("processInstanceKey").asLong()));
    return keys;
  }

  private static JsonNode search(String body) throws IOException {
    HttpResponse<String> response = http("POST", "/v2/process-instances/search", body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  @Test
  void aSearchSeesWhatWasAnsweredBefore() {
    String id = "consistent";
    deploy(
        Protocol.GRPC,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done());
    for (int i = 1; i <= 100; i++) {
      create(i % 2 == 0 ? Protocol.REST : Protocol.GRPC, id, Map.of());
      SearchResponse<ProcessInstance> found =
          client(Protocol.REST)
              .newProcessInstanceSearchRequest()
              .filter(filter -> filter.processDefinitionId(id))
              .send()
              .join();
      assertThat(found.page().totalItems()).isEqualTo(i);
    }
  }

  @Test
  void elementsAreCountedForADiagram() {
    String id = "statistics";
    long definition =
        deploy(
                Protocol.REST,
                Bpmn.createExecutableProcess(id)
                    .startEvent("S")
                    .serviceTask("T", task -> task.zeebeJobType(id))
                    .endEvent()
                    .done())
            .getProcesses().getFirst().getProcessDefinitionKey();
    create(Protocol.REST, id, Map.of());
    create(Protocol.REST, id, Map.of());
    List<ProcessElementStatistics> counts =
        client(Protocol.REST).newProcessDefinitionElementStatisticsRequest(definition).send().join();
    assertThat(counts).filteredOn(count -> count.getElementId().equals("T")).singleElement()
        .satisfies(count -> assertThat(count.getActive()).isEqualTo(2));
    assertThat(counts).filteredOn(count -> count.getElementId().equals("S")).singleElement()
        .satisfies(count -> assertThat(count.getCompleted()).isEqualTo(2));
    assertThat(client(Protocol.REST).newProcessDefinitionGetXmlRequest(definition).send().join())
        .contains("statistics");
  }

  @Test
  void theClusterDescribesItself() throws IOException {
    JsonNode topology = JSON.readTree(http("GET", "/v2/topology", "").body());
    assertThat(topology.path("lastCompletedChangeId").isTextual()).isTrue();
    assertThat(topology.path("brokers").path(0).path("partitions").path(0).path("role").asText()).isEqualTo("leader");
    assertThat(http("GET", "/v2/status", "").statusCode()).isEqualTo(204);
    assertThat(http("GET", "/v2/license", "").statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(http("GET", "/v2/authentication/me", "").body()).path("username").asText())
        .isEqualTo("anonymous");
  }
}
