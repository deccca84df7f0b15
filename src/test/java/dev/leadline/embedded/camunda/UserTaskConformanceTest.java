package dev.leadline.embedded.camunda;

import static dev.leadline.embedded.camunda.Gateway.client;
import static dev.leadline.embedded.camunda.Gateway.complete;
import static dev.leadline.embedded.camunda.Gateway.create;
import static dev.leadline.embedded.camunda.Gateway.instance;
import static dev.leadline.embedded.camunda.Gateway.job;
import static dev.leadline.embedded.camunda.Gateway.variables;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.Gateway.Protocol;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeBindingType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("engine")
class UserTaskConformanceTest {

  private static BpmnModelInstance review(String id) {
    return Bpmn.createExecutableProcess(id)
        .startEvent()
        .userTask("Review", task ->
            task.name("Review the drafts")
                .zeebeUserTask()
                .zeebeFormId("review")
                .zeebeFormBindingType(ZeebeBindingType.deployment)
                .zeebeCandidateGroups("sales")
                .zeebeDueDateExpression("now() + duration(\"PT4H\")")
                .zeebeTaskPriority("70")
                .zeebeStartExecutionListener("show-" + id)
                .zeebeTaskListener(listener -> listener.completing().type("record-" + id)))
        .zeebeOutputExpression("{decision: decision}", "reviewed")
        .endEvent()
        .done();
  }

  private static UserTask task(long instance) {
    AtomicReference<UserTask> found = new AtomicReference<>();
    await().untilAsserted(() -> {
      List<UserTask> tasks =
          client(Protocol.REST)
              .newUserTaskSearchRequest()
              .filter(filter -> filter.processInstanceKey(instance).state(UserTaskState.CREATED))
              .send().join().items();
      assertThat(tasks).hasSize(1);
      found.set(tasks.getFirst());
    });
    return found.get();
  }

  private static long start(Protocol protocol, String id) {
    client(protocol)
        .newDeployResourceCommand()
        .addProcessModel(review(id), "review.bpmn")
        .addResourceFromClasspath("embedded-camunda/review.form")
        .send()
        .join();
    return create(protocol, id, Map.of("leadId", "L1"));
  }

  @ParameterizedTest
  @EnumSource
  void whatTheStartListenerBringsStaysInsideTheTask(Protocol protocol) {
    String id = "local-" + protocol;
    long key = start(protocol, id);
    complete(protocol, job(protocol, "show-" + id), Map.of("emails", List.of(Map.of("subject", "Hello"))));
    UserTask task = task(key);
    assertThat(variables(task.getElementInstanceKey())).containsOnlyKeys("emails");
    assertThat(variables(key)).containsOnlyKeys("leadId");
    assertThat(
            client(Protocol.REST).newUserTaskVariableSearchRequest(task.getUserTaskKey()).send().join().items())
        .extracting(variable -> variable.getName())
        .containsExactlyInAnyOrder("emails", "leadId");
    assertThat(task.getCandidateGroups()).containsExactly("sales");
    assertThat(task.getPriority()).isEqualTo(70);
    assertThat(task.getName()).isEqualTo("Review the drafts");
    assertThat(task.getDueDate()).isAfter(OffsetDateTime.now().plusHours(3));
    assertThat(client(Protocol.REST).newUserTaskGetFormRequest(task.getUserTaskKey()).send().join().getFormId())
        .isEqualTo("review");

    var completion =
        client(protocol)
            .newCompleteUserTaskCommand(task.getUserTaskKey())
            .variables(Map.of("decision", "approve"))
            .send();
    ActivatedJob listener = job(protocol, "record-" + id);
    assertThat(listener.getVariablesAsMap()).containsKeys("emails", "leadId", "decision");
    assertThat(listener.getUserTask().getUserTaskKey()).isEqualTo(task.getUserTaskKey());
    assertThat(listener.getUserTask().getAction()).isEqualTo("complete");
    assertThat(listener.getUserTask().getPriority()).isEqualTo(70);
    complete(protocol, listener, Map.of());
    completion.toCompletableFuture().join();
    await().untilAsserted(() -> assertThat(instance(key).getState()).isEqualTo(ProcessInstanceState.COMPLETED));
    assertThat(variables(key))
        .containsOnlyKeys("leadId", "reviewed")
        .containsEntry("reviewed", "{\"decision\":\"approve\"}");
  }

  @ParameterizedTest
  @EnumSource
  void aListenerDeniesACompletionAndSaysWhy(Protocol protocol) {
    String id = "deny-" + protocol;
    long key = start(protocol, id);
    try (JobWorker show =
            client(protocol)
                .newWorker()
                .jobType("show-" + id)
                .handler((jobs, job) -> jobs.newCompleteCommand(job).send())
                .open();
        JobWorker record =
            client(protocol)
                .newWorker()
                .jobType("record-" + id)
                .handler((jobs, job) ->
                    jobs.newCompleteCommand(job)
                        .withResult(result -> result.forUserTask().deny(true, "A reason is missing."))
                        .send())
                .open()) {
      UserTask task = task(key);
      assertThatThrownBy(() ->
              client(protocol)
                  .newCompleteUserTaskCommand(task.getUserTaskKey())
                  .variables(Map.of("decision", "reject"))
                  .send()
                  .join())
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("A reason is missing.")
          .hasMessageContaining("409");
      assertThat(task(key).getState()).isEqualTo(UserTaskState.CREATED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTaskIsAssignedChangedAndGivenBack(Protocol protocol) {
    String id = "assign-" + protocol;
    long key = start(protocol, id);
    complete(protocol, job(protocol, "show-" + id), Map.of());
    long task = task(key).getUserTaskKey();
    client(protocol).newAssignUserTaskCommand(task).assignee("ada").send().join();
    assertThat(task(key).getAssignee()).isEqualTo("ada");
    assertThatThrownBy(() ->
            client(protocol).newAssignUserTaskCommand(task).assignee("bob").allowOverride(false).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("409");
    client(protocol).newUpdateUserTaskCommand(task).priority(90).candidateUsers("eve").send().join();
    client(protocol).newUnassignUserTaskCommand(task).send().join();
    UserTask now = task(key);
    assertThat(now.getAssignee()).isNull();
    assertThat(now.getPriority()).isEqualTo(90);
    assertThat(now.getCandidateUsers()).containsExactly("eve");
    assertThat(
            client(Protocol.REST)
                .newUserTaskSearchRequest()
                .filter(filter -> filter.candidateUser("eve").bpmnProcessId(id))
                .send().join().items())
        .hasSize(1);
  }
}
