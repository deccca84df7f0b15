package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.record.value.usertask.UserTaskRecord;
import io.camunda.zeebe.protocol.record.intent.UserTaskIntent;
import java.util.List;
import org.agrona.DirectBuffer;

/** Commands about user tasks. */
public final class UserTaskCommands {

  private UserTaskCommands() {}

  public static Command complete(long key, DirectBuffer variables, String action) {
    return of(UserTaskIntent.COMPLETE, key, new UserTaskRecord().setVariables(variables).setAction(action));
  }

  /** Assigns; without override only if nobody else has the task. */
  public static Command assign(long key, String assignee, boolean override, String action) {
    UserTaskRecord record = new UserTaskRecord().setAssignee(assignee).setAction(action);
    return of(override ? UserTaskIntent.ASSIGN : UserTaskIntent.CLAIM, key, record);
  }

  public static Command unassign(long key) {
    return assign(key, "", true, "unassign");
  }

  /** What to change; null leaves the attribute as it is. */
  public record Changes(
      List<String> candidateGroups,
      List<String> candidateUsers,
      String dueDate,
      String followUpDate,
      Integer priority) {}

  public static Command update(long key, Changes changes, String action) {
    UserTaskRecord record = new UserTaskRecord().setAction(action);
    if (changes.candidateGroups() != null) {
      record.setCandidateGroupsList(changes.candidateGroups()).setCandidateGroupsChanged();
    }
    if (changes.candidateUsers() != null) {
      record.setCandidateUsersList(changes.candidateUsers()).setCandidateUsersChanged();
    }
    if (changes.dueDate() != null) {
      record.setDueDate(changes.dueDate()).setDueDateChanged();
    }
    if (changes.followUpDate() != null) {
      record.setFollowUpDate(changes.followUpDate()).setFollowUpDateChanged();
    }
    if (changes.priority() != null) {
      if (changes.priority() < 0 || changes.priority() > 100) {
        throw Refusal.invalid(
            "The value for priority is '%d' but must be within the [0,100] range.".formatted(changes.priority()));
      }
      record.setPriority(changes.priority()).setPriorityChanged();
    }
    return of(UserTaskIntent.UPDATE, key, record);
  }

  private static Command of(UserTaskIntent intent, long key, UserTaskRecord record) {
    return new Command(intent, key, record.setUserTaskKey(key));
  }
}
