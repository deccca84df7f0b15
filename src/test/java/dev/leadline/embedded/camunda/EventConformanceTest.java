package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class EventConformanceTest {

  private static void awaitState(long key, ProcessInstanceState state) {
    await().untilAsserted(() -> assertThat(instance(key).getState()).isEqualTo(state));
  }

  @ParameterizedTest
  @EnumSource
  void aMessageStartsOneInstanceHoweverOftenItIsPublished(Protocol protocol) {
    String id = "lead-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .message(message -> message.name(id))
            .serviceTask("Work", task -> task.zeebeJobType(id))
            .endEvent()
            .done());
    publish(protocol, id);
    assertThatThrownBy(() -> publish(protocol, id)).isInstanceOf(ClientException.class).hasMessageContaining("ALREADY");
    ActivatedJob job = job(protocol, id);
    assertThat(job.getVariable("leadId")).isEqualTo("L1");
    assertThat(
            client(Protocol.REST)
                .newProcessInstanceSearchRequest()
                .filter(filter -> filter.processDefinitionId(id))
                .send().join().page().totalItems())
        .isEqualTo(1);
    assertThat(
            client(Protocol.REST)
                .newCorrelatedMessageSubscriptionSearchRequest()
                .filter(filter -> filter.processInstanceKey(job.getProcessInstanceKey()))
                .send().join().items())
        .singleElement()
        .satisfies(correlated -> assertThat(correlated.getCorrelationKey()).isEqualTo("L1"));
  }

  private static void publish(Protocol protocol, String name) {
    client(protocol)
        .newPublishMessageCommand()
        .messageName(name)
        .correlationKey("L1")
        .messageId("L1")
        .timeToLive(Duration.ofHours(1))
        .variables(Map.of("leadId", "L1"))
        .send()
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void aCalledProcessRunsItsTouchesOneAfterTheOther(Protocol protocol) {
    String id = "touches-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .subProcess("Touch", touch ->
                touch
                    .multiInstance(loop ->
                        loop.sequential().zeebeInputCollectionExpression("touches").zeebeInputElement("touch"))
                    .embeddedSubProcess()
                    .startEvent()
                    .intermediateCatchEvent("Wait", event -> event.timerWithDurationExpression("duration(touch.after)"))
                    .serviceTask("Send", task -> task.zeebeJobType(id))
                    .endEvent())
            .endEvent()
            .done());
    deploy(
        protocol,
        Bpmn.createExecutableProcess("calling-" + id)
            .startEvent()
            .callActivity("Call", call -> call.zeebeProcessId(id))
            .endEvent()
            .done());
    List<Map<String, String>> touches = List.of(Map.of("after", "PT0S"), Map.of("after", "PT0.1S"));
    long key = create(protocol, "calling-" + id, Map.of("touches", touches));
    ActivatedJob first = job(protocol, id);
    complete(protocol, first, Map.of());
    ActivatedJob second = job(protocol, id);
    long called = second.getProcessInstanceKey();
    assertThat(client(Protocol.REST).newProcessInstanceGetCallHierarchyRequest(called).send().join())
        .extracting(entry -> entry.getProcessInstanceKey())
        .containsExactly(key, called);
    complete(protocol, second, Map.of());
    awaitState(key, ProcessInstanceState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void aReminderDoesNotInterruptButASuppressionDoes(Protocol protocol) {
    String id = "events-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .eventSubProcess("Suppressed", sub ->
                sub.startEvent("Suppress")
                    .message(message -> message.name("suppress-" + id).zeebeCorrelationKeyExpression("leadId"))
                    .interrupting(true)
                    .endEvent("Stopped"))
            .startEvent()
            .serviceTask("Work", task -> task.zeebeJobType(id))
            .boundaryEvent("Reminder", event -> event.cancelActivity(false).timerWithDuration("PT0.1S"))
            .serviceTask("Escalate", task -> task.zeebeJobType("escalate-" + id))
            .endEvent()
            .moveToActivity("Work")
            .endEvent()
            .done());
    long key = create(protocol, id, Map.of("leadId", id));
    complete(protocol, job(protocol, "escalate-" + id), Map.of());
    assertThat(elements(key))
        .filteredOn(element -> element.getElementId().equals("Work"))
        .singleElement()
        .satisfies(work -> assertThat(work.getState()).isEqualTo(ElementInstanceState.ACTIVE));
    assertThat(
            client(Protocol.REST)
                .newMessageSubscriptionSearchRequest()
                .filter(filter -> filter.processInstanceKey(key))
                .send().join().items())
        .hasSize(1);
    client(protocol)
        .newPublishMessageCommand()
        .messageName("suppress-" + id)
        .correlationKey(id)
        .send()
        .join();
    awaitState(key, ProcessInstanceState.COMPLETED);
    assertThat(elements(key)).extracting(element -> element.getElementId()).contains("Stopped");
  }

  @ParameterizedTest
  @EnumSource
  void aSignalWakesWhoeverWaits(Protocol protocol) {
    String id = "signal-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .intermediateCatchEvent("Paused", event -> event.signal(id))
            .endEvent()
            .done());
    long key = create(protocol, id, Map.of());
    client(protocol).newBroadcastSignalCommand().signalName(id).send().join();
    awaitState(key, ProcessInstanceState.COMPLETED);
  }
}
