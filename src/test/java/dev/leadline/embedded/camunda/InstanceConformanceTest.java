package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.awaitState;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.only;
import static dev.leadline.embedded.camunda.Gateway.passTime;
import static dev.leadline.embedded.camunda.Gateway.publish;
import static dev.leadline.embedded.camunda.Gateway.start;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.MigrationPlan;
import io.camunda.client.api.command.MigrationPlan.MigrationPlanBuilderFinalStep;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.response.ProcessInstanceResult;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Camunda 8.8 docs: creating and cancelling instances, variables, process instance modification and migration, resource
 * deletion.
 */
@Tag("engine")
class InstanceConformanceTest {

  private static BpmnModelInstance twoSteps(String id) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .serviceTask("First", task -> task.zeebeJobType("first-" + id))
        .serviceTask("Second", task -> task.zeebeJobType("second-" + id))
        .endEvent("Done")
        .done();
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
            .tags("kind:test")
            .withResult()
            .fetchVariables("b")
            .send()
            .join();
    assertThat(result.getVariablesAsMap()).isEqualTo(Map.of("b", 2));
    assertThat(result.getTags()).containsExactly("kind:test");
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceBeginsWhereToldAndEndsAfterWhatIsTold(Protocol protocol) {
    String id = "part-" + protocol;
    deploy(protocol, twoSteps(id));
    long key =
        client(protocol)
            .newCreateInstanceCommand()
            .bpmnProcessId(id)
            .latestVersion()
            .startBeforeElement("Second")
            .terminateAfterElement("Second")
            .send()
            .join()
            .getProcessInstanceKey();
    complete(protocol, job(protocol, "second-" + id), Map.of());
    awaitState(key, ProcessInstanceState.TERMINATED);
    assertThat(elements(key)).extracting(element -> element.getElementId()).doesNotContain("First", "Done");
    assertThat(elements(key, ElementInstanceState.COMPLETED)).containsExactly("Second");
  }

  @ParameterizedTest
  @EnumSource
  void instancesCarryTagsAndVersionTags(Protocol protocol) {
    String id = "tagged-" + protocol;
    long first =
        deploy(
                protocol,
                Bpmn.createExecutableProcess(id)
                    .versionTag("spring")
                    .startEvent()
                    .serviceTask("Work", task -> task.zeebeJobType(id))
                    .endEvent()
                    .done())
            .getProcesses().getFirst().getProcessDefinitionKey();
    deploy(protocol, twoSteps(id));
    client(protocol)
        .newCreateInstanceCommand().processDefinitionKey(first).tags("lead:L1", "campaign:spring").send().join();
    client(protocol).newCreateInstanceCommand().bpmnProcessId(id).version(1).send().join();
    client(protocol).newCreateInstanceCommand().bpmnProcessId(id).latestVersion().send().join();
    assertThat(Gateway.instances(id))
        .extracting(ProcessInstance::getProcessDefinitionVersion)
        .containsExactlyInAnyOrder(1, 1, 2);
    assertThat(
            client(Protocol.REST)
                .newProcessInstanceSearchRequest()
                .filter(filter -> filter.processDefinitionId(id).tags("lead:L1"))
                .send().join().items())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.getTags()).containsExactlyInAnyOrder("lead:L1", "campaign:spring");
          assertThat(found.getProcessDefinitionVersionTag()).isEqualTo("spring");
        });
    assertThat(job(protocol, id).getTags()).containsExactlyInAnyOrder("lead:L1", "campaign:spring");
  }

  @ParameterizedTest
  @EnumSource
  void variablesAreSetInTheirScope(Protocol protocol) {
    String id = "scopes-" + protocol;
    long key = start(protocol, twoSteps(id), Map.of("a", 1));
    long first = active(key, "First").getElementInstanceKey();
    client(protocol).newSetVariablesCommand(first).variables(Map.of("a", 2, "b", "x")).local(false).send().join();
    assertThat(variables(key)).containsEntry("a", "2").containsEntry("b", "\"x\"");
    client(protocol).newSetVariablesCommand(first).variables(Map.of("a", 3)).local(true).send().join();
    assertThat(variables(first)).containsExactly(Map.entry("a", "3"));
    assertThat(variables(key)).containsEntry("a", "2");
    ActivatedJob job = job(protocol, "first-" + id);
    assertThat(job.getVariablesAsMap()).isEqualTo(Map.of("a", 3, "b", "x"));
    complete(protocol, job, Map.of());
    assertThat(job(protocol, "second-" + id).getVariable("a")).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledInstanceIsOver(Protocol protocol) {
    String id = "cancel-" + protocol;
    long key = start(protocol, twoSteps(id), Map.of());
    ActivatedJob job = job(protocol, "first-" + id);
    client(protocol).newCancelInstanceCommand(key).send().join();
    awaitState(key, ProcessInstanceState.TERMINATED);
    assertThatThrownBy(() -> complete(protocol, job, Map.of()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> client(protocol).newCancelInstanceCommand(key).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
  }

  @ParameterizedTest
  @EnumSource
  void aTokenIsMoved(Protocol protocol) {
    String id = "move-" + protocol;
    long key = start(protocol, twoSteps(id), Map.of());
    client(protocol)
        .newModifyProcessInstanceCommand(key)
        .activateElement("Second")
        .withVariables(Map.of("skipped", true))
        .withVariables(Map.of("inside", 1), "Second")
        .and()
        .terminateElement(active(key, "First").getElementInstanceKey())
        .send()
        .join();
    ActivatedJob second = job(protocol, "second-" + id);
    assertThat(second.getVariablesAsMap()).isEqualTo(Map.of("skipped", true, "inside", 1));
    assertThat(variables(key)).containsOnlyKeys("skipped");
    assertThat(elements(key, ElementInstanceState.TERMINATED)).containsExactly("First");
    complete(protocol, second, Map.of());
    awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void anElementIsActivatedInTheScopeThatIsNamed(Protocol protocol) {
    String id = "ancestor-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .parallelGateway("Fork")
                .subProcess("Scope", sub ->
                    sub.embeddedSubProcess()
                        .startEvent()
                        .serviceTask("Work", task -> task.zeebeJobType(id))
                        .endEvent())
                .endEvent()
                .moveToNode("Fork")
                .connectTo("Scope")
                .done(),
            Map.of());
    List<Long> scopes =
        Awaitility.await().until(
            () ->
                elements(key).stream()
                    .filter(element -> element.getElementId().equals("Scope"))
                    .map(element -> element.getElementInstanceKey())
                    .toList(),
            found -> found.size() == 2);
    assertThatThrownBy(() ->
            client(protocol).newModifyProcessInstanceCommand(key).activateElement("Work").send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Scope");
    client(protocol)
        .newModifyProcessInstanceCommand(key)
        .activateElement("Work", scopes.getFirst())
        .withVariables(Map.of("extra", true), "Work")
        .and()
        .terminateElement(scopes.get(1))
        .send()
        .join();
    List<ActivatedJob> jobs = List.of(job(protocol, id), job(protocol, id));
    assertThat(jobs).filteredOn(job -> job.getVariablesAsMap().containsKey("extra")).hasSize(1);
    jobs.forEach(job -> complete(protocol, job, Map.of()));
    awaitCompleted(key);
    assertThat(elements(key, ElementInstanceState.TERMINATED)).containsExactlyInAnyOrder("Scope", "Work");
  }

  private static MigrationPlan plan(long target, String... pairs) {
    MigrationPlanBuilderFinalStep builder =
        MigrationPlan.newBuilder()
            .withTargetProcessDefinitionKey(target)
            .addMappingInstruction(pairs[0], pairs[1]);
    for (int i = 2; i < pairs.length; i += 2) {
      builder = builder.addMappingInstruction(pairs[i], pairs[i + 1]);
    }
    return builder.build();
  }

  private static void migrate(Protocol protocol, long key, MigrationPlan plan) {
    client(protocol).newMigrateProcessInstanceCommand(key).migrationPlan(plan).send().join();
  }

  @ParameterizedTest
  @EnumSource
  void aRunningInstanceMovesToANewDiagram(Protocol protocol) {
    String id = "migrate-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id).startEvent().serviceTask("Old", t -> t.zeebeJobType(id)).endEvent().done(),
            Map.of());
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
    assertThatThrownBy(() -> migrate(protocol, key, plan(target, "Old", "Nowhere")))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Nowhere");
    assertThat(instance(key).getProcessDefinitionVersion()).isEqualTo(1);
    migrate(protocol, key, plan(target, "Old", "New"));
    assertThat(instance(key).getProcessDefinitionVersion()).isEqualTo(2);
    assertThat(active(key, "New").getProcessDefinitionKey()).isEqualTo(target);
    ActivatedJob job = job(protocol, id);
    assertThat(job.getElementId()).isEqualTo("New");
    complete(protocol, job, Map.of());
    complete(protocol, job(protocol, "more-" + id), Map.of());
    awaitCompleted(key);
  }

  private static BpmnModelInstance withDeadline(String id, String duration, String message) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .serviceTask("Work", task -> task.zeebeJobType(id))
        .boundaryEvent("Deadline", event -> event.timerWithDuration(duration))
        .endEvent("Late")
        .moveToActivity("Work")
        .boundaryEvent("Answer", event ->
            event.message(m -> m.name(message).zeebeCorrelationKeyExpression("leadId")))
        .endEvent("Answered")
        .moveToActivity("Work")
        .endEvent()
        .done();
  }

  private record Migrated(long kept, long renewed) {}

  /** Two instances after half of their deadline: one whose catch events are mapped, one whose are not. */
  private static Migrated migrated(Protocol protocol, String id) {
    deploy(protocol, withDeadline(id, "PT2H", "old-" + id));
    long kept = create(protocol, id, Map.of("leadId", "kept"));
    long renewed = create(protocol, id, Map.of("leadId", "renewed"));
    active(kept, "Work");
    active(renewed, "Work");
    passTime(Duration.ofMinutes(61));
    long target =
        deploy(protocol, withDeadline(id, "PT2H", "new-" + id)).getProcesses().getFirst().getProcessDefinitionKey();
    migrate(
        protocol, kept, plan(target, "Work", "Work", "Deadline", "Deadline", "Answer", "Answer"));
    migrate(protocol, renewed, plan(target, "Work", "Work"));
    return new Migrated(kept, renewed);
  }

  @ParameterizedTest
  @EnumSource
  void aMappedTimerGoesOnAndAnUnmappedOneBeginsAgain(Protocol protocol) {
    Migrated both = migrated(protocol, "timers-" + protocol);
    passTime(Duration.ofMinutes(61));
    awaitCompleted(both.kept());
    assertThat(elements(both.kept(), ElementInstanceState.COMPLETED)).contains("Late");
    assertThat(instance(both.renewed()).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    passTime(Duration.ofMinutes(61));
    awaitCompleted(both.renewed());
  }

  @ParameterizedTest
  @EnumSource
  void aMappedMessageKeepsItsNameAndAnUnmappedOneIsSubscribedAnew(Protocol protocol) {
    String id = "subscriptions-" + protocol;
    Migrated both = migrated(protocol, id);
    publish(protocol, "new-" + id, "kept", Map.of());
    publish(protocol, "old-" + id, "renewed", Map.of());
    assertThat(instance(both.kept()).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    assertThat(instance(both.renewed()).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    publish(protocol, "old-" + id, "kept", Map.of());
    publish(protocol, "new-" + id, "renewed", Map.of());
    awaitCompleted(both.kept());
    awaitCompleted(both.renewed());
    assertThat(elements(both.renewed(), ElementInstanceState.COMPLETED)).contains("Answered");
  }

  @ParameterizedTest
  @EnumSource
  void aDeletedProcessCannotBeStarted(Protocol protocol) {
    String id = "deleted-" + protocol;
    long first = deploy(protocol, twoSteps(id)).getProcesses().getFirst().getProcessDefinitionKey();
    long second =
        deploy(protocol, Bpmn.createExecutableProcess(id).startEvent().endEvent("Newer").done())
            .getProcesses().getFirst().getProcessDefinitionKey();
    client(protocol).newDeleteResourceCommand(second).send().join();
    create(protocol, id, Map.of());
    assertThat(only(id).getProcessDefinitionVersion()).isEqualTo(1);
    client(protocol).newCancelInstanceCommand(only(id).getProcessInstanceKey()).send().join();
    awaitState(only(id).getProcessInstanceKey(), ProcessInstanceState.TERMINATED);
    client(protocol).newDeleteResourceCommand(first).send().join();
    assertThatThrownBy(() -> create(protocol, id, Map.of()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
    assertThatThrownBy(() -> client(protocol).newDeleteResourceCommand(first).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("NOT_FOUND");
  }
}
