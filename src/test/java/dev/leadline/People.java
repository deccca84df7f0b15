package dev.leadline;

import static org.awaitility.Awaitility.await;

import dev.leadline.lead.Lead;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.UserTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Those who do the tasks of the journeys. */
public final class People {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final CamundaClient camunda;
  private final Timeline timeline;

  People(CamundaClient camunda, Timeline timeline) {
    this.camunda = camunda;
    this.timeline = timeline;
  }

  /** Tasks about a lead that wait at this element. */
  public List<UserTask> tasks(String elementId, Lead lead) {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId(elementId).state(UserTaskState.CREATED)
            .processInstanceVariables(Map.of("leadId", "\"" + lead.id() + "\"")))
        .execute().items();
  }

  /** Waits for it; when it does not come, says where the lead's journeys are instead. */
  public UserTask task(String elementId, Lead lead) {
    try {
      return await().atMost(PATIENCE).until(() -> tasks(elementId, lead), found -> !found.isEmpty()).getFirst();
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "No task %s for lead %s, whose journeys are at %s and whose timeline has %s".formatted(
              elementId, lead.id(), whereabouts(lead), timeline.of(lead.id()).stream().map(TimelineEntry::step).toList()),
          e);
    }
  }

  private List<String> whereabouts(Lead lead) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.variables(Map.of("leadId", "\"" + lead.id() + "\""))).execute().items().stream()
        .map(ProcessInstance::getProcessInstanceKey)
        .flatMap(instance -> Stream.concat(elements(instance), jobs(instance)))
        .toList();
  }

  private Stream<String> elements(long instance) {
    return camunda.newElementInstanceSearchRequest()
        .filter(element -> element.processInstanceKey(instance).state(ElementInstanceState.ACTIVE)).execute().items().stream()
        .map(element -> "%s since %s".formatted(element.getElementId(), element.getStartDate()));
  }

  private Stream<String> jobs(long instance) {
    return camunda.newJobSearchRequest().filter(job -> job.processInstanceKey(instance)).execute().items().stream()
        .map(job -> "job %d %s %s by %s until %s".formatted(
            job.getJobKey(), job.getType(), job.getState(), job.getWorker(), job.getDeadline()));
  }

  /** Robin does it. */
  public void complete(UserTask task, Map<String, Object> answer) {
    camunda.newAssignUserTaskCommand(task.getUserTaskKey()).assignee("Robin").execute();
    camunda.newCompleteUserTaskCommand(task.getUserTaskKey()).variables(answer).execute();
  }
}
