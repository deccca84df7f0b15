package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.instances;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.passTime;
import static dev.leadline.embedded.camunda.Gateway.publish;
import static dev.leadline.embedded.camunda.Gateway.start;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.CorrelateMessageResponse;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: concepts/messages, message events, receive tasks. */
@Tag("engine")
class MessageConformanceTest {

  private static BpmnModelInstance waiting(String id) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .intermediateCatchEvent("Wait", event ->
            event.message(message -> message.name(id).zeebeCorrelationKeyExpression("leadId")))
        .endEvent()
        .done();
  }

  private static void publishWithId(Protocol protocol, String name, String id, Duration timeToLive) {
    client(protocol)
        .newPublishMessageCommand()
        .messageName(name)
        .correlationKey("L1")
        .messageId(id)
        .timeToLive(timeToLive)
        .variables(Map.of("leadId", "L1"))
        .send()
        .join();
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
    publishWithId(protocol, id, "L1", Duration.ofHours(1));
    assertThatThrownBy(() -> publishWithId(protocol, id, "L1", Duration.ofHours(1)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("ALREADY");
    ActivatedJob job = job(protocol, id);
    assertThat(job.getVariable("leadId")).isEqualTo("L1");
    assertThat(instances(id)).hasSize(1);
    assertThat(
            client(Protocol.REST)
                .newCorrelatedMessageSubscriptionSearchRequest()
                .filter(filter -> filter.processInstanceKey(job.getProcessInstanceKey()))
                .send().join().items())
        .singleElement()
        .satisfies(correlated -> assertThat(correlated.getCorrelationKey()).isEqualTo("L1"));
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsKeptForItsTimeToLive(Protocol protocol) {
    String id = "kept-" + protocol;
    deploy(protocol, waiting(id));
    publishWithId(protocol, id, "first", Duration.ofHours(1));
    awaitCompleted(create(protocol, id, Map.of("leadId", "L1")));

    publishWithId(protocol, id, "second", Duration.ofHours(1));
    passTime(Duration.ofHours(2));
    long late = create(protocol, id, Map.of("leadId", "L1"));
    active(late, "Wait");
    Awaitility.await().ignoreException(ClientException.class).untilAsserted(() ->
        publishWithId(protocol, id, "second", Duration.ofHours(1)));
    awaitCompleted(late);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageWithoutTimeToLiveIsLostWhenNobodyWaits(Protocol protocol) {
    String id = "lost-" + protocol;
    deploy(protocol, waiting(id));
    publishWithId(protocol, id, "", Duration.ZERO);
    long key = create(protocol, id, Map.of("leadId", "L1"));
    active(key, "Wait");
    publish(protocol, id, "L2", Map.of());
    assertThat(instance(key).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    publish(protocol, id, "L1", Map.of("answer", "yes"));
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("answer", "\"yes\"");
  }

  @ParameterizedTest
  @EnumSource
  void aMessageGoesToOneInstanceOfAProcess(Protocol protocol) {
    String id = "once-" + protocol;
    long first = start(protocol, waiting(id), Map.of("leadId", "L1"));
    long second = create(protocol, id, Map.of("leadId", "L1"));
    active(second, "Wait");
    publish(protocol, id, "L1", Map.of());
    awaitCompleted(first);
    assertThat(instance(second).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    publish(protocol, id, "L1", Map.of());
    awaitCompleted(second);
  }

  @Test
  void aCorrelationSaysWithWhom() {
    String id = "correlate";
    long key = start(Protocol.REST, waiting(id), Map.of("leadId", "L1"));
    active(key, "Wait");
    CorrelateMessageResponse answer =
        client(Protocol.REST)
            .newCorrelateMessageCommand()
            .messageName(id)
            .correlationKey("L1")
            .variables(Map.of("answer", 1))
            .send()
            .join();
    assertThat(answer.getProcessInstanceKey()).isEqualTo(key);
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("answer", "1");
    assertThatThrownBy(() ->
            client(Protocol.REST).newCorrelateMessageCommand().messageName(id).correlationKey("L1").send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("404")
        .hasMessageContaining("NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void aReceiveTaskMapsWhatItReceives(Protocol protocol) {
    String id = "receive-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .receiveTask("Receive", task ->
                    task.message(message ->
                            message.nameExpression("\"answer-\" + leadId").zeebeCorrelationKeyExpression("leadId"))
                        .zeebeOutputExpression("payload.score", "score"))
                .endEvent()
                .done(),
            Map.of("leadId", id));
    active(key, "Receive");
    publish(protocol, "answer-" + id, id, Map.of("payload", Map.of("score", 7)));
    awaitCompleted(key);
    assertThat(variables(key)).containsOnlyKeys("leadId", "score").containsEntry("score", "7");
  }

  @ParameterizedTest
  @EnumSource
  void aBoundaryEventInterruptsOrNot(Protocol protocol) {
    String id = "boundary-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .boundaryEvent("Note", event ->
                    event.cancelActivity(false).message(m -> m.name("note-" + id).zeebeCorrelationKeyExpression("leadId")))
                .endEvent("Noted")
                .moveToActivity("Work")
                .boundaryEvent("Stop", event ->
                    event.message(m -> m.name("stop-" + id).zeebeCorrelationKeyExpression("leadId")))
                .endEvent("Stopped")
                .moveToActivity("Work")
                .endEvent("Done")
                .done(),
            Map.of("leadId", id));
    active(key, "Work");
    for (int count = 1; count <= 2; count++) {
      int expected = count;
      publish(protocol, "note-" + id, id, Map.of());
      Awaitility.await().untilAsserted(() ->
          assertThat(elements(key, ElementInstanceState.COMPLETED)).filteredOn("Noted"::equals).hasSize(expected));
    }
    active(key, "Work");
    publish(protocol, "stop-" + id, id, Map.of());
    awaitCompleted(key);
    assertThat(elements(key, ElementInstanceState.COMPLETED)).contains("Stopped").doesNotContain("Done");
    assertThat(elements(key, ElementInstanceState.TERMINATED)).containsExactly("Work");
  }

  @ParameterizedTest
  @EnumSource
  void anEventSubProcessInterruptsOrNot(Protocol protocol) {
    String id = "sub-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .eventSubProcess("Ask", sub ->
                    sub.startEvent("Asked")
                        .message(m -> m.name("ask-" + id).zeebeCorrelationKeyExpression("leadId"))
                        .interrupting(false)
                        .endEvent())
                .eventSubProcess("Suppress", sub ->
                    sub.startEvent("Suppressed")
                        .message(m -> m.name("suppress-" + id).zeebeCorrelationKeyExpression("leadId"))
                        .interrupting(true)
                        .endEvent("Stopped"))
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .endEvent("Done")
                .done(),
            Map.of("leadId", id));
    active(key, "Work");
    assertThat(
            client(Protocol.REST)
                .newMessageSubscriptionSearchRequest()
                .filter(filter -> filter.processInstanceKey(key))
                .send().join().items())
        .extracting(subscription -> subscription.getMessageName())
        .containsExactlyInAnyOrder("ask-" + id, "suppress-" + id);
    publish(protocol, "ask-" + id, id, Map.of());
    Awaitility.await().untilAsserted(() ->
        assertThat(elements(key, ElementInstanceState.COMPLETED)).contains("Ask"));
    active(key, "Work");
    publish(protocol, "suppress-" + id, id, Map.of());
    awaitCompleted(key);
    assertThat(elements(key, ElementInstanceState.COMPLETED)).contains("Stopped").doesNotContain("Done");
  }

  @ParameterizedTest
  @EnumSource
  void thrownMessagesAreJobs(Protocol protocol) {
    String id = "throw-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .sendTask("Send", task -> task.zeebeJobType(id))
                .intermediateThrowEvent("Throw", event -> event.message("thrown").zeebeJobType(id))
                .endEvent("End", event -> event.message("ended").zeebeJobType(id))
                .done(),
            Map.of());
    for (String element : new String[] {"Send", "Throw", "End"}) {
      ActivatedJob job = job(protocol, id);
      assertThat(job.getElementId()).isEqualTo(element);
      complete(protocol, job, Map.of());
    }
    awaitCompleted(key);
  }
}
