package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import dev.leadline.journey.Instance.State;
import dev.leadline.web.NotHere;
import io.camunda.client.CamundaClient;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstancesTest {

  private static final String ONE_STEP =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="http://bpmn.io/schema/bpmn">
        <bpmn:process id="one-step" name="One step" isExecutable="true">
          <bpmn:startEvent id="Start"><bpmn:outgoing>Flow_Wanted</bpmn:outgoing></bpmn:startEvent>
          <bpmn:sequenceFlow id="Flow_Wanted" sourceRef="Start" targetRef="AskPartner" />
          <bpmn:serviceTask id="AskPartner">
            <bpmn:extensionElements><zeebe:taskDefinition type="ask" retries="1" /></bpmn:extensionElements>
            <bpmn:incoming>Flow_Wanted</bpmn:incoming><bpmn:outgoing>Flow_Asked</bpmn:outgoing>
          </bpmn:serviceTask>
          <bpmn:sequenceFlow id="Flow_Asked" sourceRef="AskPartner" targetRef="End" />
          <bpmn:endEvent id="End"><bpmn:incoming>Flow_Asked</bpmn:incoming></bpmn:endEvent>
        </bpmn:process>
      </bpmn:definitions>
      """;

  @TempDir static Path directory;

  private static final AtomicBoolean answering = new AtomicBoolean();
  private static EmbeddedCamunda engine;
  private static CamundaClient client;
  private static Instances instances;

  @BeforeAll
  static void start() {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory.resolve("engine"), "127.0.0.1", 0, 0, true));
    client =
        CamundaClient.newClientBuilder().restAddress(engine.restAddress()).grpcAddress(engine.grpcAddress()).build();
    client.newDeployResourceCommand().addResourceStringUtf8(ONE_STEP, "one-step.bpmn").send().join();
    client
        .newWorker()
        .jobType("ask")
        .handler(
            (jobs, job) -> {
              if (answering.get()) jobs.newCompleteCommand(job).send().join();
              else jobs.newFailCommand(job).retries(0).errorMessage("No answer").send().join();
            })
        .open();
    instances = new Instances(client);
  }

  @AfterAll
  static void stop() {
    client.close();
    engine.close();
  }

  @Test
  void aStuckStepSaysWhyAndGoesOnAfterARetry() {
    long key = stuck();
    var incident = instances.incidents(key).getFirst();
    assertThat(incident.step()).isEqualTo("Ask partner");
    assertThat(incident.message()).isEqualTo("No answer");
    assertThat(instances.marks(key).incidents()).containsEntry("AskPartner", 1L);

    answering.set(true);
    instances.retry(incident.key());
    await().until(() -> instances.get(key).state() == State.FINISHED);

    assertThat(instances.marks(key).flows()).contains("Flow_Wanted", "Flow_Asked");
    assertThatThrownBy(() -> instances.retry(12345)).isInstanceOf(NotHere.class);
  }

  @Test
  void aCancelledInstanceEndedEarly() {
    long key = stuck();

    instances.cancel(key);

    await().until(() -> instances.get(key).state() == State.ENDED_EARLY);
    assertThatThrownBy(() -> instances.cancel(key)).isInstanceOf(NotHere.class);
  }

  @Test
  void whatStartedIsCounted() {
    long key = stuck();
    var journey = new Journeys(client).all().getFirst();

    assertThat(journey.name()).isEqualTo("One step");
    assertThat(journey.running().number()).isPositive();
    assertThat(journey.incidents().number()).isPositive();
    assertThat(new Journeys(client).instances(journey.key(), Show.INCIDENT, 0, 10).instances())
        .extracting(Instance::key)
        .contains(key);
    assertThat(instances.variables(key)).extracting(Instances.Value::json).containsExactly("\"lead-1\"");
  }

  private static long stuck() {
    answering.set(false);
    long key =
        client
            .newCreateInstanceCommand()
            .bpmnProcessId("one-step")
            .latestVersion()
            .variables(Map.of("leadId", "lead-1"))
            .send()
            .join()
            .getProcessInstanceKey();
    await().until(() -> !instances.incidents(key).isEmpty());
    return key;
  }
}
