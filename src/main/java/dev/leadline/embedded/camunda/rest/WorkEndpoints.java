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
  private final Broker broker;

  WorkEndpoints(Broker broker) {
    this.broker = broker;
  }

  void activateJobs(Call call) {
    Body body = call.body();
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
    Body body = call.body();
    JobResult result = body.has("result") ? result(body.object("result")) : null;
    broker.send(JobCommands.complete(call.key("jobKey"), body.variables("variables"), result)).join();
    call.empty(204);
  }

  private static JobResult result(Body result) {
    if (result.text("type", "userTask").equals("adHocSubProcess")) {
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
    Body body = call.body();
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
    Body body = call.body();
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
    Body changes = call.body().object("changeset");
    broker
        .send(JobCommands.update(call.key("jobKey"), changes.integer("retries"), changes.number("timeout")))
        .join();
    call.empty(204);
  }

  void completeTask(Call call) {
    Body body = call.body();
    broker
        .send(
            UserTaskCommands.complete(
                call.key("userTaskKey"), body.variables("variables"), body.text("action", "")))
        .join();
    call.empty(204);
  }

  void assignTask(Call call) {
    Body body = call.body();
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
    Body body = call.body();
    Body changes = body.object("changeset");
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
    Body body = call.body();
    long key = body.key("decisionDefinitionKey", -1);
    String id = body.text("decisionDefinitionId", "");
    if (key < 0 == id.isEmpty()) {
      throw Refusal.invalid("Exactly one of [decisionDefinitionId, decisionDefinitionKey] is required.");
    }
    Answer answer = broker.send(InstanceCommands.evaluateDecision(key, id, body.variables("variables"))).join();
    call.json(200, EvaluatedJson.of(answer.key(), answer.read(new DecisionEvaluationRecord())));
  }

  void publishMessage(Call call) {
    Body body = call.body();
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
    Body body = call.body();
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
    Body body = call.body();
    Answer answer =
        broker.send(EventCommands.broadcast(body.requiredText("signalName"), body.variables("variables"))).join();
    call.json(200, Map.of("signalKey", Long.toString(answer.key()), "tenantId", "<default>"));
  }
}
