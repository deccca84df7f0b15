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
      GET | /v2/process-instances/1 |  | 404 | NOT_FOUND | with key '1' not found
      GET | /v2/process-instances/abc |  | 400 | INVALID_ARGUMENT | 'abc' is not a valid key
      POST | /v2/process-instances | { | 400 | INVALID_ARGUMENT | no valid JSON
      POST | /v2/process-instances | {} | 400 | INVALID_ARGUMENT | processDefinitionKey
      POST | /v2/process-instances | {"processDefinitionId":"no"} | 404 | NOT_FOUND | rejected with code 'NOT_FOUND'
      POST | /v2/process-instances | {"processDefinitionId":7} | 400 | INVALID_ARGUMENT | [processDefinitionId]
      POST | /v2/process-instances | {"processDefinitionId":"no","variables":[]} | 400 | INVALID_ARGUMENT | [variables]
      POST | /v2/process-instances/search | {"filter":{"colour":"red"}} | 400 | INVALID_ARGUMENT | colour
      POST | /v2/process-instances/search | {"filter":{"startDate":{"$gt":"now"}}} | 400 | INVALID_ARGUMENT | startDate
      POST | /v2/process-instances/search | {"sort":[{"field":"colour"}]} | 400 | INVALID_ARGUMENT | colour
      POST | /v2/process-instances/search | {"page":{"limit":-1}} | 400 | INVALID_ARGUMENT | page.limit
      POST | /v2/process-instances/search | {"page":{"after":"x"}} | 400 | INVALID_ARGUMENT | cursor
      POST | /v2/jobs/activation | {"type":"x","maxJobsToActivate":1} | 400 | INVALID_ARGUMENT | timeout
      POST | /v2/jobs/7/completion | {} | 404 | NOT_FOUND | no such job
      POST | /v2/deployments | {} | 415 | UNSUPPORTED | multipart
      POST | /v2/documents | {} | 501 | NOT_OFFERED | /v2/documents
      POST | /v2/nothing | {} | 404 | NOT_FOUND | /v2/nothing
      PUT | /v2/topology | {} | 405 | METHOD | PUT
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
