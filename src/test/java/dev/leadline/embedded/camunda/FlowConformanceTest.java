package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.awaitCompleted;
import static dev.leadline.embedded.camunda.Gateway.awaitState;
import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
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

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ElementInstanceType;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.CallActivityBuilder;
import io.camunda.zeebe.model.bpmn.builder.MultiInstanceLoopCharacteristicsBuilder;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeBindingType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: gateways, script and undefined tasks, multi-instance, embedded sub-processes, call activities. */
@Tag("engine")
class FlowConformanceTest {

  private static List<String> completed(long instance) {
    return elements(instance, ElementInstanceState.COMPLETED);
  }

  @ParameterizedTest
  @EnumSource
  void anExclusiveGatewayTakesTheTrueWayOrTheDefault(Protocol protocol) {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("exclusive-" + protocol)
            .startEvent()
            .exclusiveGateway("Which")
            .defaultFlow()
            .endEvent("Low")
            .moveToLastExclusiveGateway()
            .conditionExpression("score > 80")
            .endEvent("High")
            .moveToLastExclusiveGateway()
            .conditionExpression("score > 50 and score <= 80")
            .endEvent("Middle")
            .done();
    Map.of(90, "High", 60, "Middle", 10, "Low").forEach((score, end) -> {
      long key = start(protocol, model, Map.of("score", score));
      awaitCompleted(key);
      assertThat(completed(key)).contains("Which", end).hasSize(3);
    });
  }

  @ParameterizedTest
  @EnumSource
  void aParallelGatewayWaitsForAllItsWays(Protocol protocol) {
    String id = "parallel-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .parallelGateway("Fork")
                .serviceTask("A", task -> task.zeebeJobType("a-" + id))
                .parallelGateway("Join")
                .endEvent("Done")
                .moveToNode("Fork")
                .serviceTask("B", task -> task.zeebeJobType("b-" + id))
                .connectTo("Join")
                .done(),
            Map.of());
    ActivatedJob b = job(protocol, "b-" + id);
    complete(protocol, job(protocol, "a-" + id), Map.of("a", 1));
    assertThat(completed(key)).contains("A").doesNotContain("Join", "Done");
    complete(protocol, b, Map.of("b", 2));
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("a", "1").containsEntry("b", "2");
  }

  @ParameterizedTest
  @EnumSource
  void anInclusiveGatewayTakesEveryTrueWayAndJoinsThem(Protocol protocol) {
    BpmnModelInstance model =
        Bpmn.createExecutableProcess("inclusive-" + protocol)
            .startEvent()
            .inclusiveGateway("Which")
            .defaultFlow()
            .manualTask("None")
            .inclusiveGateway("Join")
            .endEvent("Done")
            .moveToNode("Which")
            .conditionExpression("contains(want, \"a\")")
            .manualTask("A")
            .connectTo("Join")
            .moveToNode("Which")
            .conditionExpression("contains(want, \"b\")")
            .manualTask("B")
            .connectTo("Join")
            .done();
    Map.of("ab", List.of("A", "B"), "b", List.of("B"), "-", List.of("None")).forEach((want, ways) -> {
      long key = start(protocol, model, Map.of("want", want));
      awaitCompleted(key);
      assertThat(completed(key)).containsAll(ways).filteredOn("Done"::equals).hasSize(1);
      assertThat(completed(key)).filteredOn(List.of("A", "B", "None")::contains).hasSameSizeAs(ways);
    });
  }

  @ParameterizedTest
  @EnumSource
  void anEventBasedGatewayTakesWhateverHappensFirst(Protocol protocol) {
    String id = "race-" + protocol;
    BpmnModelInstance model =
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .eventBasedGateway("Race")
            .intermediateCatchEvent("Answered", event ->
                event.message(message -> message.name(id).zeebeCorrelationKeyExpression("leadId")))
            .endEvent()
            .moveToNode("Race")
            .intermediateCatchEvent("TimedOut", event -> event.timerWithDuration("PT2H"))
            .endEvent()
            .done();
    long answered = start(protocol, model, Map.of("leadId", "1-" + id));
    long silent = start(protocol, model, Map.of("leadId", "2-" + id));
    active(silent, "Race");
    publish(protocol, id, "1-" + id, Map.of());
    awaitCompleted(answered);
    assertThat(completed(answered)).contains("Answered").doesNotContain("TimedOut");
    passTime(Duration.ofHours(3));
    awaitCompleted(silent);
    assertThat(completed(silent)).contains("TimedOut").doesNotContain("Answered");
  }

  @ParameterizedTest
  @EnumSource
  void aScriptComputesAndPassiveTasksPassThrough(Protocol protocol) {
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess("script-" + protocol)
                .startEvent()
                .scriptTask("Sum", task ->
                    task.zeebeExpression("sum(for l in leads return l.score)").zeebeResultVariable("total"))
                .task("Undefined")
                .manualTask("Manual")
                .intermediateThrowEvent("None")
                .endEvent()
                .done(),
            Map.of("leads", List.of(Map.of("score", 40), Map.of("score", 2))));
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("total", "42");
    assertThat(completed(key)).contains("Sum", "Undefined", "Manual", "None");
  }

  private static BpmnModelInstance each(String id, Consumer<MultiInstanceLoopCharacteristicsBuilder> kind) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .serviceTask("Each", task ->
            task.zeebeJobType(id)
                .multiInstance(loop -> {
                  loop.zeebeInputCollectionExpression("leads")
                      .zeebeInputElement("lead")
                      .zeebeOutputCollection("scores")
                      .zeebeOutputElementExpression("score");
                  kind.accept(loop);
                }))
        .endEvent()
        .done();
  }

  @ParameterizedTest
  @EnumSource
  void aSequentialMultiInstanceCollectsInOrder(Protocol protocol) {
    String id = "sequential-" + protocol;
    long key = start(protocol, each(id, loop -> loop.sequential()), Map.of("leads", List.of("a", "b", "c")));
    for (String lead : List.of("a", "b", "c")) {
      ActivatedJob job = job(protocol, id);
      assertThat(job.getVariable("lead")).isEqualTo(lead);
      assertThat(elements(key, ElementInstanceState.ACTIVE)).filteredOn("Each"::equals).hasSize(2);
      complete(protocol, job, Map.of("score", lead + "!"));
    }
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("scores", "[\"a!\",\"b!\",\"c!\"]").doesNotContainKeys("lead", "score");
    assertThat(elements(key))
        .filteredOn(element -> element.getType() == ElementInstanceType.MULTI_INSTANCE_BODY)
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void aParallelMultiInstanceEndsWhenItsConditionIsMet(Protocol protocol) {
    String id = "eachparallel-" + protocol;
    long key =
        start(
            protocol,
            each(id, loop -> loop.parallel().completionCondition("=numberOfCompletedInstances = 2")),
            Map.of("leads", List.of("a", "b", "c")));
    List<ActivatedJob> jobs = List.of(job(protocol, id), job(protocol, id), job(protocol, id));
    complete(protocol, jobs.get(2), Map.of("score", 3));
    complete(protocol, jobs.get(0), Map.of("score", 1));
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("scores", "[1,null,3]");
    assertThat(elements(key, ElementInstanceState.TERMINATED)).containsExactly("Each");
  }

  @ParameterizedTest
  @EnumSource
  void aMultiInstanceOverNothingCompletesAtOnce(Protocol protocol) {
    long key =
        start(protocol, each("nothing-" + protocol, loop -> loop.parallel()), Map.of("leads", List.of()));
    awaitCompleted(key);
    assertThat(variables(key)).containsEntry("scores", "[]");
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
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess("calling-" + id)
                .startEvent()
                .callActivity("Call", call -> call.zeebeProcessId(id))
                .endEvent()
                .done(),
            Map.of("touches", List.of(Map.of("after", "PT0S"), Map.of("after", "P1D"))));
    complete(protocol, job(protocol, id), Map.of());
    long called = only(id).getProcessInstanceKey();
    active(called, "Wait");
    passTime(Duration.ofHours(25));
    complete(protocol, job(protocol, id), Map.of());
    assertThat(client(Protocol.REST).newProcessInstanceGetCallHierarchyRequest(called).send().join())
        .extracting(entry -> entry.getProcessInstanceKey())
        .containsExactly(key, called);
    awaitCompleted(key);
  }

  private static void deployCalled(Protocol protocol, String id) {
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .serviceTask("Inside", task -> task.zeebeJobType(id))
            .endEvent()
            .done());
  }

  private static long call(
      Protocol protocol, String id, Consumer<CallActivityBuilder> call) {
    return start(
        protocol,
        Bpmn.createExecutableProcess("caller-" + id)
            .startEvent()
            .callActivity("Call", activity -> call.accept(activity.zeebeProcessIdExpression("callee")))
            .endEvent()
            .done(),
        Map.of("callee", id, "a", 1));
  }

  @ParameterizedTest
  @EnumSource
  void aCallPassesEverythingUnlessToldOtherwise(Protocol protocol) {
    String id = "propagate-" + protocol;
    deployCalled(protocol, id);
    long open = call(protocol, id, activity -> {});
    ActivatedJob all = job(protocol, id);
    assertThat(all.getVariablesAsMap()).containsOnlyKeys("callee", "a");
    complete(protocol, all, Map.of("b", 2));
    awaitCompleted(open);
    assertThat(variables(open)).containsOnlyKeys("callee", "a", "b");
    assertThat(instance(all.getProcessInstanceKey()).getParentProcessInstanceKey()).isEqualTo(open);

    long closed =
        call(protocol, id, activity ->
            activity
                .zeebePropagateAllParentVariables(false)
                .zeebePropagateAllChildVariables(false)
                .zeebeInputExpression("a + 1", "given")
                .zeebeOutputExpression("b * 10", "result"));
    ActivatedJob mapped = job(protocol, id);
    assertThat(mapped.getVariablesAsMap()).isEqualTo(Map.of("given", 2));
    complete(protocol, mapped, Map.of("b", 2, "c", 3));
    awaitCompleted(closed);
    assertThat(variables(closed)).containsOnlyKeys("callee", "a", "result").containsEntry("result", "20");
  }

  @ParameterizedTest
  @EnumSource
  void aCancelledCallerTakesItsCalledInstanceAlong(Protocol protocol) {
    String id = "along-" + protocol;
    deployCalled(protocol, id);
    long key = call(protocol, id, activity -> {});
    long called = job(protocol, id).getProcessInstanceKey();
    client(protocol).newCancelInstanceCommand(key).send().join();
    awaitState(called, ProcessInstanceState.TERMINATED);
    awaitState(key, ProcessInstanceState.TERMINATED);
  }

  private static BpmnModelInstance version(String id, String tag) {
    return Bpmn.createExecutableProcess(id).versionTag(tag).startEvent().endEvent("End_" + tag).done();
  }

  private static BpmnModelInstance binding(String id, ZeebeBindingType type) {
    return Bpmn.createExecutableProcess(type + "-" + id)
        .startEvent()
        .intermediateCatchEvent("Wait", event -> event.signal(id))
        .callActivity("Call", call -> {
          call.zeebeProcessId(id).zeebeBindingType(type);
          if (type == ZeebeBindingType.versionTag) {
            call.zeebeVersionTag("v1");
          }
        })
        .endEvent()
        .done();
  }

  @ParameterizedTest
  @EnumSource
  void aCallIsBoundToTheLatestToItsDeploymentOrToATag(Protocol protocol) {
    String id = "bound-" + protocol;
    deploy(protocol, version(id, "v1"));
    client(protocol)
        .newDeployResourceCommand()
        .addProcessModel(version(id, "v2"), "called.bpmn")
        .addProcessModel(binding(id, ZeebeBindingType.deployment), "deployment.bpmn")
        .addProcessModel(binding(id, ZeebeBindingType.latest), "latest.bpmn")
        .addProcessModel(binding(id, ZeebeBindingType.versionTag), "tag.bpmn")
        .send()
        .join();
    Map<ZeebeBindingType, String> expected =
        Map.of(ZeebeBindingType.latest, "v3", ZeebeBindingType.deployment, "v2", ZeebeBindingType.versionTag, "v1");
    expected.keySet().forEach(type -> {
      long key = Gateway.create(protocol, type + "-" + id, Map.of());
      active(key, "Wait");
    });
    deploy(protocol, version(id, "v3"));
    client(protocol).newBroadcastSignalCommand().signalName(id).send().join();
    expected.forEach((type, tag) -> {
      long key = only(type + "-" + id).getProcessInstanceKey();
      awaitCompleted(key);
      assertThat(
              client(Protocol.REST)
                  .newProcessInstanceSearchRequest()
                  .filter(filter -> filter.parentProcessInstanceKey(key))
                  .send().join().items())
          .singleElement()
          .satisfies(called -> {
            assertThat(called.getProcessDefinitionVersionTag()).isEqualTo(tag);
            assertThat(completed(called.getProcessInstanceKey())).contains("End_" + tag);
          });
    });
  }
}
