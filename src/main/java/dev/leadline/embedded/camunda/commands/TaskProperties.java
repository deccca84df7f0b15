package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.Protocol;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.record.value.JobKind;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The user task that a task listener's job is about, as the engine writes it into the job's headers. */
public record TaskProperties(
    String action,
    String assignee,
    List<String> candidateGroups,
    List<String> candidateUsers,
    List<String> changedAttributes,
    String dueDate,
    String followUpDate,
    Long formKey,
    Integer priority,
    Long userTaskKey) {
  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** The properties, or null if the job is not a task listener's. */
  public static TaskProperties of(JobRecord job) {
    if (job.getJobKind() != JobKind.TASK_LISTENER) {
      return null;
    }
    Map<String, String> headers = job.getCustomHeaders();
    String formKey = headers.get(Protocol.USER_TASK_FORM_KEY_HEADER_NAME);
    String priority = headers.get(Protocol.USER_TASK_PRIORITY_HEADER_NAME);
    String key = headers.get(Protocol.USER_TASK_KEY_HEADER_NAME);
    return new TaskProperties(
        headers.get(Protocol.USER_TASK_ACTION_HEADER_NAME),
        headers.get(Protocol.USER_TASK_ASSIGNEE_HEADER_NAME),
        list(headers.get(Protocol.USER_TASK_CANDIDATE_GROUPS_HEADER_NAME)),
        list(headers.get(Protocol.USER_TASK_CANDIDATE_USERS_HEADER_NAME)),
        list(headers.get(Protocol.USER_TASK_CHANGED_ATTRIBUTES_HEADER_NAME)),
        headers.get(Protocol.USER_TASK_DUE_DATE_HEADER_NAME),
        headers.get(Protocol.USER_TASK_FOLLOW_UP_DATE_HEADER_NAME),
        formKey == null ? null : Long.valueOf(formKey),
        priority == null ? null : Integer.valueOf(priority),
        key == null ? null : Long.valueOf(key));
  }

  private static List<String> list(String json) {
    return json == null
        ? List.of()
        : QUOTED.matcher(json).results().map(one -> one.group(1).replaceAll("\\\\(.)", "$1")).toList();
  }
}
