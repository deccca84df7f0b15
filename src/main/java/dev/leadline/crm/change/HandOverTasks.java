package dev.leadline.crm.change;

import dev.leadline.crm.CrmRecords;
import dev.leadline.provider.Unavailable;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.UserTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Acts: gives the open tasks about a lead to their new owner. */
@Component
public class HandOverTasks {

  private static final Logger log = LoggerFactory.getLogger(HandOverTasks.class);

  private final CrmRecords crm;
  private final ReceivedChanges changes;
  private final CamundaClient camunda;
  private final Timeline timeline;

  HandOverTasks(CrmRecords crm, ReceivedChanges changes, CamundaClient camunda, Timeline timeline) {
    this.crm = crm;
    this.changes = changes;
    this.camunda = camunda;
    this.timeline = timeline;
  }

  @JobWorker(type = "hand-over-tasks")
  public void handle(@VariablesAsType Input input) {
    Received change = changes.findById(input.changeId())
        .orElseThrow(() -> new IllegalStateException("No change " + input.changeId()));
    var name = nameOf(change.value());
    String owner = name.orElse(change.value());
    long given = open(input.leadId()).stream().filter(task -> give(task, owner)).count();
    timeline.record(
        "crm-change:" + input.changeId(), input.leadId(), "crm-change", Actor.PERSON, "CRM",
        "%s looks after them now".formatted(name.orElse("Somebody whose name the CRM does not say (%s)".formatted(owner))),
        given == 0 ? List.of() : List.of("Open tasks handed over: " + given));
  }

  /** A name is a courtesy; whoever has it not, or may not say it, keeps nothing waiting. */
  private Optional<String> nameOf(String owner) {
    try {
      return crm.nameOf(owner);
    } catch (Unavailable | CrmRecords.Refused unknown) {
      log.info("The CRM does not say who has somebody now: {}", unknown.getMessage());
      return Optional.empty();
    }
  }

  private List<UserTask> open(String leadId) {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.state(UserTaskState.CREATED)
            .processInstanceVariables(Map.of("leadId", "\"" + leadId + "\"")))
        .execute().items();
  }

  /** @return false when it was done meanwhile */
  private boolean give(UserTask task, String owner) {
    try {
      camunda.newAssignUserTaskCommand(task.getUserTaskKey())
          .assignee(owner).action("hand-over").allowOverride(true).execute();
      return true;
    } catch (ClientHttpException e) {
      if (e.code() == 404 || e.code() == 409) return false;
      throw e;
    }
  }

  record Input(String leadId, String changeId) {}
}
