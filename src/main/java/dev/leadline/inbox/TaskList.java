package dev.leadline.inbox;

import java.util.List;
import java.util.Objects;

/**
 * What the inbox shows at a moment, most urgent first.
 *
 * @param tasks the first of them
 * @param total how many there are
 */
record TaskList(List<Task> tasks, long total) {

  /** Changes whenever the list would look different. */
  public String version() {
    return Integer.toHexString(
        Objects.hash(
            total,
            tasks.stream()
                .map(
                    task ->
                        Objects.hash(task.key(), task.assignee(), task.priority(), task.due(), task.lead() == null))
                .toList()));
  }

  public long more() {
    return Math.max(0, total - tasks.size());
  }
}
