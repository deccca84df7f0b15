package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.EventCommands;
import dev.leadline.embedded.camunda.commands.InstanceCommands;
import dev.leadline.embedded.camunda.commands.JobCommands;
import dev.leadline.embedded.camunda.commands.JobCommands.AdHocElement;
import dev.leadline.embedded.camunda.commands.JobCommands.Corrections;
import dev.leadline.embedded.camunda.commands.JobPoll;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.commands.UserTaskCommands;
import dev.leadline.embedded.camunda.engine.Answer;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResult;
import io.camunda.zeebe.protocol.impl.record.value.message.MessageCorrelationRecord;
import java.util.List;
import java.util.Map;

/** Commands to jobs, user tasks, decisions, messages and signals. */
final class WorkEndpoints {
  private static final List<String> CHANGEABLE =
      List.of("candidateGroups", "candidateUsers", "dueDate", "followUpDate", "priority");
  private static final List<String> RESULT_TYPES = List.of("userTask", "adHocSubProcess");

  private final Broker broker;

  WorkEndpoints(Broker broker) {
    this.broker = broker;
  }

  void activateJobs(Call call) {
    Body body =
        call.body("type", "worker", "timeout", "maxJobsToActivate", "fetchVariable", "requestTimeout", "tenantIds");
    new Checks()
        .required(body, "type")
        .required(body, "timeout")
        .positive(body, "timeout")
        .required(body, "maxJobsToActivate")
        .positive(body, "maxJobsToActivate")
        .done();
    JobCommands.Request request =
        new JobCommands.Request(
            body.text("type", ""),
            body.text("worker", ""),
            body.number("timeout", 0),
            body.integer("maxJobsToActivate", 0),
            body.texts("fetchVariable"));
    JobPoll poll =
        new JobPoll(
            broker,
            request,
            jobs -> {
              if (call.open()) {
                call.json(200, Map.of("jobs", jobs.stream().map(ActivatedJobJson::of).toList()));
              } else {
                jobs.forEach(job -> broker.tell(JobCommands.yield(job.key())));
              }
            },
            failure -> call.problem(Refusal.of(failure)));
    call.whenGone(poll::abandon);
    poll.start(body.number("requestTimeout", 0));
  }

  void completeJob(Call call) {
    Body body = call.optionalBody("variables", "result");
    JobResult result = body.has("result") ? result(body.object("result")) : null;
    broker.send(JobCommands.complete(call.key("jobKey"), body.variables("variables"), result)).join();
    call.empty(204);
  }

  private static JobResult result(Body result) {
    String type = result.text("type", "userTask");
    if (!RESULT_TYPES.contains(type)) {
      throw Refusal.unreadable(
          "Cannot map value '%s' for type 'result'. Use any of the following values: %s"
              .formatted(type, RESULT_TYPES));
    }
    if (type.equals("adHocSubProcess")) {
      List<AdHocElement> elements =
          result.objects("activateElements").stream()
              .map(one -> new AdHocElement(one.requiredText("elementId"), one.variables("variables")))
              .toList();
      return JobCommands.adHocResult(
          elements,
          result.flag("isCompletionConditionFulfilled", false),
          result.flag("isCancelRemainingInstances", false));
    }
    Corrections corrections = null;
    if (result.has("corrections")) {
      Body wanted = result.object("corrections");
      corrections =
          new Corrections(
              wanted.text("assignee", null),
              wanted.text("dueDate", null),
              wanted.text("followUpDate", null),
              wanted.optionalTexts("candidateUsers"),
              wanted.optionalTexts("candidateGroups"),
              wanted.integer("priority"));
    }
    return JobCommands.listenerResult(result.flag("denied", false), result.text("deniedReason", ""), corrections);
  }

  void failJob(Call call) {
    Body body = call.optionalBody("retries", "errorMessage", "retryBackOff", "variables");
    broker
        .send(
            JobCommands.fail(
                call.key("jobKey"),
                body.integer("retries", 0),
                body.number("retryBackOff", 0),
                body.text("errorMessage", ""),
                body.variables("variables")))
        .join();
    call.empty(204);
  }

  void throwError(Call call) {
    Body body = call.body("errorCode", "errorMessage", "variables");
    new Checks().required(body, "errorCode").done();
    broker
        .send(
            JobCommands.throwError(
                call.key("jobKey"),
                body.requiredText("errorCode"),
                body.text("errorMessage", ""),
                body.variables("variables")))
        .join();
    call.empty(204);
  }

  void updateJob(Call call) {
    Body body = call.body("changeset", "operationReference");
    Body changes = body.object("changeset").only("retries", "timeout");
    new Checks()
        .expect(changes.has("retries") || changes.has("timeout"), "At least one of [retries, timeout] is required")
        .positive(changes, "retries")
        .positive(changes, "timeout")
        .operationReference(body)
        .done();
    broker
        .send(JobCommands.update(call.key("jobKey"), changes.integer("retries"), changes.number("timeout")))
        .join();
    call.empty(204);
  }

  void completeTask(Call call) {
    Body body = call.optionalBody("variables", "action");
    broker
        .send(
            UserTaskCommands.complete(
                call.key("userTaskKey"), body.variables("variables"), body.text("action", "")))
        .join();
    call.empty(204);
  }

  void assignTask(Call call) {
    Body body = call.body("assignee", "allowOverride", "action");
    new Checks().required(body, "assignee").done();
    broker
        .send(
            UserTaskCommands.assign(
                call.key("userTaskKey"),
                body.requiredText("assignee"),
                body.flag("allowOverride", true),
                body.text("action", "")))
        .join();
    call.empty(204);
  }

  void unassignTask(Call call) {
    broker.send(UserTaskCommands.unassign(call.key("userTaskKey"))).join();
    call.empty(204);
  }

  void updateTask(Call call) {
    Body body = call.optionalBody("changeset", "action");
    Body changes = body.object("changeset");
    Integer priority = changes.integer("priority");
    new Checks()
        .expect(
            body.has("action") || CHANGEABLE.stream().anyMatch(changes::has),
            "No update data provided. Provide at least an \"action\" or a non-null value"
                + " for a supported attribute in the \"changeset\"")
        .date(changes, "dueDate", "due date")
        .date(changes, "followUpDate", "follow-up date")
        .expect(
            priority == null || priority >= 0 && priority <= 100,
            "The value for priority is '%d' but must be within the [0,100] range",
            priority)
        .done();
    broker
        .send(
            UserTaskCommands.update(
                call.key("userTaskKey"),
                new UserTaskCommands.Changes(
                    changes.optionalTexts("candidateGroups"),
                    changes.optionalTexts("candidateUsers"),
                    changes.text("dueDate", null),
                    changes.text("followUpDate", null),
                    changes.integer("priority")),
                body.text("action", "")))
        .join();
    call.empty(204);
  }

  void evaluateDecision(Call call) {
    Body body = call.body("decisionDefinitionId", "decisionDefinitionKey", "variables", "tenantId");
    new Checks()
        .oneOf(body, "decisionDefinitionId", "decisionDefinitionKey")
        .tenant(body, "Evaluate Decision")
        .done();
    long key = body.key("decisionDefinitionKey", -1);
    String id = body.text("decisionDefinitionId", "");
    Answer answer = broker.send(InstanceCommands.evaluateDecision(key, id, body.variables("variables"))).join();
    call.json(200, EvaluatedJson.of(answer.key(), answer.read(new DecisionEvaluationRecord())));
  }

  void publishMessage(Call call) {
    Body body = call.body("name", "correlationKey", "timeToLive", "messageId", "variables", "tenantId");
    new Checks().required(body, "name").tenant(body, "Publish Message").done();
    Answer answer =
        broker
            .send(
                EventCommands.publish(
                    body.requiredText("name"),
                    body.text("correlationKey", ""),
                    body.number("timeToLive", 0),
                    body.text("messageId", ""),
                    body.variables("variables")))
            .join();
    call.json(200, Map.of("messageKey", Long.toString(answer.key()), "tenantId", "<default>"));
  }

  void correlateMessage(Call call) {
    Body body = call.body("name", "correlationKey", "variables", "tenantId");
    new Checks().required(body, "name").tenant(body, "Correlate Message").done();
    Answer answer =
        broker
            .send(
                EventCommands.correlate(
                    body.requiredText("name"), body.text("correlationKey", ""), body.variables("variables")))
            .join();
    MessageCorrelationRecord record = answer.read(new MessageCorrelationRecord());
    call.json(
        200,
        Map.of(
            "messageKey", Long.toString(record.getMessageKey()),
            "processInstanceKey", Long.toString(record.getProcessInstanceKey()),
            "tenantId", record.getTenantId()));
  }

  void broadcastSignal(Call call) {
    Body body = call.body("signalName", "variables", "tenantId");
    new Checks().required(body, "signalName").tenant(body, "Broadcast Signal").done();
    Answer answer =
        broker.send(EventCommands.broadcast(body.requiredText("signalName"), body.variables("variables"))).join();
    call.json(200, Map.of("signalKey", Long.toString(answer.key()), "tenantId", "<default>"));
  }
}
