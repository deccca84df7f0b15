package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.incident;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.start;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.IncidentErrorType;
import io.camunda.client.api.search.enums.JobKind;
import io.camunda.client.api.search.enums.ListenerEventType;
import io.camunda.client.api.search.response.Incident;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: concepts/execution-listeners. */
@Tag("engine")
class ListenerConformanceTest {

  @ParameterizedTest
  @EnumSource
  void listenersOfProcessEventGatewayAndTaskRunInOrder(Protocol protocol) {
    String id = "listeners-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .zeebeStartExecutionListener(id)
                .zeebeEndExecutionListener(id)
                .startEvent("Start")
                .zeebeEndExecutionListener(id)
                .exclusiveGateway("Gate")
                .zeebeStartExecutionListener(id)
                .manualTask("Task")
                .zeebeStartExecutionListener(id)
                .zeebeEndExecutionListener(id)
                .endEvent("End")
                .zeebeStartExecutionListener(id)
                .done(),
            Map.of());
    for (String expected :
        List.of(id + " START", "Start END", "Gate START", "Task START", "Task END", "End START", id + " END")) {
      ActivatedJob job = job(protocol, id);
      assertThat(job.getElementId() + " " + job.getListenerEventType()).isEqualTo(expected);
      assertThat(job.getKind()).isEqualTo(JobKind.EXECUTION_LISTENER);
      complete(protocol, job, Map.of());
    }
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void whatAStartListenerBringsIsLocalAndWhatAnEndListenerBringsIsPassedOn(Protocol protocol) {
    String id = "brings-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("Work", task ->
                    task.zeebeJobType(id)
                        .zeebeStartExecutionListener("before-" + id)
                        .zeebeEndExecutionListener("after-" + id))
                .endEvent()
                .done(),
            Map.of());
    complete(protocol, job(protocol, "before-" + id), Map.of("price", 7));
    ActivatedJob work = job(protocol, id);
    assertThat(work.getVariable("price")).isEqualTo(7);
    assertThat(variables(work.getElementInstanceKey())).containsOnlyKeys("price");
    complete(protocol, work, Map.of("result", 1));
    ActivatedJob after = job(protocol, "after-" + id);
    assertThat(after.getListenerEventType()).isEqualTo(ListenerEventType.END);
    complete(protocol, after, Map.of("checked", true));
    awaitCompleted(key);
    assertThat(variables(key)).containsOnlyKeys("result", "checked");
  }

  @ParameterizedTest
  @EnumSource
  void aFailingListenerIsAnIncidentAndRunsAgainWhenItIsResolved(Protocol protocol) {
    String id = "listenerfails-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id).zeebeStartExecutionListener("before-" + id, "1"))
                .endEvent()
                .done(),
            Map.of());
    ActivatedJob listener = job(protocol, "before-" + id);
    assertThat(listener.getRetries()).isEqualTo(1);
    client(protocol).newFailCommand(listener).retries(0).errorMessage("not ready").send().join();
    Incident incident = incident(key);
    assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.EXECUTION_LISTENER_NO_RETRIES);
    assertThat(incident.getErrorMessage()).isEqualTo("not ready");
    client(protocol).newUpdateRetriesCommand(listener.getKey()).retries(1).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    complete(protocol, job(protocol, "before-" + id), Map.of());
    complete(protocol, job(protocol, id), Map.of());
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void aListenerThrowsNoErrors(Protocol protocol) {
    String id = "listenerthrows-" + protocol;
    start(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .serviceTask("Work", task -> task.zeebeJobType(id).zeebeStartExecutionListener("before-" + id))
            .endEvent()
            .done(),
        Map.of());
    ActivatedJob listener = job(protocol, "before-" + id);
    assertThatThrownBy(() -> client(protocol).newThrowErrorCommand(listener).errorCode("STOP").send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Cannot throw BPMN error from EXECUTION_LISTENER job");
  }
}
