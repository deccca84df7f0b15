package dev.leadline.inbox;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.response.UserTask;
import java.nio.file.Path;
import java.util.Map;

/** An engine of its own with one process: a review whose completion a listener may deny. */
final class InboxEngine implements AutoCloseable {

  private static final String REVIEW =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          targetNamespace="http://bpmn.io/schema/bpmn">
        <bpmn:process id="review" name="Review" isExecutable="true">
          <bpmn:startEvent id="Start"><bpmn:outgoing>F1</bpmn:outgoing></bpmn:startEvent>
          <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Look" />
          <bpmn:userTask id="Look" name="Have a look">
            <bpmn:extensionElements>
              <zeebe:userTask />
              <zeebe:assignmentDefinition candidateGroups="sdr-reviewers" />
              <zeebe:taskSchedule dueDate="=now() - duration(&#34;PT1M&#34;)" />
              <zeebe:taskListeners>
                <zeebe:taskListener eventType="completing" type="judge" />
              </zeebe:taskListeners>
            </bpmn:extensionElements>
            <bpmn:incoming>F1</bpmn:incoming><bpmn:outgoing>F2</bpmn:outgoing>
          </bpmn:userTask>
          <bpmn:sequenceFlow id="F2" sourceRef="Look" targetRef="End" />
          <bpmn:endEvent id="End"><bpmn:incoming>F2</bpmn:incoming></bpmn:endEvent>
        </bpmn:process>
      </bpmn:definitions>
      """;

  private final EmbeddedCamunda engine;
  final CamundaClient client;

  InboxEngine(Path directory) {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, true));
    client =
        CamundaClient.newClientBuilder()
            .restAddress(engine.restAddress())
            .grpcAddress(engine.grpcAddress())
            .build();
    client.newDeployResourceCommand().addResourceStringUtf8(REVIEW, "review.bpmn").send().join();
    client
        .newWorker()
        .jobType("judge")
        .handler(
            (jobs, job) -> {
              var good = "yes".equals(job.getVariablesAsMap().get("answer"));
              jobs.newCompleteCommand(job)
                  .withResult(result -> result.forUserTask().deny(!good, good ? null : "Say 'yes', it's a test."))
                  .send()
                  .join();
            })
        .open();
  }

  long start(String leadId) {
    return client
        .newCreateInstanceCommand()
        .bpmnProcessId("review")
        .latestVersion()
        .variables(Map.of("leadId", leadId))
        .send()
        .join()
        .getProcessInstanceKey();
  }

  UserTask task(long instance) {
    return client
        .newUserTaskSearchRequest()
        .filter(task -> task.processInstanceKey(instance))
        .send()
        .join()
        .items()
        .getFirst();
  }

  @Override
  public void close() {
    client.close();
    engine.close();
  }
}
