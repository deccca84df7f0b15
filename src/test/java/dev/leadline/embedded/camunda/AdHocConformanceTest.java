package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.incident;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.start;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.CompleteAdHocSubProcessResultStep1;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.IncidentErrorType;
import io.camunda.client.api.search.response.Incident;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.AdHocSubProcessBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: ad-hoc sub-processes. */
@Tag("engine")
class AdHocConformanceTest {

  /** Two tools, of which each is a job of its own type. */
  private static BpmnModelInstance tools(String id, Consumer<AdHocSubProcessBuilder> kind) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .adHocSubProcess("Tools", tools -> {
          tools.zeebeOutputCollection("found").zeebeOutputElementExpression("result");
          kind.accept(tools);
          tools.serviceTask("Search", task -> task.zeebeJobType("search-" + id));
          tools.serviceTask("Read", task -> task.zeebeJobType("read-" + id)).manualTask("Summarise");
        })
        .endEvent()
        .done();
  }

  /** Without the scopes that the engine puts around each activated element. */
  private static List<String> terminated(long instance) {
    return elements(instance, ElementInstanceState.TERMINATED).stream().filter(id -> !id.contains("#")).toList();
  }

  @ParameterizedTest
  @EnumSource
  void theElementsOfAListAreActivated(Protocol protocol) {
    String id = "list-" + protocol;
    long key =
        start(
            protocol,
            tools(id, tools -> tools.zeebeActiveElementsCollectionExpression("chosen")),
            Map.of("chosen", List.of("Search", "Read")));
    complete(protocol, job(protocol, "search-" + id), Map.of("result", "a"));
    active(key, "Tools");
    complete(protocol, job(protocol, "read-" + id), Map.of("result", "b"));
    awaitCompleted(key);
    assertThat(elements(key, ElementInstanceState.COMPLETED)).contains("Search", "Read", "Summarise", "Tools");
    assertThat(variables(key)).containsEntry("found", "[\"a\",\"b\"]");
  }

  @ParameterizedTest
  @EnumSource
  void aWrongListIsAnIncident(Protocol protocol) {
    String id = "wronglist-" + protocol;
    long key =
        start(
            protocol,
            tools(id, tools -> tools.zeebeActiveElementsCollectionExpression("chosen")),
            Map.of("chosen", List.of("Nothing")));
    Incident incident = incident(key);
    assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.EXTRACT_VALUE_ERROR);
    assertThat(incident.getErrorMessage()).contains("Nothing");
    client(protocol).newSetVariablesCommand(key).variables(Map.of("chosen", List.of("Search"))).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    complete(protocol, job(protocol, "search-" + id), Map.of());
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void theCompletionConditionCancelsTheRestOrWaitsForIt(Protocol protocol) {
    for (boolean cancel : new boolean[] {true, false}) {
      String id = "condition-" + cancel + "-" + protocol;
      long key =
          start(
              protocol,
              tools(id, tools ->
                  tools
                      .zeebeActiveElementsCollectionExpression("[\"Search\", \"Read\"]")
                      .completionCondition("=enough")
                      .cancelRemainingInstances(cancel)),
              Map.of("enough", false));
      ActivatedJob read = job(protocol, "read-" + id);
      complete(protocol, job(protocol, "search-" + id), Map.of("enough", true));
      if (!cancel) {
        active(key, "Read");
        complete(protocol, read, Map.of());
      }
      awaitCompleted(key);
      assertThat(terminated(key)).isEqualTo(cancel ? List.of("Read") : List.of());
    }
  }

  @ParameterizedTest
  @EnumSource
  void elementsAreActivatedFromOutside(Protocol protocol) {
    String id = "outside-" + protocol;
    long key =
        start(
            protocol,
            tools(id, tools -> tools.completionCondition("=enough").cancelRemainingInstances(true)),
            Map.of("enough", false));
    long tools = active(key, "Tools").getElementInstanceKey();
    client(protocol)
        .newActivateAdHocSubProcessActivitiesCommand(Long.toString(tools))
        .activateElement("Search", Map.of("query", "acme"))
        .activateElement("Read", Map.of("query", "other"))
        .send()
        .join();
    ActivatedJob search = job(protocol, "search-" + id);
    assertThat(search.getVariable("query")).isEqualTo("acme");
    assertThat(job(protocol, "read-" + id).getVariable("query")).isEqualTo("other");
    client(protocol)
        .newActivateAdHocSubProcessActivitiesCommand(Long.toString(tools))
        .activateElement("Search", Map.of("query", "again"))
        .cancelRemainingInstances(true)
        .send()
        .join();
    assertThatThrownBy(() -> complete(protocol, search, Map.of()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
    ActivatedJob again = job(protocol, "search-" + id);
    assertThat(again.getVariable("query")).isEqualTo("again");
    assertThatThrownBy(() ->
            client(protocol)
                .newActivateAdHocSubProcessActivitiesCommand(Long.toString(tools))
                .activateElement("Nothing")
                .send()
                .join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Nothing");
    complete(protocol, again, Map.of("enough", true, "result", 1));
    awaitCompleted(key);
    assertThat(terminated(key)).containsExactlyInAnyOrder("Search", "Read");
    assertThat(variables(key)).containsEntry("found", "[1]");
  }

  private static void decide(
      Protocol protocol,
      ActivatedJob job,
      Function<CompleteAdHocSubProcessResultStep1, CompleteAdHocSubProcessResultStep1> decision) {
    client(protocol)
        .newCompleteCommand(job)
        .withResult(result -> decision.apply(result.forAdHocSubProcess()))
        .send()
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerChoosesTheTools(Protocol protocol) {
    String id = "agent-" + protocol;
    long key = start(protocol, tools(id, tools -> tools.zeebeJobType(id)), Map.of());
    ActivatedJob agent = job(protocol, id);
    assertThat(agent.getVariable("adHocSubProcessElements").toString()).contains("Search", "Read");
    decide(protocol, agent, result -> result.activateElement("Search").variables(Map.of("query", "acme")));
    ActivatedJob search = job(protocol, "search-" + id);
    assertThat(search.getVariable("query")).isEqualTo("acme");
    complete(protocol, search, Map.of("result", "hit"));
    ActivatedJob next = job(protocol, id);
    assertThat(next.getVariable("found")).isEqualTo(List.of("hit"));
    decide(protocol, next, result -> result.activateElement("Search").activateElement("Read"));
    job(protocol, "read-" + id);
    complete(protocol, job(protocol, "search-" + id), Map.of("result", "second"));
    ActivatedJob last = job(protocol, id);
    assertThatThrownBy(() -> decide(protocol, last, result -> result.activateElement("Nothing")))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Nothing");
    decide(protocol, last, result -> result.completionConditionFulfilled(true).cancelRemainingInstances(true));
    awaitCompleted(key);
    assertThat(terminated(key)).containsExactly("Read");
    assertThat(variables(key)).containsEntry("found", "[\"hit\",\"second\"]");
  }

  @ParameterizedTest
  @EnumSource
  void aFailingWorkerIsAnIncidentThatCanBeResolved(Protocol protocol) {
    String id = "failing-" + protocol;
    long key = start(protocol, tools(id, tools -> tools.zeebeJobType(id)), Map.of());
    ActivatedJob agent = job(protocol, id);
    client(protocol).newFailCommand(agent).retries(0).errorMessage("no model").send().join();
    Incident incident = incident(key);
    assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.AD_HOC_SUB_PROCESS_NO_RETRIES);
    assertThat(incident.getErrorMessage()).isEqualTo("no model");
    client(protocol).newUpdateRetriesCommand(agent.getKey()).retries(1).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    decide(protocol, job(protocol, id), result -> result.completionConditionFulfilled(true));
    awaitCompleted(key);
  }
}
