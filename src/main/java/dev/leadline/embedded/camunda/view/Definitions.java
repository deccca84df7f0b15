package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.value.deployment.DecisionRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DecisionRequirementsRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.FormRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.ProcessRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.ResourceRecord;
import io.camunda.zeebe.protocol.record.intent.Intent;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Keeps what is deployed: processes, decisions, forms, other resources. */
final class Definitions {
  private final Tables tables;
  private final Map<Long, Diagram> diagrams = new HashMap<>();

  Definitions(Tables tables) {
    this.tables = tables;
  }

  void process(long key, long time, Intent intent, ProcessRecord process) {
    long definitionKey = process.getProcessDefinitionKey();
    if (intent.name().equals("DELETED")) {
      tables.processDefinitions.remove(definitionKey);
    } else if (intent.name().equals("CREATED")) {
      String xml = text(process.getResource());
      Diagram diagram = Diagram.read(xml, process.getBpmnProcessId());
      diagrams.put(definitionKey, diagram);
      Row row = tables.processDefinitions.newRow(definitionKey);
      row.set("processDefinitionId", process.getBpmnProcessId())
          .set("name", diagram.processName())
          .set("resourceName", process.getResourceName())
          .set("version", process.getVersion())
          .set("versionTag", process.getVersionTag())
          .set("tenantId", process.getTenantId())
          .set("hasStartForm", diagram.startFormId() != null)
          .set("startFormId", diagram.startFormId())
          .set("deploymentKey", process.getDeploymentKey())
          .set("xml", xml);
      tables.processDefinitions.add(row);
    }
  }

  /** The name of a process, or its id if it has none. */
  String name(long definitionKey, String processId) {
    Row definition = tables.processDefinitions.row(definitionKey);
    String name = definition == null ? null : definition.text("name");
    return name == null ? processId : name;
  }

  /** The label of an element in its diagram, or its id. */
  String elementName(long definitionKey, String elementId) {
    Diagram diagram = diagrams.computeIfAbsent(definitionKey, this::readAgain);
    return diagram.elementNames().getOrDefault(elementId, elementId);
  }

  private Diagram readAgain(long definitionKey) {
    Row row = tables.processDefinitions.row(definitionKey);
    return row == null
        ? new Diagram(null, null, Map.of())
        : Diagram.read(row.text("xml"), row.text("processDefinitionId"));
  }

  void decision(long key, long time, Intent intent, DecisionRecord decision) {
    if (intent.name().equals("DELETED")) {
      tables.decisionDefinitions.remove(decision.getDecisionKey());
    } else if (intent.name().equals("CREATED")) {
      Row row = tables.decisionDefinitions.newRow(decision.getDecisionKey());
      row.set("decisionDefinitionId", decision.getDecisionId())
          .set("name", decision.getDecisionName())
          .set("version", decision.getVersion())
          .set("decisionRequirementsId", decision.getDecisionRequirementsId())
          .set("decisionRequirementsKey", decision.getDecisionRequirementsKey())
          .set("tenantId", decision.getTenantId());
      tables.decisionDefinitions.add(row);
    }
  }

  void decisionRequirements(long key, long time, Intent intent, DecisionRequirementsRecord requirements) {
    if (intent.name().equals("DELETED")) {
      tables.decisionRequirements.remove(requirements.getDecisionRequirementsKey());
    } else if (intent.name().equals("CREATED")) {
      Row row = tables.decisionRequirements.newRow(requirements.getDecisionRequirementsKey());
      row.set("decisionRequirementsId", requirements.getDecisionRequirementsId())
          .set("decisionRequirementsName", requirements.getDecisionRequirementsName())
          .set("resourceName", requirements.getResourceName())
          .set("version", requirements.getDecisionRequirementsVersion())
          .set("tenantId", requirements.getTenantId())
          .set("xml", text(requirements.getResource()));
      tables.decisionRequirements.add(row);
    }
  }

  void form(long key, long time, Intent intent, FormRecord form) {
    if (intent.name().equals("DELETED")) {
      tables.forms.remove(form.getFormKey());
    } else if (intent.name().equals("CREATED")) {
      Row row = tables.forms.newRow(form.getFormKey());
      row.set("formId", form.getFormId())
          .set("schema", text(form.getResource()))
          .set("version", form.getVersion())
          .set("tenantId", form.getTenantId())
          .set("deploymentKey", form.getDeploymentKey())
          .set("resourceName", form.getResourceName());
      tables.forms.add(row);
    }
  }

  void resource(long key, long time, Intent intent, ResourceRecord resource) {
    if (intent.name().equals("DELETED")) {
      tables.resources.remove(resource.getResourceKey());
    } else if (intent.name().equals("CREATED")) {
      Row row = tables.resources.newRow(resource.getResourceKey());
      row.set("resourceName", resource.getResourceName())
          .set("resourceId", resource.getResourceId())
          .set("version", resource.getVersion())
          .set("versionTag", resource.getVersionTag())
          .set("tenantId", resource.getTenantId())
          .set("content", resource.getResourceProp());
      tables.resources.add(row);
    }
  }

  private static String text(byte[] resource) {
    return new String(resource, StandardCharsets.UTF_8);
  }
}
