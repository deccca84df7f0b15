package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.incident;
import static dev.leadline.embedded.camunda.Gateway.incidents;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.search.enums.IncidentErrorType;
import io.camunda.client.api.search.response.Incident;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.builder.AbstractFlowNodeBuilder;
import io.camunda.zeebe.model.bpmn.builder.StartEventBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Camunda 8.8 docs: concepts/incidents. What a variable can mend is mended and resolved; then the instance ends. */
@Tag("engine")
class IncidentConformanceTest {

  /** An element that fails on a value of x, and a value that mends it. */
  private record Failing(
      String name,
      IncidentErrorType type,
      Object wrong,
      String message,
      Object mended,
      Function<StartEventBuilder, AbstractFlowNodeBuilder<?, ?>> element) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Failing> ALL =
      List.of(
          new Failing(
              "mapping",
              IncidentErrorType.IO_MAPPING_ERROR,
              0,
              "The condition is not fulfilled",
              1,
              begin -> begin.scriptTask("Fails", task ->
                  task.zeebeInputExpression("assert(x, x = 1)", "y").zeebeExpression("y").zeebeResultVariable("z"))),
          new Failing(
              "condition",
              IncidentErrorType.EXTRACT_VALUE_ERROR,
              "text",
              "Expected result of the expression 'x' to be 'BOOLEAN', but was 'STRING'",
              true,
              begin -> begin.exclusiveGateway("Fails").conditionExpression("x")),
          new Failing(
              "no way",
              IncidentErrorType.CONDITION_ERROR,
              1,
              "Expected at least one condition to evaluate to true",
              2,
              begin -> begin.exclusiveGateway("Fails").conditionExpression("x = 3").endEvent()
                  .moveToLastExclusiveGateway().conditionExpression("x = 2")),
          new Failing(
              "timer",
              IncidentErrorType.EXTRACT_VALUE_ERROR,
              "soon",
              "Invalid duration format 'soon'",
              "PT0S",
              begin -> begin.intermediateCatchEvent("Fails", event -> event.timerWithDurationExpression("x"))),
          new Failing(
              "collection",
              IncidentErrorType.EXTRACT_VALUE_ERROR,
              "no list",
              "to be 'ARRAY', but was 'STRING'",
              List.of(),
              begin -> begin.serviceTask("Fails", task ->
                  task.zeebeJobType("never").multiInstance(loop -> loop.zeebeInputCollectionExpression("x")))),
          new Failing(
              "called process",
              IncidentErrorType.CALLED_ELEMENT_ERROR,
              "no-such-process",
              "Expected process with BPMN process id 'no-such-process' to be deployed, but not found.",
              "incident-called",
              begin -> begin.callActivity("Fails", call -> call.zeebeProcessIdExpression("x"))),
          new Failing(
              "called decision",
              IncidentErrorType.CALLED_DECISION_ERROR,
              "no-such-decision",
              "no decision found for id 'no-such-decision'",
              "points",
              begin -> begin.businessRuleTask("Fails", task ->
                  task.zeebeCalledDecisionIdExpression("x").zeebeResultVariable("result"))),
          new Failing(
              "decision",
              IncidentErrorType.DECISION_EVALUATION_ERROR,
              0,
              "Expected to evaluate decision 'checked'",
              1,
              begin -> begin.businessRuleTask("Fails", task ->
                  task.zeebeCalledDecisionId("checked").zeebeResultVariable("result"))));

  @BeforeAll
  static void deployWhatIsCalled() {
    deploy(Protocol.GRPC, Bpmn.createExecutableProcess("incident-called").startEvent().endEvent().done());
    client(Protocol.GRPC)
        .newDeployResourceCommand()
        .addResourceFromClasspath("embedded-camunda/score.dmn")
        .addResourceFromClasspath("embedded-camunda/checked.dmn")
        .send()
        .join();
  }

  static List<Arguments> all() {
    List<Arguments> all = new ArrayList<>();
    for (Protocol protocol : Protocol.values()) {
      ALL.forEach(failing -> all.add(Arguments.of(protocol, failing)));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("all")
  void anIncidentIsMendedAndResolved(Protocol protocol, Failing failing) {
    String id = "incident-" + failing.name().replace(' ', '-') + "-" + protocol;
    StartEventBuilder begin = Bpmn.createExecutableProcess(id).startEvent();
    long key = start(protocol, failing.element().apply(begin).endEvent("Done").done(), Map.of("x", failing.wrong()));
    Incident incident = incident(key);
    assertThat(incident.getErrorType()).isEqualTo(failing.type());
    assertThat(incident.getErrorMessage()).contains(failing.message());
    assertThat(incident.getElementId()).isEqualTo("Fails");
    assertThat(instance(key).getHasIncident()).isTrue();

    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    Incident again =
        Awaitility.await()
            .until(
                () -> incidents(key),
                found -> found.size() == 1 && found.getFirst().getIncidentKey() != incident.getIncidentKey())
            .getFirst();
    client(protocol).newSetVariablesCommand(key).variables(Map.of("x", failing.mended())).send().join();
    client(protocol).newResolveIncidentCommand(again.getIncidentKey()).send().join();
    awaitCompleted(key);
    assertThat(incidents(key)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void anErrorThatNobodyCatchesIsAnIncident(Protocol protocol) {
    String id = "uncaught-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done(),
            Map.of());
    client(protocol).newThrowErrorCommand(job(protocol, id)).errorCode("NOBODY").errorMessage("why").send().join();
    Incident incident = incident(key);
    assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.UNHANDLED_ERROR_EVENT);
    assertThat(incident.getErrorMessage()).contains("NOBODY");
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    Gateway.complete(protocol, job(protocol, id), Map.of());
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void aFormThatIsMissingIsAnIncident(Protocol protocol) {
    String id = "noform-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .userTask("Ask", task -> task.zeebeUserTask().zeebeFormId("no-such-form"))
                .endEvent()
                .done(),
            Map.of());
    Incident incident = incident(key);
    assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.FORM_NOT_FOUND);
    assertThat(incident.getErrorMessage()).contains("no-such-form");
  }

  @ParameterizedTest
  @EnumSource
  void anIncidentOfACalledProcessIsSeenInItsCaller(Protocol protocol) {
    String id = "inner-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .scriptTask("Fails", task -> task.zeebeExpression("assert(x, x = 1)").zeebeResultVariable("y"))
            .endEvent()
            .done());
    long caller =
        start(
            protocol,
            Bpmn.createExecutableProcess("outer-" + id)
                .startEvent()
                .callActivity("Call", call -> call.zeebeProcessId(id))
                .endEvent()
                .done(),
            Map.of("x", 0));
    Awaitility.await().untilAsserted(() -> assertThat(instance(caller).getHasIncident()).isTrue());
    Incident incident =
        client(Protocol.REST)
            .newIncidentsByProcessInstanceSearchRequest(caller).send().join().items().getFirst();
    assertThat(incident.getElementId()).isEqualTo("Fails");
    client(protocol)
        .newSetVariablesCommand(incident.getProcessInstanceKey()).variables(Map.of("x", 1)).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    awaitCompleted(caller);
    assertThat(instance(caller).getHasIncident()).isFalse();
  }
}
