package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.awaitState;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.only;
import static dev.leadline.embedded.camunda.Gateway.start;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.ProcessBuilder;
import io.camunda.zeebe.model.bpmn.builder.ServiceTaskBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: signal, error, escalation, compensation, link and terminate events. */
@Tag("engine")
class EventConformanceTest {

  private static List<String> completed(long instance) {
    return elements(instance, ElementInstanceState.COMPLETED);
  }

  private static void broadcast(Protocol protocol, String signal) {
    client(protocol).newBroadcastSignalCommand().signalName(signal).variables(Map.of("from", signal)).send().join();
  }

  @ParameterizedTest
  @EnumSource
  void aSignalReachesEverybodyWhoListens(Protocol protocol) {
    String id = "signal-" + protocol;
    BpmnModelInstance catching =
        Bpmn.createExecutableProcess("catching-" + id)
            .startEvent()
            .intermediateCatchEvent("Paused", event -> event.signal(id))
            .endEvent()
            .done();
    long first = start(protocol, catching, Map.of());
    long second = start(protocol, catching, Map.of());
    deploy(
        protocol,
        Bpmn.createExecutableProcess("started-" + id).startEvent().signal(id).endEvent().done());
    broadcast(protocol, id);
    awaitCompleted(first);
    awaitCompleted(second);
    assertThat(variables(first)).containsEntry("from", "\"" + id + "\"");
    ProcessInstance started = only("started-" + id);
    awaitCompleted(started.getProcessInstanceKey());
    assertThat(variables(started.getProcessInstanceKey())).containsEntry("from", "\"" + id + "\"");
  }

  @ParameterizedTest
  @EnumSource
  void aThrownSignalReachesBoundaryAndEventSubProcess(Protocol protocol) {
    String id = "alarm-" + protocol;
    long listening =
        start(
            protocol,
            Bpmn.createExecutableProcess("listening-" + id)
                .eventSubProcess("Log", sub -> sub.startEvent().interrupting(false).signal("note-" + id).endEvent())
                .eventSubProcess("Stop", sub -> sub.startEvent().interrupting(true).signal("end-" + id).endEvent())
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .boundaryEvent("Noted", event -> event.cancelActivity(false).signal("note-" + id))
                .endEvent()
                .moveToActivity("Work")
                .boundaryEvent("Broken", event -> event.signal("break-" + id))
                .serviceTask("After", task -> task.zeebeJobType("after-" + id))
                .endEvent()
                .moveToActivity("Work")
                .endEvent("Done")
                .done(),
            Map.of());
    active(listening, "Work");
    BpmnModelInstance throwing =
        Bpmn.createExecutableProcess("throwing-" + id)
            .startEvent()
            .intermediateThrowEvent("Throw", event -> event.signal("note-" + id))
            .endEvent("End", event -> event.signal("break-" + id))
            .done();
    awaitCompleted(start(protocol, throwing, Map.of()));
    active(listening, "After");
    assertThat(completed(listening)).contains("Log", "Noted", "Broken").doesNotContain("Done");
    assertThat(elements(listening, ElementInstanceState.TERMINATED)).containsExactly("Work");
    broadcast(protocol, "end-" + id);
    awaitCompleted(listening);
    assertThat(completed(listening)).contains("Stop");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfAJobTakesTheOtherWay(Protocol protocol) {
    String id = "error-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .boundaryEvent("Caught", event ->
                    event.error("NOT_APPROVED").zeebeOutputExpression("why", "reason"))
                .endEvent("Refused")
                .moveToActivity("Work")
                .endEvent("Sent")
                .done(),
            Map.of());
    throwError(protocol, id, "NOT_APPROVED");
    awaitCompleted(key);
    assertThat(completed(key)).contains("Refused").doesNotContain("Sent");
    assertThat(variables(key)).containsOnlyKeys("reason").containsEntry("reason", "\"nobody said yes\"");
    assertThat(client(Protocol.REST).newProcessInstanceSequenceFlowsRequest(key).send().join()).hasSize(2);
  }

  private static void throwError(Protocol protocol, String type, String code) {
    client(protocol)
        .newThrowErrorCommand(job(protocol, type))
        .errorCode(code)
        .errorMessage("nobody said yes")
        .variables(Map.of("why", "nobody said yes"))
        .send()
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void anErrorIsCaughtByItsCodeOrByTheCatchAll(Protocol protocol) {
    String id = "codes-" + protocol;
    BpmnModelInstance model =
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .serviceTask("Work", task -> task.zeebeJobType(id))
            .boundaryEvent("Known", event -> event.error("KNOWN"))
            .endEvent("KnownEnd")
            .moveToActivity("Work")
            .boundaryEvent("Any", event -> event.error())
            .endEvent("AnyEnd")
            .moveToActivity("Work")
            .endEvent()
            .done();
    long known = start(protocol, model, Map.of());
    throwError(protocol, id, "KNOWN");
    awaitCompleted(known);
    assertThat(completed(known)).contains("KnownEnd").doesNotContain("AnyEnd");
    long any = start(protocol, model, Map.of());
    throwError(protocol, id, "OTHER");
    awaitCompleted(any);
    assertThat(completed(any)).contains("AnyEnd").doesNotContain("KnownEnd");
  }

  @ParameterizedTest
  @EnumSource
  void anErrorEndEventIsCaughtOutsideOrByAnEventSubProcess(Protocol protocol) {
    String id = "errorend-" + protocol;
    long outside =
        start(
            protocol,
            Bpmn.createExecutableProcess("outside-" + id)
                .startEvent()
                .subProcess("Inner", sub ->
                    sub.embeddedSubProcess().startEvent().endEvent("Fail", event -> event.error("INNER")))
                .boundaryEvent("Caught", event -> event.error("INNER"))
                .endEvent("Handled")
                .moveToActivity("Inner")
                .endEvent("Done")
                .done(),
            Map.of());
    awaitCompleted(outside);
    assertThat(completed(outside)).contains("Handled").doesNotContain("Done");
    long inside =
        start(
            protocol,
            Bpmn.createExecutableProcess("inside-" + id)
                .eventSubProcess("Repair", sub -> sub.startEvent().error("BROKEN").endEvent("Repaired"))
                .startEvent()
                .endEvent("Fail", event -> event.error("BROKEN"))
                .done(),
            Map.of());
    awaitCompleted(inside);
    assertThat(completed(inside)).contains("Repair", "Repaired");
  }

  private static BpmnModelInstance escalating(String id, boolean interrupting) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .subProcess("Inner", sub ->
            sub.embeddedSubProcess()
                .startEvent()
                .intermediateThrowEvent("Raise", event -> event.escalation("LATE"))
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .endEvent())
        .boundaryEvent("Caught", event -> event.cancelActivity(interrupting).escalation("LATE"))
        .endEvent("Handled")
        .moveToActivity("Inner")
        .endEvent("Done")
        .done();
  }

  @ParameterizedTest
  @EnumSource
  void anEscalationAtTheBoundaryInterruptsOrNot(Protocol protocol) {
    String id = "escalate-" + protocol;
    long interrupted = start(protocol, escalating("interrupting-" + id, true), Map.of());
    awaitCompleted(interrupted);
    assertThat(completed(interrupted)).contains("Handled").doesNotContain("Done");
    assertThat(elements(interrupted, ElementInstanceState.TERMINATED)).contains("Inner");
    long going = start(protocol, escalating(id, false), Map.of());
    complete(protocol, job(protocol, id), Map.of());
    awaitCompleted(going);
    assertThat(completed(going)).contains("Handled", "Done");
  }

  @ParameterizedTest
  @EnumSource
  void anEscalationIsHandledByAnEventSubProcess(Protocol protocol) {
    for (boolean interrupting : new boolean[] {true, false}) {
      String id = "handled-" + interrupting + "-" + protocol;
      long key =
          start(
              protocol,
              Bpmn.createExecutableProcess(id)
                  .eventSubProcess("Handle", sub ->
                      sub.startEvent().interrupting(interrupting).escalation("LATE").endEvent("Handled"))
                  .startEvent()
                  .intermediateThrowEvent("Raise", event -> event.escalation("LATE"))
                  .manualTask("GoOn")
                  .endEvent("Done")
                  .done(),
              Map.of());
      awaitCompleted(key);
      assertThat(completed(key)).contains("Handled");
      assertThat(completed(key).contains("Done")).isEqualTo(!interrupting);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anEscalationEndEventIsCaughtAndAnUncaughtOneIsForgotten(Protocol protocol) {
    String id = "escalationend-" + protocol;
    long caught =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .subProcess("Inner", sub ->
                    sub.embeddedSubProcess().startEvent().endEvent("Raise", event -> event.escalation("LATE")))
                .boundaryEvent("Caught", event -> event.cancelActivity(false).escalation())
                .endEvent("Handled")
                .moveToActivity("Inner")
                .intermediateThrowEvent("Nobody", event -> event.escalation("UNHEARD"))
                .endEvent("Done")
                .done(),
            Map.of());
    awaitCompleted(caught);
    assertThat(completed(caught)).contains("Handled", "Nobody", "Done");
  }

  private static ServiceTaskBuilder booking(String id) {
    ServiceTaskBuilder book =
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("Book", task -> task.zeebeJobType("book-" + id));
    book.boundaryEvent("OnUndo")
        .compensation(undo -> undo.serviceTask("Undo", task -> task.zeebeJobType("undo-" + id)));
    ServiceTaskBuilder pay = book.serviceTask("Pay", task -> task.zeebeJobType("pay-" + id));
    pay.boundaryEvent("OnRefund")
        .compensation(undo -> undo.serviceTask("Refund", task -> task.zeebeJobType("refund-" + id)));
    return pay;
  }

  @ParameterizedTest
  @EnumSource
  void whatWasDoneIsCompensated(Protocol protocol) {
    String id = "undo-" + protocol;
    long key =
        start(
            protocol,
            booking(id)
                .intermediateThrowEvent("Compensate", event -> event.compensateEventDefinition())
                .endEvent("Done")
                .done(),
            Map.of());
    complete(protocol, job(protocol, "book-" + id), Map.of("place", 7));
    complete(protocol, job(protocol, "pay-" + id), Map.of());
    ActivatedJob undo = job(protocol, "undo-" + id);
    assertThat(undo.getVariable("place")).isEqualTo(7);
    complete(protocol, undo, Map.of());
    assertThat(completed(key)).doesNotContain("Done");
    complete(protocol, job(protocol, "refund-" + id), Map.of());
    awaitCompleted(key);
    assertThat(completed(key)).contains("Undo", "Refund", "Compensate", "Done");
  }

  @ParameterizedTest
  @EnumSource
  void aCompensationEndEventUndoesOneActivity(Protocol protocol) {
    String id = "undoone-" + protocol;
    long key =
        start(
            protocol,
            booking(id)
                .endEvent("Compensate", event -> event.compensateEventDefinition().activityRef("Book"))
                .done(),
            Map.of());
    complete(protocol, job(protocol, "book-" + id), Map.of());
    complete(protocol, job(protocol, "pay-" + id), Map.of());
    complete(protocol, job(protocol, "undo-" + id), Map.of());
    awaitCompleted(key);
    assertThat(completed(key)).contains("Undo").doesNotContain("Refund");
  }

  @ParameterizedTest
  @EnumSource
  void aLinkGoesOnElsewhere(Protocol protocol) {
    ProcessBuilder process = Bpmn.createExecutableProcess("link-" + protocol);
    process.startEvent().intermediateThrowEvent("Out", event -> event.link("A"));
    long key = start(protocol, process.linkCatchEvent("In").link("A").endEvent("Done").done(), Map.of());
    awaitCompleted(key);
    assertThat(completed(key)).contains("Out", "In", "Done");
  }

  @ParameterizedTest
  @EnumSource
  void aTerminateEndEventEndsEverythingInItsScope(Protocol protocol) {
    String id = "terminate-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .subProcess("Inner", sub ->
                    sub.embeddedSubProcess()
                        .startEvent()
                        .parallelGateway("Fork")
                        .serviceTask("Work", task -> task.zeebeJobType(id))
                        .endEvent("Never")
                        .moveToNode("Fork")
                        .serviceTask("Quick", task -> task.zeebeJobType("quick-" + id))
                        .endEvent("Stop", event -> event.terminate()))
                .endEvent("Done")
                .done(),
            Map.of());
    active(key, "Work");
    complete(protocol, job(protocol, "quick-" + id), Map.of());
    awaitState(key, ProcessInstanceState.COMPLETED);
    assertThat(completed(key)).contains("Stop", "Inner", "Done").doesNotContain("Never");
    assertThat(elements(key, ElementInstanceState.TERMINATED)).containsExactly("Work");
    await().untilAsserted(() ->
        assertThat(
                client(Protocol.REST).newJobSearchRequest().filter(f -> f.type(id)).send().join().items())
            .singleElement()
            .satisfies(job -> assertThat(job.getState().name()).isEqualTo("CANCELED")));
  }
}
