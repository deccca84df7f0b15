package dev.leadline.inbox;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.command.ProblemException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What a person does with a task: take it, give it back, complete it. */
@Component
class Desk {

  private static final Pattern DENIED = Pattern.compile("Reason to deny: '(.*)'", Pattern.DOTALL);

  private final CamundaClient camunda;
  private final Tasks tasks;

  Desk(CamundaClient camunda, Tasks tasks) {
    this.camunda = camunda;
    this.tasks = tasks;
  }

  /** Why something was not possible, in a sentence for the person who tried. */
  static final class Refused extends Exception {
    Refused(String sentence) {
      super(sentence);
    }
  }

  /**
   * @param takeOver also when somebody else works on it
   */
  void claim(long key, String person, boolean takeOver) throws Refused {
    try {
      camunda.newAssignUserTaskCommand(key).assignee(person).action("claim").allowOverride(takeOver).send().join();
    } catch (ClientHttpException e) {
      throw refused(key, e);
    }
  }

  void release(long key) throws Refused {
    try {
      camunda.newUnassignUserTaskCommand(key).send().join();
    } catch (ClientHttpException e) {
      throw refused(key, e);
    }
  }

  /** Completes a task as this person; a task that nobody works on becomes theirs first. */
  void complete(long key, String person, Map<String, Object> variables) throws Refused {
    var task = tasks.find(key).filter(Task::open).orElseThrow(() -> new Refused(TOO_LATE));
    if (task.assignee() == null) {
      claim(key, person, false);
    } else if (!task.assignee().equals(person)) {
      throw new Refused("%s works on this task. Take it over first.".formatted(task.assignee()));
    }
    try {
      camunda.newCompleteUserTaskCommand(key).variables(variables).send().join();
    } catch (ClientHttpException e) {
      throw refused(key, e);
    }
  }

  private static final String TOO_LATE = "Somebody else was faster: this task is done already.";

  private Refused refused(long key, ClientHttpException failure) {
    var detail = detail(failure);
    var denied = DENIED.matcher(detail);
    if (denied.find()) return new Refused(denied.group(1));
    if (failure.code() == 404) return new Refused(TOO_LATE);
    if (failure.code() != 409) throw failure;
    return tasks
        .find(key)
        .filter(Task::open)
        .map(Task::assignee)
        .map(assignee -> new Refused("Somebody else was faster: %s works on this task.".formatted(assignee)))
        .orElseGet(() -> new Refused("This task is being changed by somebody else right now. Try again in a moment."));
  }

  private static String detail(ClientHttpException failure) {
    return failure instanceof ProblemException problem
        ? Optional.ofNullable(problem.details().getDetail()).orElse("")
        : Optional.ofNullable(failure.getMessage()).orElse("");
  }
}
