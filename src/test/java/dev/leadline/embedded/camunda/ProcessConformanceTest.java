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
import io.camunda.client.api.command.MigrationPlan;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.ProcessInstanceResult;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class ProcessConformanceTest {

  private static void awaitState(long key, ProcessInstanceState state) {
    await().untilAsserted(() -> assertThat(instance(key).getState()).isEqualTo(state));
  }

  @ParameterizedTest
  @EnumSource
  void aJobIsPushedToAStreamingWorker(Protocol protocol) throws InterruptedException {
    String id = "push-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .serviceTask("Work", task -> task.zeebeJobType(id).zeebeTaskHeader("tone", "friendly"))
            .endEvent()
            .done());
    BlockingQueue<ActivatedJob> seen = new LinkedBlockingQueue<>();
    try (JobWorker worker =
        client(protocol)
            .newWorker()
            .jobType(id)
            .handler((jobs, job) -> {
              seen.add(job);
              jobs.newCompleteCommand(job).variables(Map.of("out", job.getVariable("in"))).send().join();
            })
            .fetchVariables("in")
            .streamEnabled(true)
            .open()) {
      long key = create(protocol, id, Map.of("in", "Zoë ✓", "other", 1));
      ActivatedJob job = seen.poll(5, TimeUnit.SECONDS);
      assertThat(job.getVariablesAsMap()).containsOnlyKeys("in");
      assertThat(job.getCustomHeaders()).containsEntry("tone", "friendly");
      awaitState(key, ProcessInstanceState.COMPLETED);
      assertThat(variables(key)).containsEntry("out", "\"Zoë ✓\"");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailureIsRetriedAfterItsBackOffAndThenBecomesAnIncident(Protocol protocol) {
    String id = "fail-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("Work", t -> t.zeebeJobType(id)).endEvent().done());
    long key = create(protocol, id, Map.of());
    client(protocol)
        .newFailCommand(job(protocol, id))
        .retries(1)
        .retryBackoff(Duration.ofMillis(300))
        .errorMessage("not now")
        .variables(Map.of("tried", 1))
        .send()
        .join();
    ActivatedJob again = job(protocol, id);
    assertThat(again.getRetries()).isEqualTo(1);
    assertThat(again.getVariable("tried")).isEqualTo(1);
    client(protocol).newFailCommand(again).retries(0).errorMessage("never").send().join();
    Incident incident =
        client(Protocol.REST)
            .newIncidentSearchRequest()
            .filter(filter -> filter.processInstanceKey(key))
            .send().join().items().getFirst();
    assertThat(incident.getErrorMessage()).isEqualTo("never");
    assertThat(instance(key).getHasIncident()).isTrue();
    client(protocol).newUpdateRetriesCommand(again.getKey()).retries(2).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    assertThat(instance(key).getHasIncident()).isFalse();
    assertThat(
            client(Protocol.REST).newIncidentGetRequest(incident.getIncidentKey()).send().join().getState())
        .isEqualTo(IncidentState.RESOLVED);
    complete(protocol, job(protocol, id), Map.of());
    awaitState(key, ProcessInstanceState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void aBpmnErrorTakesTheOtherWay(Protocol protocol) {
    String id = "error-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .serviceTask("Work", task -> task.zeebeJobType(id))
            .boundaryEvent("Caught", event -> event.error("NOT_APPROVED"))
            .endEvent("Refused")
            .moveToActivity("Work")
            .endEvent("Sent")
            .done());
    long key = create(protocol, id, Map.of());
    client(protocol)
        .newThrowErrorCommand(job(protocol, id))
        .errorCode("NOT_APPROVED")
        .errorMessage("nobody said yes")
        .send()
        .join();
    awaitState(key, ProcessInstanceState.COMPLETED);
    assertThat(elements(key)).extracting(element -> element.getElementId()).contains("Refused").doesNotContain("Sent");
    assertThat(client(Protocol.REST).newProcessInstanceSequenceFlowsRequest(key).send().join()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void aRunningInstanceMovesToANewDiagram(Protocol protocol) {
    String id = "migrate-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("Old", t -> t.zeebeJobType(id)).endEvent().done());
    long key = create(protocol, id, Map.of());
    long target =
        deploy(
                protocol,
                Bpmn.createExecutableProcess(id)
                    .startEvent()
                    .serviceTask("New", task -> task.zeebeJobType(id))
                    .serviceTask("More", task -> task.zeebeJobType("more-" + id))
                    .endEvent()
                    .done())
            .getProcesses().getFirst().getProcessDefinitionKey();
    client(protocol)
        .newMigrateProcessInstanceCommand(key)
        .migrationPlan(
            MigrationPlan.newBuilder()
                .withTargetProcessDefinitionKey(target)
                .addMappingInstruction("Old", "New")
                .build())
        .send()
        .join();
    assertThat(instance(key).getProcessDefinitionVersion()).isEqualTo(2);
    assertThat(elements(key)).extracting(element -> element.getElementId()).contains("New");
    complete(protocol, job(protocol, id), Map.of());
    complete(protocol, job(protocol, "more-" + id), Map.of());
    awaitState(key, ProcessInstanceState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void aRunningInstanceIsModified(Protocol protocol) {
    String id = "modify-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .serviceTask("First", task -> task.zeebeJobType("first-" + id))
            .serviceTask("Second", task -> task.zeebeJobType(id))
            .endEvent()
            .done());
    long key = create(protocol, id, Map.of());
    ActivatedJob first = job(protocol, "first-" + id);
    client(protocol)
        .newModifyProcessInstanceCommand(key)
        .activateElement("Second")
        .withVariables(Map.of("skipped", true))
        .and()
        .terminateElement(first.getElementInstanceKey())
        .send()
        .join();
    ActivatedJob second = job(protocol, id);
    assertThat(second.getVariable("skipped")).isEqualTo(true);
    complete(protocol, second, Map.of());
    awaitState(key, ProcessInstanceState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void aCallerWaitsForTheResult(Protocol protocol) {
    String id = "result-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .scriptTask("Add", task -> task.zeebeExpression("a + 1").zeebeResultVariable("b"))
            .endEvent()
            .done());
    ProcessInstanceResult result =
        client(protocol)
            .newCreateInstanceCommand()
            .bpmnProcessId(id)
            .latestVersion()
            .variables(Map.of("a", 1))
            .withResult()
            .fetchVariables("b")
            .send()
            .join();
    assertThat(result.getVariablesAsMap()).isEqualTo(Map.of("b", 2));
  }

  @ParameterizedTest
  @EnumSource
  void variablesAreSetAndInstancesCancelled(Protocol protocol) {
    String id = "cancel-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().serviceTask("Work", t -> t.zeebeJobType(id)).endEvent().done());
    long key = create(protocol, id, Map.of("a", 1));
    client(protocol).newSetVariablesCommand(key).variables(Map.of("a", 2, "b", "x")).send().join();
    assertThat(variables(key)).containsEntry("a", "2").containsEntry("b", "\"x\"");
    client(protocol).newCancelInstanceCommand(key).send().join();
    awaitState(key, ProcessInstanceState.TERMINATED);
    assertThatThrownBy(() -> client(protocol).newCancelInstanceCommand(key).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerChoosesTheToolsOfAnAdHocSubProcess(Protocol protocol) {
    String id = "tools-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .adHocSubProcess("Agent", agent -> {
              agent.zeebeJobType("agent-" + id);
              agent.task("Unused");
              agent.serviceTask("Search", task -> task.zeebeJobType("search-" + id));
            })
            .endEvent()
            .done());
    long key = create(protocol, id, Map.of());
    client(protocol)
        .newCompleteCommand(job(protocol, "agent-" + id))
        .withResult(result -> result.forAdHocSubProcess().activateElement("Search").variables(Map.of("query", "acme")))
        .send()
        .join();
    ActivatedJob search = job(protocol, "search-" + id);
    assertThat(search.getVariable("query")).isEqualTo("acme");
    complete(protocol, search, Map.of());
    client(protocol)
        .newCompleteCommand(job(protocol, "agent-" + id))
        .withResult(result -> result.forAdHocSubProcess().completionConditionFulfilled(true))
        .send()
        .join();
    awaitState(key, ProcessInstanceState.COMPLETED);
  }
}
