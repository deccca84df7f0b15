package dev.leadline.embedded.camunda.rest;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.leadline.embedded.camunda.commands.JobPoll.Job;
import dev.leadline.embedded.camunda.commands.TaskProperties;
import dev.leadline.embedded.camunda.commands.Variables;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** An activated job as a worker over REST gets it. */
final class ActivatedJobJson {

  private ActivatedJobJson() {}

  static Map<String, Object> of(Job activated) {
    JobRecord job = activated.record();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("jobKey", Long.toString(activated.key()));
    json.put("type", job.getType());
    json.put("processDefinitionId", job.getBpmnProcessId());
    json.put("processDefinitionVersion", job.getProcessDefinitionVersion());
    json.put("processDefinitionKey", Long.toString(job.getProcessDefinitionKey()));
    json.put("processInstanceKey", Long.toString(job.getProcessInstanceKey()));
    json.put("elementId", job.getElementId());
    json.put("elementInstanceKey", Long.toString(job.getElementInstanceKey()));
    json.put("customHeaders", new RawValue(Variables.toJson(job.getCustomHeadersBuffer())));
    json.put("worker", job.getWorker());
    json.put("retries", job.getRetries());
    json.put("deadline", job.getDeadline());
    json.put("variables", new RawValue(Variables.toJson(job.getVariablesBuffer())));
    json.put("tenantId", job.getTenantId());
    json.put("kind", job.getJobKind().name());
    json.put("listenerEventType", job.getJobListenerEventType().name());
    json.put("tags", job.getTags());
    TaskProperties task = TaskProperties.of(job);
    if (task != null) {
      json.put("userTask", userTask(task));
    }
    return json;
  }

  private static Map<String, Object> userTask(TaskProperties task) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("action", task.action());
    json.put("assignee", task.assignee());
    json.put("candidateGroups", task.candidateGroups());
    json.put("candidateUsers", task.candidateUsers());
    json.put("changedAttributes", task.changedAttributes());
    json.put("dueDate", task.dueDate());
    json.put("followUpDate", task.followUpDate());
    json.put("formKey", task.formKey() == null ? null : task.formKey().toString());
    json.put("priority", task.priority());
    json.put("userTaskKey", task.userTaskKey() == null ? null : task.userTaskKey().toString());
    return json;
  }
}
