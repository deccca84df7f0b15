package dev.leadline.embedded.camunda.view;

import io.camunda.zeebe.protocol.impl.record.value.incident.IncidentRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceRecord;
import io.camunda.zeebe.protocol.impl.record.value.variable.VariableRecord;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.VariableIntent;
import io.camunda.zeebe.protocol.record.value.BpmnElementType;
import java.util.ArrayList;
import java.util.List;

/** Keeps process instances with their elements, variables and incidents. */
final class Instances {
  private final Tables tables;
  private final Definitions definitions;
  private final History history;

  Instances(Tables tables, Definitions definitions, History history) {
    this.tables = tables;
    this.definitions = definitions;
    this.history = history;
  }

  void element(long key, long time, Intent intent, ProcessInstanceRecord element) {
    boolean process = element.getBpmnElementType() == BpmnElementType.PROCESS;
    switch ((ProcessInstanceIntent) intent) {
      case SEQUENCE_FLOW_TAKEN -> flowTaken(element);
      case ELEMENT_ACTIVATING -> {
        if (process) {
          newInstance(key, time, element);
        } else {
          newElement(key, time, element);
        }
      }
      case ELEMENT_COMPLETED -> ended(key, process, time, "COMPLETED");
      case ELEMENT_TERMINATED -> ended(key, process, time, "TERMINATED");
      case ELEMENT_MIGRATED -> migrated(table(process).row(key), process, element);
      default -> {}
    }
  }

  private Table table(boolean process) {
    return process ? tables.processInstances : tables.elementInstances;
  }

  private void newInstance(long key, long time, ProcessInstanceRecord instance) {
    Row row = tables.processInstances.newRow(key);
    describe(row, instance)
        .set("state", "ACTIVE")
        .set("parentProcessInstanceKey", instance.getParentProcessInstanceKey())
        .set("parentElementInstanceKey", instance.getParentElementInstanceKey())
        .set("startDate", time)
        .set("hasIncident", false)
        .set("tenantId", instance.getTenantId())
        .set("tags", instance.getTags().isEmpty() ? null : List.copyOf(instance.getTags()));
    tables.processInstances.add(row);
  }

  private Row describe(Row row, ProcessInstanceRecord instance) {
    Row definition = tables.processDefinitions.row(instance.getProcessDefinitionKey());
    return row.set("processDefinitionId", instance.getBpmnProcessId())
        .set("processDefinitionKey", instance.getProcessDefinitionKey())
        .set("processDefinitionVersion", instance.getVersion())
        .set("processDefinitionName", definitions.name(instance.getProcessDefinitionKey(), instance.getBpmnProcessId()))
        .set("processDefinitionVersionTag", definition == null ? null : definition.text("versionTag"));
  }

  private void newElement(long key, long time, ProcessInstanceRecord element) {
    Row row = tables.elementInstances.newRow(key);
    row.set("processDefinitionId", element.getBpmnProcessId())
        .set("processDefinitionKey", element.getProcessDefinitionKey())
        .set("processInstanceKey", element.getProcessInstanceKey())
        .set("elementId", element.getElementId())
        .set("elementName", definitions.elementName(element.getProcessDefinitionKey(), element.getElementId()))
        .set("type", element.getBpmnElementType().name())
        .set("state", "ACTIVE")
        .set("startDate", time)
        .set("hasIncident", false)
        .set("elementInstanceScopeKey", element.getFlowScopeKey())
        .set("tenantId", element.getTenantId());
    tables.elementInstances.add(row);
  }

  private void ended(long key, boolean process, long time, String state) {
    Row row = table(process).row(key);
    if (row != null) {
      row.set("state", state).set("endDate", time);
      if (process) {
        history.ended(key, time);
      }
    }
  }

  private void migrated(Row row, boolean process, ProcessInstanceRecord element) {
    if (row == null) {
      return;
    }
    if (process) {
      describe(row, element);
    } else {
      row.set("processDefinitionId", element.getBpmnProcessId())
          .set("processDefinitionKey", element.getProcessDefinitionKey())
          .set("elementId", element.getElementId())
          .set("elementName", definitions.elementName(element.getProcessDefinitionKey(), element.getElementId()));
    }
  }

  /** Each flow once, in order of first taking; instances that went the same way share one list. */
  private void flowTaken(ProcessInstanceRecord flow) {
    Row row = tables.processInstances.row(flow.getProcessInstanceKey());
    if (row == null) {
      return;
    }
    List<Object> taken = new ArrayList<>();
    if (row.get("takenFlows") instanceof List<?> before) {
      taken.addAll(before);
    }
    if (!taken.contains(flow.getElementId())) {
      taken.add(flow.getElementId());
      row.set("takenFlows", List.copyOf(taken));
    }
  }

  void variable(long key, long time, Intent intent, VariableRecord variable) {
    if (intent == VariableIntent.CREATED) {
      Row row = tables.variables.newRow(key);
      row.set("name", variable.getName())
          .set("value", variable.getValue())
          .set("scopeKey", variable.getScopeKey())
          .set("processInstanceKey", variable.getProcessInstanceKey())
          .set("tenantId", variable.getTenantId());
      tables.variables.add(row);
    } else if (intent == VariableIntent.UPDATED && tables.variables.row(key) != null) {
      tables.variables.row(key).set("value", variable.getValue());
    }
  }

  void incident(long key, long time, Intent intent, IncidentRecord incident) {
    if (intent == IncidentIntent.CREATED) {
      Row row = tables.incidents.newRow(key);
      row.set("processDefinitionId", incident.getBpmnProcessId())
          .set("processDefinitionKey", incident.getProcessDefinitionKey())
          .set("processInstanceKey", incident.getProcessInstanceKey())
          .set("elementId", incident.getElementId())
          .set("elementInstanceKey", incident.getElementInstanceKey())
          .set("jobKey", incident.getJobKey())
          .set("errorType", incident.getErrorType().name())
          .set("errorMessage", incident.getErrorMessage())
          .set("state", "ACTIVE")
          .set("creationTime", time)
          .set("tenantId", incident.getTenantId());
      tables.incidents.add(row);
      incident.getElementInstancePath().forEach(path -> path.forEach(scope -> count(scope, 1)));
      mark(incident.getElementInstanceKey(), key);
    } else if (intent == IncidentIntent.RESOLVED && tables.incidents.row(key) != null) {
      tables.incidents.row(key).set("state", "RESOLVED");
      incident.getElementInstancePath().forEach(path -> path.forEach(scope -> count(scope, -1)));
      mark(incident.getElementInstanceKey(), -1);
    } else if (intent == IncidentIntent.MIGRATED && tables.incidents.row(key) != null) {
      tables.incidents
          .row(key)
          .set("processDefinitionId", incident.getBpmnProcessId())
          .set("processDefinitionKey", incident.getProcessDefinitionKey())
          .set("elementId", incident.getElementId());
    }
  }

  private void mark(long elementInstance, long incident) {
    Row row = tables.elementInstances.row(elementInstance);
    if (row != null) {
      row.set("incidentKey", incident);
    }
  }

  private void count(long scope, int change) {
    Row instance = tables.processInstances.row(scope);
    Row row = instance == null ? tables.elementInstances.row(scope) : instance;
    if (row != null) {
      int before = row.get("incidents") instanceof Integer known ? known : 0;
      row.set("incidents", before + change).set("hasIncident", before + change > 0);
    }
  }
}
