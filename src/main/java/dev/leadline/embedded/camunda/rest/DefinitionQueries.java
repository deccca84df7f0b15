package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.view.Entity;
import java.util.Comparator;

/** What was deployed, as it was deployed: diagrams, tables, forms, files. */
final class DefinitionQueries {
  private final Broker broker;
  private final Queries queries;

  DefinitionQueries(Broker broker) {
    this.broker = broker;
    queries = new Queries(broker);
  }

  void processXml(Call call) {
    call.text("text/xml", queries.entity("Process Definition", "processDefinitionKey", all -> all.processDefinitions, call).text("xml"));
  }

  void decisionXml(Call call) {
    Entity decision = queries.entity("Decision Definition", "decisionDefinitionKey", all -> all.decisionDefinitions, call);
    Entity requirements =
        broker.currentView().find(all -> all.decisionRequirements, decision.key("decisionRequirementsKey"));
    call.text("text/xml", requirements.text("xml"));
  }

  void requirementsXml(Call call) {
    call.text("text/xml", queries.entity("Decision Requirements", "decisionRequirementsKey", all -> all.decisionRequirements, call).text("xml"));
  }

  void resourceContent(Call call) {
    call.text("application/json", queries.entity("Resource", "resourceKey", all -> all.resources, call).text("content"));
  }

  void startForm(Call call) {
    Entity definition = queries.entity("Process Definition", "processDefinitionKey", all -> all.processDefinitions, call);
    String formId = definition.text("startFormId");
    Entity form =
        formId == null
            ? null
            : broker.currentView().read(
                all -> all.forms.all()
                    .filter(one -> formId.equals(one.get("formId")))
                    .max(Comparator.comparing(one -> (Integer) one.get("version")))
                    .orElse(null));
    form(call, form);
  }

  void taskForm(Call call) {
    Entity task = queries.entity("User Task", "userTaskKey", all -> all.userTasks, call);
    Long formKey = task.key("formKey");
    form(call, formKey == null ? null : broker.currentView().find(all -> all.forms, formKey));
  }

  private static void form(Call call, Entity form) {
    if (form == null) {
      call.empty(204);
    } else {
      call.json(200, form.render(true));
    }
  }

  void decisionInstance(Call call) {
    String id = call.parameter("decisionEvaluationInstanceKey");
    Entity row = broker.currentView().find(all -> all.decisionInstances, id);
    if (row == null) {
      throw Refusal.notFound("Decision Instance with id '%s' not found".formatted(id));
    }
    call.json(200, row.render(true));
  }
}
