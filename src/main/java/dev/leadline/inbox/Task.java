package dev.leadline.inbox;

import dev.leadline.lead.Lead;
import io.camunda.client.api.search.response.UserTask;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A step of a journey that waits for a person.
 *
 * @param process name of the diagram it stands in
 * @param due null when it has no due date
 * @param priority 0 to 100, 50 is normal
 * @param assignee who works on it; null when nobody does
 * @param lead whom it is about; null when unknown
 */
record Task(
    long key,
    String name,
    String process,
    long processInstanceKey,
    Instant created,
    Instant due,
    int priority,
    String assignee,
    boolean open,
    Lead lead) {

  static Task of(UserTask task, Lead lead) {
    return new Task(
        task.getUserTaskKey(),
        Optional.ofNullable(task.getName()).orElse(task.getElementId()),
        Optional.ofNullable(task.getProcessName()).orElse(task.getBpmnProcessId()),
        task.getProcessInstanceKey(),
        instant(task.getCreationDate()),
        instant(task.getDueDate()),
        Optional.ofNullable(task.getPriority()).orElse(50),
        task.getAssignee() == null || task.getAssignee().isBlank() ? null : task.getAssignee(),
        Tasks.OPEN.contains(task.getState()),
        lead);
  }

  /** As the engine will soon show it: a search may still show the former assignee. */
  Task assignedTo(String person) {
    return new Task(key, name, process, processInstanceKey, created, due, priority, person, open, lead);
  }

  public boolean overdue(Instant now) {
    return due != null && due.isBefore(now);
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
