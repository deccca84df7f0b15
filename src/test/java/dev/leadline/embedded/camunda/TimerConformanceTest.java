package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.active;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.deploy;
import static dev.leadline.embedded.camunda.Gateway.elements;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.instances;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.now;
import static dev.leadline.embedded.camunda.Gateway.only;
import static dev.leadline.embedded.camunda.Gateway.passTime;
import static dev.leadline.embedded.camunda.Gateway.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: timer events. No test waits: the engine's clock is moved. */
@Tag("engine")
class TimerConformanceTest {

  private static void awaitCompleted(long instance, String element, int times) {
    await().untilAsserted(() ->
        assertThat(elements(instance, ElementInstanceState.COMPLETED)).filteredOn(element::equals).hasSize(times));
  }

  @ParameterizedTest
  @EnumSource
  void aDurationAndADatePass(Protocol protocol) {
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess("pass-" + protocol)
                .startEvent()
                .intermediateCatchEvent("Duration", event -> event.timerWithDuration("P1DT2H"))
                .intermediateCatchEvent("Date", event -> event.timerWithDateExpression("due"))
                .intermediateCatchEvent("Computed", event -> event.timerWithDurationExpression("duration(pause)"))
                .endEvent()
                .done(),
            Map.of("due", now().plus(Duration.ofDays(3)).toString(), "pause", "PT30M"));
    active(key, "Duration");
    passTime(Duration.ofHours(27));
    active(key, "Date");
    passTime(Duration.ofHours(24));
    assertThat(elements(key, ElementInstanceState.ACTIVE)).contains("Date");
    passTime(Duration.ofHours(24));
    active(key, "Computed");
    passTime(Duration.ofMinutes(31));
    Gateway.awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void aReminderRepeatsAsOftenAsItSaysAndADeadlineInterrupts(Protocol protocol) {
    String id = "remind-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .boundaryEvent("Remind", event -> event.cancelActivity(false).timerWithCycle("R2/PT1H"))
                .endEvent("Reminded")
                .moveToActivity("Work")
                .boundaryEvent("Deadline", event -> event.timerWithDuration("PT5H"))
                .endEvent("Late")
                .moveToActivity("Work")
                .endEvent("Done")
                .done(),
            Map.of());
    active(key, "Work");
    passTime(Duration.ofMinutes(61));
    awaitCompleted(key, "Reminded", 1);
    active(key, "Work");
    passTime(Duration.ofMinutes(61));
    awaitCompleted(key, "Reminded", 2);
    passTime(Duration.ofHours(4));
    Gateway.awaitCompleted(key);
    assertThat(elements(key, ElementInstanceState.COMPLETED))
        .contains("Late")
        .doesNotContain("Done")
        .filteredOn("Reminded"::equals).hasSize(2);
    assertThat(elements(key, ElementInstanceState.TERMINATED)).containsExactly("Work");
  }

  @ParameterizedTest
  @EnumSource
  void aCronExpressionIsACycle(Protocol protocol) {
    String id = "cron-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .boundaryEvent("Daily", event -> event.cancelActivity(false).timerWithCycle("0 0 9 * * *"))
                .endEvent("Ticked")
                .moveToActivity("Work")
                .endEvent()
                .done(),
            Map.of());
    active(key, "Work");
    passTime(Duration.ofHours(24));
    awaitCompleted(key, "Ticked", 1);
    passTime(Duration.ofHours(24));
    awaitCompleted(key, "Ticked", 2);
    complete(protocol, job(protocol, id), Map.of());
    Gateway.awaitCompleted(key);
  }

  @ParameterizedTest
  @EnumSource
  void anEventSubProcessOnTimeInterruptsOrNot(Protocol protocol) {
    String id = "subtimer-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .eventSubProcess("Notice", sub ->
                    sub.startEvent().interrupting(false).timerWithDuration("PT1H").endEvent("Noticed"))
                .eventSubProcess("GiveUp", sub ->
                    sub.startEvent().interrupting(true).timerWithDuration("PT3H").endEvent("GivenUp"))
                .startEvent()
                .serviceTask("Work", task -> task.zeebeJobType(id))
                .endEvent("Done")
                .done(),
            Map.of());
    active(key, "Work");
    passTime(Duration.ofMinutes(61));
    awaitCompleted(key, "Noticed", 1);
    active(key, "Work");
    passTime(Duration.ofHours(2));
    Gateway.awaitCompleted(key);
    assertThat(elements(key, ElementInstanceState.COMPLETED)).contains("GivenUp").doesNotContain("Done");
  }

  @ParameterizedTest
  @EnumSource
  void aTimerStartsInstancesOfTheNewestVersionOnly(Protocol protocol) {
    String id = "nightly-" + protocol;
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().timerWithCycle("R2/PT1H").endEvent("Old").done());
    assertThat(instances(id)).isEmpty();
    passTime(Duration.ofMinutes(61));
    assertThat(only(id).getProcessDefinitionVersion()).isEqualTo(1);
    deploy(
        protocol,
        Bpmn.createExecutableProcess(id).startEvent().timerWithCycle("R2/PT2H").endEvent("New").done());
    for (int round = 1; round <= 2; round++) {
      int expected = 1 + round;
      passTime(Duration.ofMinutes(121));
      await().untilAsserted(() -> assertThat(instances(id)).hasSize(expected));
    }
    assertThat(instances(id))
        .extracting(instance -> instance.getProcessDefinitionVersion())
        .containsExactlyInAnyOrder(1, 2, 2);
  }

  @ParameterizedTest
  @EnumSource
  void aDateStartsOneInstance(Protocol protocol) {
    String id = "dated-" + protocol;
    String due = now().plus(Duration.ofHours(2)).toString();
    deploy(protocol, Bpmn.createExecutableProcess(id).startEvent().timerWithDate(due).endEvent().done());
    assertThat(instances(id)).isEmpty();
    passTime(Duration.ofHours(3));
    Gateway.awaitCompleted(only(id).getProcessInstanceKey());
  }

  @ParameterizedTest
  @EnumSource
  void aJobGoesToTheNextWorkerWhenItsTimeIsOver(Protocol protocol) {
    String id = "timeout-" + protocol;
    long key =
        start(
            protocol,
            Bpmn.createExecutableProcess(id).startEvent().serviceTask("T", t -> t.zeebeJobType(id)).endEvent().done(),
            Map.of());
    ActivatedJob first = job(protocol, id);
    passTime(Duration.ofMinutes(2));
    ActivatedJob again = job(protocol, id);
    assertThat(again.getKey()).isEqualTo(first.getKey());
    assertThat(again.getDeadline()).isGreaterThan(first.getDeadline());
    assertThat(instance(key).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    complete(protocol, again, Map.of());
    Gateway.awaitCompleted(key);
  }
}
