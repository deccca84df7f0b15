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
import io.camunda.client.api.command.CompleteUserTaskJobResultStep1;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.search.enums.IncidentErrorType;
import io.camunda.client.api.search.enums.JobKind;
import io.camunda.client.api.search.enums.ListenerEventType;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.Form;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.client.api.worker.JobWorker;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.BpmnModelInstance;
import io.camunda.zeebe.model.bpmn.builder.UserTaskBuilder;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeBindingType;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeTaskListenerEventType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camunda 8.8 docs: user tasks, user task forms, concepts/user-task-listeners. */
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
    assertThat(task.getDueDate()).isAfter(Gateway.now().plus(Duration.ofHours(3)).atOffset(ZoneOffset.UTC));
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

  /** An instance that waits at a user task. */
  private static long ask(Protocol protocol, String id, Consumer<UserTaskBuilder> properties) {
    return Gateway.start(
        protocol,
        Bpmn.createExecutableProcess(id)
            .startEvent()
            .userTask("Ask", task -> properties.accept(task.zeebeUserTask()))
            .endEvent()
            .done(),
        Map.of());
  }

  private static void listen(UserTaskBuilder task, String id, ZeebeTaskListenerEventType event) {
    task.zeebeTaskListener(listener -> listener.eventType(event).type(event + "-" + id));
  }

  /** Answers the task listener's job. */
  private static void answer(
      Protocol protocol,
      String type,
      UnaryOperator<CompleteUserTaskJobResultStep1> answer) {
    client(protocol)
        .newCompleteCommand(job(protocol, type))
        .withResult(result -> answer.apply(result.forUserTask()))
        .send()
        .join();
  }

  @ParameterizedTest
  @EnumSource
  void aTaskIsAssignedClaimedAndGivenBack(Protocol protocol) {
    String id = "assign-" + protocol;
    long key = ask(protocol, id, task -> {});
    long task = task(key).getUserTaskKey();
    client(protocol).newAssignUserTaskCommand(task).assignee("ada").action("claim").allowOverride(false).send().join();
    assertThat(task(key).getAssignee()).isEqualTo("ada");
    assertThatThrownBy(() ->
            client(protocol).newAssignUserTaskCommand(task).assignee("bob").allowOverride(false).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("409");
    client(protocol).newAssignUserTaskCommand(task).assignee("bob").send().join();
    assertThat(task(key).getAssignee()).isEqualTo("bob");
    client(protocol).newUnassignUserTaskCommand(task).send().join();
    assertThat(task(key).getAssignee()).isNull();
    client(protocol).newCompleteUserTaskCommand(task).send().join();
    Gateway.awaitCompleted(key);
    assertThat(client(Protocol.REST).newUserTaskGetRequest(task).send().join())
        .satisfies(done -> {
          assertThat(done.getState()).isEqualTo(UserTaskState.COMPLETED);
          assertThat(done.getCompletionDate()).isNotNull();
        });
    assertThatThrownBy(() -> client(protocol).newCompleteUserTaskCommand(task).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("404");
  }

  @ParameterizedTest
  @EnumSource
  void aTaskIsChangedAndCleared(Protocol protocol) {
    String id = "change-" + protocol;
    long key =
        ask(protocol, id, task ->
            task.zeebeAssignee("ada")
                .zeebeCandidateUsers("bob,eve")
                .zeebeCandidateGroups("sales")
                .zeebeDueDate("2031-01-01T00:00:00Z")
                .zeebeFollowUpDate("2030-12-01T00:00:00Z")
                .zeebeTaskHeader("tone", "friendly"));
    UserTask before = task(key);
    assertThat(before.getAssignee()).isEqualTo("ada");
    assertThat(before.getCandidateUsers()).containsExactly("bob", "eve");
    assertThat(before.getDueDate()).isEqualTo("2031-01-01T00:00:00Z");
    assertThat(before.getFollowUpDate()).isEqualTo("2030-12-01T00:00:00Z");
    assertThat(before.getPriority()).isEqualTo(50);
    assertThat(before.getCustomHeaders()).containsEntry("tone", "friendly");
    client(protocol)
        .newUpdateUserTaskCommand(before.getUserTaskKey())
        .priority(90)
        .dueDate("2032-01-01T00:00:00Z")
        .clearFollowUpDate()
        .candidateUsers("eve")
        .clearCandidateGroups()
        .send()
        .join();
    UserTask after = task(key);
    assertThat(after.getPriority()).isEqualTo(90);
    assertThat(after.getDueDate()).isEqualTo("2032-01-01T00:00:00Z");
    assertThat(after.getFollowUpDate()).isNull();
    assertThat(after.getCandidateUsers()).containsExactly("eve");
    assertThat(after.getCandidateGroups()).isEmpty();
    assertThat(after.getAssignee()).isEqualTo("ada");
    assertThat(
            client(Protocol.REST)
                .newUserTaskSearchRequest()
                .filter(filter -> filter.candidateUser("eve").priority(90).bpmnProcessId(id))
                .send().join().items())
        .hasSize(1);
    assertThatThrownBy(() ->
            client(protocol).newUpdateUserTaskCommand(before.getUserTaskKey()).priority(101).send().join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("[0,100]");
  }

  private static byte[] form(String id, String tag) {
    return """
        {"id":"%s","type":"default","schemaVersion":18,"versionTag":"%s","components":[]}""".formatted(id, tag)
        .getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource
  void aFormIsBoundToTheLatestToItsDeploymentOrToATag(Protocol protocol) {
    String id = "form-" + protocol;
    client(protocol).newDeployResourceCommand().addResourceBytes(form(id, "v1"), id + ".form").send().join();
    var deployment = client(protocol).newDeployResourceCommand().addResourceBytes(form(id, "v2"), id + ".form");
    for (ZeebeBindingType binding : ZeebeBindingType.values()) {
      deployment =
          deployment.addProcessModel(
              Bpmn.createExecutableProcess(binding + "-" + id)
                  .startEvent()
                  .userTask("Ask", task -> {
                    task.zeebeUserTask().zeebeFormId(id).zeebeFormBindingType(binding);
                    if (binding == ZeebeBindingType.versionTag) {
                      task.zeebeFormVersionTag("v1");
                    }
                  })
                  .endEvent()
                  .done(),
              binding + "-" + id + ".bpmn");
    }
    deployment.send().join();
    client(protocol).newDeployResourceCommand().addResourceBytes(form(id, "v3"), id + ".form").send().join();
    Map.of(ZeebeBindingType.latest, 3L, ZeebeBindingType.deployment, 2L, ZeebeBindingType.versionTag, 1L)
        .forEach((binding, version) -> {
          UserTask task = task(create(protocol, binding + "-" + id, Map.of()));
          Form form = client(Protocol.REST).newUserTaskGetFormRequest(task.getUserTaskKey()).send().join();
          assertThat(form.getVersion()).isEqualTo(version);
          assertThat(form.getSchema().toString()).contains("\"v" + version + "\"");
          assertThat(task.getFormKey()).isEqualTo(form.getFormKey());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFormMayLiveElsewhere(Protocol protocol) {
    long key = ask(protocol, "external-" + protocol, task -> task.zeebeExternalFormReference("https://forms/1"));
    assertThat(task(key).getExternalFormReference()).isEqualTo("https://forms/1");
    assertThat(task(key).getFormKey()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void aCreatingListenerCorrectsEverything(Protocol protocol) {
    String id = "creating-" + protocol;
    long key = ask(protocol, id, task -> listen(task, id, ZeebeTaskListenerEventType.creating));
    answer(protocol, "creating-" + id, result ->
        result
            .correctAssignee("ada")
            .correctDueDate("2031-01-01T00:00:00Z")
            .correctFollowUpDate("2030-01-01T00:00:00Z")
            .correctCandidateUsers(List.of("bob"))
            .correctCandidateGroups(List.of("sales"))
            .correctPriority(80));
    UserTask task = task(key);
    assertThat(task.getAssignee()).isEqualTo("ada");
    assertThat(task.getDueDate()).isEqualTo("2031-01-01T00:00:00Z");
    assertThat(task.getFollowUpDate()).isEqualTo("2030-01-01T00:00:00Z");
    assertThat(task.getCandidateUsers()).containsExactly("bob");
    assertThat(task.getCandidateGroups()).containsExactly("sales");
    assertThat(task.getPriority()).isEqualTo(80);
  }

  @ParameterizedTest
  @EnumSource
  void anAssigningListenerDeniesOrCorrects(Protocol protocol) {
    String id = "assigning-" + protocol;
    long key = ask(protocol, id, task -> listen(task, id, ZeebeTaskListenerEventType.assigning));
    long task = task(key).getUserTaskKey();
    var denied = client(protocol).newAssignUserTaskCommand(task).assignee("ada").send().toCompletableFuture();
    ActivatedJob listener = job(protocol, "assigning-" + id);
    assertThat(listener.getKind()).isEqualTo(JobKind.TASK_LISTENER);
    assertThat(listener.getListenerEventType()).isEqualTo(ListenerEventType.ASSIGNING);
    assertThat(listener.getUserTask().getAssignee()).isEqualTo("ada");
    assertThat(listener.getUserTask().getAction()).isEqualTo("assign");
    assertThat(listener.getUserTask().getChangedAttributes()).containsExactly("assignee");
    client(protocol)
        .newCompleteCommand(listener)
        .withResult(result -> result.forUserTask().deny(true, "Ada is away."))
        .send()
        .join();
    assertThatThrownBy(denied::join).hasMessageContaining("Ada is away.");
    assertThat(task(key).getAssignee()).isNull();

    var corrected = client(protocol).newAssignUserTaskCommand(task).assignee("ada").send().toCompletableFuture();
    answer(protocol, "assigning-" + id, result -> result.correctAssignee("bob").correctPriority(10));
    corrected.join();
    assertThat(task(key).getAssignee()).isEqualTo("bob");
    assertThat(task(key).getPriority()).isEqualTo(10);
  }

  @ParameterizedTest
  @EnumSource
  void anUpdatingListenerHearsOfPropertiesAndVariables(Protocol protocol) {
    String id = "updating-" + protocol;
    long key = ask(protocol, id, task -> listen(task, id, ZeebeTaskListenerEventType.updating));
    UserTask task = task(key);
    var update =
        client(protocol).newUpdateUserTaskCommand(task.getUserTaskKey()).priority(90).send().toCompletableFuture();
    answer(protocol, "updating-" + id, result -> result.correctPriority(70));
    update.join();
    assertThat(task(key).getPriority()).isEqualTo(70);

    var variables =
        client(protocol)
            .newSetVariablesCommand(task.getElementInstanceKey()).variables(Map.of("note", "x")).local(true).send()
            .toCompletableFuture();
    answer(protocol, "updating-" + id, result -> result.deny(true, "Not now."));
    assertThatThrownBy(variables::join).hasMessageContaining("Not now.");
    assertThat(variables(task.getElementInstanceKey())).isEmpty();

    var again =
        client(protocol)
            .newSetVariablesCommand(task.getElementInstanceKey()).variables(Map.of("note", "x")).local(true).send()
            .toCompletableFuture();
    answer(protocol, "updating-" + id, result -> result);
    again.join();
    assertThat(variables(task.getElementInstanceKey())).containsEntry("note", "\"x\"");
  }

  @ParameterizedTest
  @EnumSource
  void aCancelingListenerIsHeardBeforeTheTaskGoes(Protocol protocol) {
    String id = "canceling-" + protocol;
    long key = ask(protocol, id, task -> listen(task, id, ZeebeTaskListenerEventType.canceling));
    long task = task(key).getUserTaskKey();
    client(protocol).newCancelInstanceCommand(key).send().join();
    ActivatedJob listener = job(protocol, "canceling-" + id);
    assertThat(instance(key).getState()).isEqualTo(ProcessInstanceState.ACTIVE);
    assertThatThrownBy(() ->
            client(protocol)
                .newCompleteCommand(listener)
                .withResult(result -> result.forUserTask().deny(true, "No."))
                .send()
                .join())
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("Denying result is not supported");
    complete(protocol, listener, Map.of());
    Gateway.awaitState(key, ProcessInstanceState.TERMINATED);
    assertThat(client(Protocol.REST).newUserTaskGetRequest(task).send().join().getState())
        .isEqualTo(UserTaskState.CANCELED);
  }

  @ParameterizedTest
  @EnumSource
  void aFailingTaskListenerIsAnIncident(Protocol protocol) {
    String id = "taskfails-" + protocol;
    long key = ask(protocol, id, task -> listen(task, id, ZeebeTaskListenerEventType.creating));
    ActivatedJob listener = job(protocol, "creating-" + id);
    assertThatThrownBy(() -> complete(protocol, listener, Map.of("a", 1)))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("variables payload");
    client(protocol).newFailCommand(listener).retries(0).errorMessage("no desk").send().join();
    Incident incident = Gateway.incident(key);
    assertThat(incident.getErrorType()).isEqualTo(IncidentErrorType.TASK_LISTENER_NO_RETRIES);
    assertThat(incident.getErrorMessage()).isEqualTo("no desk");
    client(protocol).newUpdateRetriesCommand(listener.getKey()).retries(1).send().join();
    client(protocol).newResolveIncidentCommand(incident.getIncidentKey()).send().join();
    complete(protocol, job(protocol, "creating-" + id), Map.of());
    assertThat(task(key).getState()).isEqualTo(UserTaskState.CREATED);
  }

  @ParameterizedTest
  @EnumSource
  void aUserTaskOfTheOldKindIsAJob(Protocol protocol) {
    String id = "jobtask-" + protocol;
    long key =
        Gateway.start(
            protocol,
            Bpmn.createExecutableProcess(id)
                .startEvent()
                .userTask("Ask", task -> task.zeebeCandidateGroups("sales"))
                .endEvent()
                .done(),
            Map.of());
    ActivatedJob job = job(protocol, "io.camunda.zeebe:userTask");
    assertThat(job.getProcessInstanceKey()).isEqualTo(key);
    assertThat(job.getCustomHeaders()).containsEntry("io.camunda.zeebe:candidateGroups", "[\"sales\"]");
    complete(protocol, job, Map.of());
    Gateway.awaitCompleted(key);
  }
}
