package dev.leadline.embedded.camunda.rest;

import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer to a deployment. */
final class Deployed {

  private Deployed() {}

  static Map<String, Object> toJson(long key, DeploymentRecord record) {
    List<Object> items = new ArrayList<>();
    record.processesMetadata().forEach(process -> items.add(Map.of("processDefinition", map(
        "processDefinitionId", process.getBpmnProcessId(),
        "processDefinitionVersion", process.getVersion(),
        "processDefinitionKey", Long.toString(process.getKey()),
        "resourceName", process.getResourceName(),
        "tenantId", process.getTenantId()))));
    record.decisionRequirementsMetadata().forEach(requirements -> items.add(Map.of("decisionRequirements", map(
        "decisionRequirementsId", requirements.getDecisionRequirementsId(),
        "decisionRequirementsName", requirements.getDecisionRequirementsName(),
        "version", requirements.getDecisionRequirementsVersion(),
        "decisionRequirementsKey", Long.toString(requirements.getDecisionRequirementsKey()),
        "resourceName", requirements.getResourceName(),
        "tenantId", requirements.getTenantId()))));
    record.decisionsMetadata().forEach(decision -> items.add(Map.of("decisionDefinition", map(
        "decisionDefinitionId", decision.getDecisionId(),
        "name", decision.getDecisionName(),
        "version", decision.getVersion(),
        "decisionDefinitionKey", Long.toString(decision.getDecisionKey()),
        "decisionRequirementsId", decision.getDecisionRequirementsId(),
        "decisionRequirementsKey", Long.toString(decision.getDecisionRequirementsKey()),
        "tenantId", decision.getTenantId()))));
    record.formMetadata().forEach(form -> items.add(Map.of("form", map(
        "formId", form.getFormId(),
        "version", form.getVersion(),
        "formKey", Long.toString(form.getFormKey()),
        "resourceName", form.getResourceName(),
        "tenantId", form.getTenantId()))));
    record.resourceMetadata().forEach(resource -> items.add(Map.of("resource", map(
        "resourceId", resource.getResourceId(),
        "version", resource.getVersion(),
        "resourceKey", Long.toString(resource.getResourceKey()),
        "resourceName", resource.getResourceName(),
        "tenantId", resource.getTenantId()))));
    return map("deploymentKey", Long.toString(key), "tenantId", record.getTenantId(), "deployments", items);
  }

  private static Map<String, Object> map(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
