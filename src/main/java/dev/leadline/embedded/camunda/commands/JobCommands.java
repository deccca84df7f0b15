package dev.leadline.embedded.camunda.commands;

import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResult;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResultActivateElement;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResultCorrections;
import io.camunda.zeebe.protocol.record.intent.JobBatchIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.value.JobResultType;
import io.camunda.zeebe.util.buffer.BufferUtil;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;

/** Commands about jobs. */
public final class JobCommands {

  private JobCommands() {}

  /** What a worker asks for; {@code timeout} in milliseconds, no fetch variables means all. */
  public record Request(String type, String worker, long timeout, int max, List<String> fetchVariables) {
    public Request {
      require(!type.isBlank(), "type", "present, but it is blank");
      require(timeout > 0, "timeout", "greater than zero, but it is " + timeout);
      require(max > 0, "maxJobsToActivate", "greater than zero, but it is " + max);
    }

    private static void require(boolean valid, String field, String expected) {
      if (!valid) {
        throw Refusal.invalid("Expected to activate jobs with %s to be %s".formatted(field, expected));
      }
    }
  }

  public static Command activate(Request request) {
    JobBatchRecord record =
        new JobBatchRecord()
            .setType(request.type())
            .setWorker(request.worker())
            .setTimeout(request.timeout())
            .setMaxJobsToActivate(request.max())
            .setTenantIds(List.of(Command.TENANT));
    request.fetchVariables().forEach(name -> record.variables().add().wrap(BufferUtil.wrapString(name)));
    return Command.create(JobBatchIntent.ACTIVATE, record);
  }

  /** Gives an activated job back, for the next worker. */
  public static Command yield(long key) {
    return new Command(JobIntent.YIELD, key, new JobRecord());
  }

  public static Command complete(long key, DirectBuffer variables, JobResult result) {
    JobRecord record = new JobRecord().setVariables(variables);
    if (result != null) {
      record.setResult(result);
    }
    return new Command(JobIntent.COMPLETE, key, record);
  }

  /** A task listener's answer; a correction that is null leaves the attribute as it is. */
  public record Corrections(
      String assignee,
      String dueDate,
      String followUpDate,
      List<String> candidateUsers,
      List<String> candidateGroups,
      Integer priority) {}

  public static JobResult listenerResult(boolean denied, String reason, Corrections corrections) {
    JobResult result = new JobResult().setType(JobResultType.USER_TASK).setDenied(denied).setDeniedReason(reason);
    if (corrections == null) {
      return result;
    }
    JobResultCorrections target = new JobResultCorrections();
    List<String> corrected = new ArrayList<>();
    if (corrections.assignee() != null) {
      target.setAssignee(corrections.assignee());
      corrected.add("assignee");
    }
    if (corrections.dueDate() != null) {
      target.setDueDate(corrections.dueDate());
      corrected.add("dueDate");
    }
    if (corrections.followUpDate() != null) {
      target.setFollowUpDate(corrections.followUpDate());
      corrected.add("followUpDate");
    }
    if (corrections.candidateUsers() != null) {
      target.setCandidateUsersList(corrections.candidateUsers());
      corrected.add("candidateUsersList");
    }
    if (corrections.candidateGroups() != null) {
      target.setCandidateGroupsList(corrections.candidateGroups());
      corrected.add("candidateGroupsList");
    }
    if (corrections.priority() != null) {
      target.setPriority(corrections.priority());
      corrected.add("priority");
    }
    return result.setCorrections(target).setCorrectedAttributes(corrected);
  }

  /** An element that an ad-hoc sub-process is to activate next. */
  public record AdHocElement(String elementId, DirectBuffer variables) {}

  public static JobResult adHocResult(List<AdHocElement> elements, boolean fulfilled, boolean cancelRemaining) {
    JobResult result =
        new JobResult()
            .setType(JobResultType.AD_HOC_SUB_PROCESS)
            .setCompletionConditionFulfilled(fulfilled)
            .setCancelRemainingInstances(cancelRemaining);
    for (AdHocElement element : elements) {
      result.addActivateElement(
          new JobResultActivateElement().setElementId(element.elementId()).setVariables(element.variables()));
    }
    return result;
  }

  /** A failure; {@code backOff} in milliseconds. */
  public static Command fail(long key, int retries, long backOff, String message, DirectBuffer variables) {
    JobRecord record =
        new JobRecord().setRetries(retries).setRetryBackoff(backOff).setErrorMessage(message).setVariables(variables);
    return new Command(JobIntent.FAIL, key, record);
  }

  public static Command throwError(long key, String code, String message, DirectBuffer variables) {
    JobRecord record =
        new JobRecord()
            .setErrorCode(BufferUtil.wrapString(code))
            .setErrorMessage(message)
            .setVariables(variables);
    return new Command(JobIntent.THROW_ERROR, key, record);
  }

  public static Command updateRetries(long key, int retries) {
    return new Command(JobIntent.UPDATE_RETRIES, key, new JobRecord().setRetries(retries));
  }

  public static Command updateTimeout(long key, long timeout) {
    return new Command(JobIntent.UPDATE_TIMEOUT, key, new JobRecord().setTimeout(timeout));
  }

  /** Changes what is not null. */
  public static Command update(long key, Integer retries, Long timeout) {
    JobRecord record = new JobRecord();
    Set<String> changed = new HashSet<>();
    if (retries != null) {
      record.setRetries(retries);
      changed.add(JobRecord.RETRIES);
    }
    if (timeout != null) {
      record.setTimeout(timeout);
      changed.add(JobRecord.TIMEOUT);
    }
    if (changed.isEmpty()) {
      throw Refusal.invalid("No job update provided. At least one of [retries, timeout] is required.");
    }
    return new Command(JobIntent.UPDATE, key, record.setChangedAttributes(changed));
  }
}
