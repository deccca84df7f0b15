package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.BatchCommands;
import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.Command;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.engine.Answer;
import dev.leadline.embedded.camunda.view.Entity;
import dev.leadline.embedded.camunda.view.InstanceFilter;
import io.camunda.search.filter.ProcessInstanceFilter;
import io.camunda.zeebe.protocol.impl.record.value.batchoperation.BatchOperationCreationRecord;
import io.camunda.zeebe.protocol.record.intent.BatchOperationIntent;
import java.util.Map;

/** Doing the same to many process instances, and watching it. */
final class BatchEndpoints {
  private final Broker broker;

  BatchEndpoints(Broker broker) {
    this.broker = broker;
  }

  void cancel(Call call) {
    begin(call, BatchCommands.cancel(filter(call.body("filter"))));
  }

  void resolveIncidents(Call call) {
    begin(call, BatchCommands.resolveIncidents(filter(call.body("filter"))));
  }

  void migrate(Call call) {
    Body body = call.body("filter", "migrationPlan");
    new Checks().required(body, "migrationPlan").done();
    Body plan = body.object("migrationPlan").only("targetProcessDefinitionKey", "mappingInstructions");
    new Checks().required(plan, "targetProcessDefinitionKey").mappings(plan, "mappingInstructions").done();
    begin(
        call,
        BatchCommands.migrate(
            filter(body),
            plan.requiredKey("targetProcessDefinitionKey"),
            ProcessEndpoints.mappings(plan, "mappingInstructions")));
  }

  void modify(Call call) {
    Body body = call.body("filter", "moveInstructions");
    new Checks().mappings(body, "moveInstructions").done();
    begin(call, BatchCommands.modify(filter(body), ProcessEndpoints.mappings(body, "moveInstructions")));
  }

  private ProcessInstanceFilter filter(Body body) {
    new Checks()
        .required(body, "filter")
        .expect(!body.has("filter") || !body.object("filter").json().isEmpty(), "At least one of filter criteria is required")
        .done();
    return broker.currentView().read(all -> InstanceFilter.read(all, body.object("filter").json()));
  }

  private void begin(Call call, Command command) {
    Answer answer = broker.send(command).join();
    BatchOperationCreationRecord batch = answer.read(new BatchOperationCreationRecord());
    call.json(
        200,
        Map.of(
            "batchOperationKey", Long.toString(answer.key()),
            "batchOperationType", batch.getBatchOperationType().name()));
  }

  void get(Call call) {
    String id = call.parameter("batchOperationKey");
    Entity batch =
        id.matches("\\d{1,18}") ? broker.currentView().find(all -> all.batchOperations, Long.valueOf(id)) : null;
    if (batch == null) {
      throw Refusal.notFound("Batch Operation with id '%s' not found".formatted(id));
    }
    call.json(200, batch.render(true));
  }

  /** Cancels, suspends or resumes. */
  Router.Endpoint change(BatchOperationIntent intent) {
    return call -> {
      broker.send(BatchCommands.change(intent, call.key("batchOperationKey"))).join();
      call.empty(204);
    };
  }
}
