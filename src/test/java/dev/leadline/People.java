package dev.leadline;

import static org.awaitility.Awaitility.await;

import dev.leadline.lead.Lead;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.UserTask;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Those who do the tasks of the journeys. */
public final class People {

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final CamundaClient camunda;

  People(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /** Tasks about a lead that wait at this element. */
  public List<UserTask> tasks(String elementId, Lead lead) {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId(elementId).state(UserTaskState.CREATED)
            .processInstanceVariables(Map.of("leadId", "\"" + lead.id() + "\"")))
        .execute().items();
  }

  /** Waits for it. */
  public UserTask task(String elementId, Lead lead) {
    return await().atMost(PATIENCE).until(() -> tasks(elementId, lead), found -> !found.isEmpty()).getFirst();
  }

  /** Robin does it. */
  public void complete(UserTask task, Map<String, Object> answer) {
    camunda.newAssignUserTaskCommand(task.getUserTaskKey()).assignee("Robin").execute();
    camunda.newCompleteUserTaskCommand(task.getUserTaskKey()).variables(answer).execute();
  }
}
