package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.http;
import static dev.leadline.embedded.camunda.Gateway.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.protocol.rest.BatchOperationFilter;
import io.camunda.client.protocol.rest.BatchOperationItemFilter;
import io.camunda.client.protocol.rest.BatchOperationItemSearchQuerySortRequest;
import io.camunda.client.protocol.rest.BatchOperationSearchQuerySortRequest;
import io.camunda.client.protocol.rest.CorrelatedMessageSubscriptionFilter;
import io.camunda.client.protocol.rest.CorrelatedMessageSubscriptionSearchQuerySortRequest;
import io.camunda.client.protocol.rest.DecisionDefinitionFilter;
import io.camunda.client.protocol.rest.DecisionDefinitionSearchQuerySortRequest;
import io.camunda.client.protocol.rest.DecisionInstanceFilter;
import io.camunda.client.protocol.rest.DecisionInstanceSearchQuerySortRequest;
import io.camunda.client.protocol.rest.DecisionRequirementsFilter;
import io.camunda.client.protocol.rest.DecisionRequirementsSearchQuerySortRequest;
import io.camunda.client.protocol.rest.ElementInstanceFilter;
import io.camunda.client.protocol.rest.ElementInstanceSearchQuerySortRequest;
import io.camunda.client.protocol.rest.IncidentFilter;
import io.camunda.client.protocol.rest.IncidentSearchQuerySortRequest;
import io.camunda.client.protocol.rest.JobFilter;
import io.camunda.client.protocol.rest.JobSearchQuerySortRequest;
import io.camunda.client.protocol.rest.MessageSubscriptionFilter;
import io.camunda.client.protocol.rest.MessageSubscriptionSearchQuerySortRequest;
import io.camunda.client.protocol.rest.ProcessDefinitionFilter;
import io.camunda.client.protocol.rest.ProcessDefinitionSearchQuerySortRequest;
import io.camunda.client.protocol.rest.ProcessInstanceFilter;
import io.camunda.client.protocol.rest.ProcessInstanceSearchQuerySortRequest;
import io.camunda.client.protocol.rest.UserTaskFilter;
import io.camunda.client.protocol.rest.UserTaskSearchQuerySortRequest;
import io.camunda.client.protocol.rest.VariableFilter;
import io.camunda.client.protocol.rest.VariableSearchQuerySortRequest;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every filter property, every operator and every sort field that the stock client knows, tried on a real item of every
 * search. What there is to try comes from the client's own generated classes, not from the tables under test.
 */
@Tag("engine")
class SearchConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DECISION = """
      <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="search-drg" name="Search"
          namespace="http://camunda.org/schema/1.0/dmn">
        <decision id="search-decision" name="Search decision">
          <literalExpression><text>1 + 1</text></literalExpression>
        </decision>
      </definitions>""";

  /** One search: its path, what the client may filter by and what it may sort by. */
  private record Search(String path, Class<?> filter, Class<?> sort) {}

  private static final List<Search> SEARCHES =
      List.of(
          new Search("process-definitions", ProcessDefinitionFilter.class, ProcessDefinitionSearchQuerySortRequest.class),
          new Search("process-instances", ProcessInstanceFilter.class, ProcessInstanceSearchQuerySortRequest.class),
          new Search("element-instances", ElementInstanceFilter.class, ElementInstanceSearchQuerySortRequest.class),
          new Search("variables", VariableFilter.class, VariableSearchQuerySortRequest.class),
          new Search("incidents", IncidentFilter.class, IncidentSearchQuerySortRequest.class),
          new Search("jobs", JobFilter.class, JobSearchQuerySortRequest.class),
          new Search("user-tasks", UserTaskFilter.class, UserTaskSearchQuerySortRequest.class),
          new Search(
              "decision-definitions", DecisionDefinitionFilter.class, DecisionDefinitionSearchQuerySortRequest.class),
          new Search(
              "decision-requirements",
              DecisionRequirementsFilter.class,
              DecisionRequirementsSearchQuerySortRequest.class),
          new Search("decision-instances", DecisionInstanceFilter.class, DecisionInstanceSearchQuerySortRequest.class),
          new Search(
              "message-subscriptions", MessageSubscriptionFilter.class, MessageSubscriptionSearchQuerySortRequest.class),
          new Search(
              "correlated-message-subscriptions",
              CorrelatedMessageSubscriptionFilter.class,
              CorrelatedMessageSubscriptionSearchQuerySortRequest.class),
          new Search("batch-operations", BatchOperationFilter.class, BatchOperationSearchQuerySortRequest.class),
          new Search(
              "batch-operation-items", BatchOperationItemFilter.class, BatchOperationItemSearchQuerySortRequest.class));

  @BeforeAll
  static void somethingOfEverything() {
    deploy(
        Protocol.REST,
        Bpmn.createExecutableProcess("find-job").name("Search").versionTag("v1")
            .startEvent().serviceTask("T", task -> task.zeebeJobType("find-job")).endEvent().done());
    deploy(
        Protocol.REST,
        Bpmn.createExecutableProcess("find-task")
            .startEvent()
            .userTask("U", task -> task.zeebeUserTask().zeebeCandidateGroups("sales").zeebeCandidateUsers("eve").zeebeAssignee("ada").zeebeDueDate("2040-01-01T00:00:00Z"))
            .endEvent()
            .done());
    deploy(
        Protocol.REST,
        Bpmn.createExecutableProcess("find-message")
            .startEvent()
            .intermediateCatchEvent("M", event -> event.message(m -> m.name("search").zeebeCorrelationKey("=key")))
            .endEvent()
            .done());
    client(Protocol.REST).newDeployResourceCommand().addResourceStringUtf8(DECISION, "search.dmn").send().join();
    client(Protocol.REST).newEvaluateDecisionCommand().decisionId("search-decision").send().join();
    create(Protocol.REST, "find-job", Map.of("name", "lead"));
    client(Protocol.REST)
        .newFailCommand(job(Protocol.REST, "find-job")).retries(0).errorMessage("it fails").send().join();
    create(Protocol.REST, "find-task", Map.of("of", 1));
    create(Protocol.REST, "find-message", Map.of("key", "k"));
    client(Protocol.REST).newCorrelateMessageCommand().messageName("search").correlationKey("k").send().join();
    long cancelled = create(Protocol.REST, "find-job", Map.of());
    String batch =
        client(Protocol.REST).newCreateBatchOperationCommand().processInstanceCancel()
            .filter(filter -> filter.processInstanceKey(cancelled)).send().join().getBatchOperationKey();
    await().atMost(Duration.ofSeconds(30)).until(() ->
        client(Protocol.REST).newBatchOperationGetRequest(batch).send().join().getEndDate() != null);
  }

  @TestFactory
  Stream<DynamicTest> everyPropertyAndOperatorFindsItsItem() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Search search : SEARCHES) {
      JsonNode items = ask(search, "{}").path("items");
      tests.add(DynamicTest.dynamicTest(search.path() + " finds something", () -> assertThat(items).isNotEmpty()));
      for (Map.Entry<String, Class<?>> property : properties(search.filter()).entrySet()) {
        JsonNode item = with(items, property.getKey());
        if (item != null) {
          filters(search, property, item).forEach((name, filter) ->
              tests.add(DynamicTest.dynamicTest(
                  search.path() + " " + property.getKey() + " " + name, () -> finds(search, filter, item))));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(300);
    return tests.stream();
  }

  private static JsonNode with(JsonNode items, String property) {
    for (JsonNode item : items) {
      if (item.has(property) && !item.path(property).isContainerNode()) {
        return item;
      }
    }
    return null;
  }

  /** Filters with the operators of the property's type, all of which the item fulfils; those with ! it does not. */
  private static Map<String, String> filters(Search search, Map.Entry<String, Class<?>> property, JsonNode item) {
    JsonNode value = item.path(property.getKey());
    Map<String, String> operands = new LinkedHashMap<>();
    operands.put("=", value.toString());
    String type = property.getValue().getSimpleName();
    if (type.endsWith("FilterProperty")) {
      operands.put("$eq", value.toString());
      operands.put("!$neq", value.toString());
      operands.put("$exists", "true");
      operands.put("!$exists", "false");
      operands.put("$in", "[" + value + "]");
      if (type.startsWith("DateTime") || type.startsWith("Integer")) {
        operands.put("$gte", value.toString());
        operands.put("$lte", value.toString());
        operands.put("!$gt", value.toString());
        operands.put("!$lt", value.toString());
      } else {
        operands.put("!$notIn", "[" + value + "]");
      }
      if (type.startsWith("String")) {
        String text = value.asText();
        operands.put("$like", JSON.getNodeFactory().textNode(text.replaceAll("[^a-zA-Z]", "?")).toString());
        operands.put("!$like", "\"nothing*\"");
      }
    }
    Map<String, String> filters = new LinkedHashMap<>();
    operands.forEach((operator, operand) ->
        filters.put(
            operator,
            operator.equals("=")
                ? "{\"%s\":%s}".formatted(property.getKey(), operand)
                : "{\"%s\":{\"%s\":%s}}".formatted(property.getKey(), operator.replace("!", ""), operand)));
    return filters;
  }

  private static void finds(Search search, String filter, JsonNode item) throws IOException {
    JsonNode answer = ask(search, "{\"filter\":" + filter + ",\"page\":{\"limit\":10000}}");
    boolean without = filter.matches(".*(\\$neq|\\$notIn|\\$gt\"|\\$lt\"|\\$exists\":false|nothing\\*).*");
    List<JsonNode> found = new ArrayList<>();
    answer.path("items").forEach(found::add);
    if (without) {
      assertThat(found).as(filter).doesNotContain(item);
    } else {
      assertThat(found).as(filter).contains(item);
    }
    assertThat(answer.path("page").path("totalItems").asInt()).isEqualTo(found.size());
  }

  @TestFactory
  Stream<DynamicTest> everySortFieldSorts() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Search search : SEARCHES) {
      for (Object field : fieldsOf(search.sort())) {
        tests.add(DynamicTest.dynamicTest(search.path() + " by " + field, () -> {
          String body = "{\"sort\":[{\"field\":\"%s\",\"order\":\"%s\"}],\"page\":{\"limit\":10000}}";
          List<JsonNode> up = values(ask(search, body.formatted(field, "ASC")), field.toString());
          List<JsonNode> down = values(ask(search, body.formatted(field, "DESC")), field.toString());
          assertThat(up).isSortedAccordingTo(SearchConformanceTest::compare);
          assertThat(down).isSortedAccordingTo((one, other) -> compare(other, one));
        }));
      }
    }
    assertThat(tests).hasSizeGreaterThan(100);
    return tests.stream();
  }

  private static List<JsonNode> values(JsonNode answer, String field) {
    List<JsonNode> values = new ArrayList<>();
    answer.path("items").forEach(item -> {
      if (item.has(field)) {
        values.add(item.path(field));
      }
    });
    return values;
  }

  private static int compare(JsonNode one, JsonNode other) {
    boolean numbers = one.isNumber() || one.asText().matches("\\d{15,}") && other.asText().matches("\\d{15,}");
    return numbers ? Long.compare(one.asLong(), other.asLong()) : one.asText().compareTo(other.asText());
  }

  private static List<Object> fieldsOf(Class<?> sort) {
    return Arrays.stream(sort.getDeclaredClasses())
        .filter(inner -> inner.getSimpleName().equals("FieldEnum"))
        .flatMap(inner -> Arrays.stream((Object[]) inner.getEnumConstants()))
        .filter(field -> !field.toString().equals("unknown_default_open_api"))
        .toList();
  }

  /** What the client may send, after the JSON names of its getters. */
  private static Map<String, Class<?>> properties(Class<?> filter) {
    Map<String, Class<?>> properties = new LinkedHashMap<>();
    for (Method method : filter.getMethods()) {
      JsonProperty name = method.getAnnotation(JsonProperty.class);
      if (name != null && method.getParameterCount() == 0 && !Set.of("$or").contains(name.value())) {
        properties.put(name.value(), method.getReturnType());
      }
    }
    return properties;
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      process-instances | {"variables":[{"name":"name","value":"\\"lead\\""}]} | 1
      process-instances | {"variables":[{"name":"name","value":{"$like":"*ea*"}},{"name":"key","value":"\\"k\\""}]} | 0
      process-instances | {"elementId":"T","elementInstanceState":"ACTIVE"} | 1
      process-instances | {"elementId":{"$in":["U","M"]}} | 2
      process-instances | {"hasElementInstanceIncident":true} | 1
      process-instances | {"errorMessage":{"$like":"it*"}} | 1
      process-instances | {"incidentErrorHashCode":%d} | 1
      process-instances | {"hasRetriesLeft":true} | 0
      process-instances | {"batchOperationKey":{"$exists":true}} | 1
      process-instances | {"$or":[{"elementId":"U"},{"hasIncident":true}]} | 2
      user-tasks | {"candidateGroup":"sales","candidateUser":{"$in":["eve","bob"]}} | 1
      user-tasks | {"candidateGroup":"other"} | 0
      user-tasks | {"processInstanceVariables":[{"name":"of","value":"1"}]} | 1
      user-tasks | {"localVariables":[{"name":"of","value":"1"}]} | 0
      variables | {"isTruncated":true} | 0
      process-definitions | {"isLatestVersion":true} | 3
      element-instances | {"elementInstanceScopeKey":"1"} | 0
      """)
  void whatIsNoColumnIsFilteredToo(String path, String filter, int number) throws IOException {
    Search search = SEARCHES.stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow();
    List<String> ours = List.of("find-job", "find-task", "find-message");
    long found = 0;
    String body = "{\"filter\":" + filter.replace("%d", "" + "it fails".hashCode()) + ",\"page\":{\"limit\":10000}}";
    for (JsonNode item : ask(search, body).path("items")) {
      found += ours.contains(item.path("processDefinitionId").asText()) ? 1 : 0;
    }
    assertThat(found).isEqualTo(number);
  }

  @TestFactory
  Stream<DynamicTest> everyPropertyIsKnown() {
    return SEARCHES.stream().flatMap(search ->
        properties(search.filter()).keySet().stream().map(property ->
            DynamicTest.dynamicTest(search.path() + " knows " + property, () -> {
              ObjectNode filter = JSON.createObjectNode();
              filter.putObject("filter").putNull(property);
              ask(search, filter.toString());
            })));
  }

  private static JsonNode ask(Search search, String body) throws IOException {
    HttpResponse<String> answer = http("POST", "/v2/" + search.path() + "/search", body);
    assertThat(answer.statusCode()).as(body + ": " + answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }
}
