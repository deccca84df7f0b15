package dev.leadline.inbox;

import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.CamundaClient;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.search.response.UserTask;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Acts: moves a review that nobody did in time to the top of the inbox and to the sales leads. */
@Component
public class EscalateReview {

  private static final int URGENT = 90;
  private static final String SALES_LEADS = "sales-leads";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM, HH:mm 'UTC'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private final Tasks tasks;
  private final CamundaClient camunda;
  private final Timeline timeline;

  EscalateReview(Tasks tasks, CamundaClient camunda, Timeline timeline) {
    this.tasks = tasks;
    this.camunda = camunda;
    this.timeline = timeline;
  }

  public record Input(String leadId) {}

  @JobWorker(type = "escalate-review")
  public void escalate(@VariablesAsType Input input, @ProcessInstanceKey long processInstanceKey) {
    tasks.ofInstance(processInstanceKey).stream().filter(this::raise).forEach(task -> record(input.leadId(), task));
  }

  /** Whether the task is urgent now; false when it was completed meanwhile. */
  private boolean raise(UserTask task) {
    var groups = new TreeSet<>(Optional.ofNullable(task.getCandidateGroups()).orElse(List.of()));
    groups.add(SALES_LEADS);
    try {
      camunda
          .newUpdateUserTaskCommand(task.getUserTaskKey())
          .priority(Math.max(URGENT, Optional.ofNullable(task.getPriority()).orElse(0)))
          .candidateGroups(List.copyOf(groups))
          .action("escalate")
          .send()
          .join();
      return true;
    } catch (ClientHttpException e) {
      if (e.code() == 404) return false;
      throw e;
    }
  }

  private void record(String leadId, UserTask task) {
    var since = task.getDueDate() == null ? "" : " since " + TIME.format(task.getDueDate());
    timeline.record(
        "escalate-review/" + task.getUserTaskKey(),
        leadId,
        "escalate-review",
        Actor.SYSTEM,
        "timer",
        "“%s” is overdue%s; the sales leads were asked.".formatted(task.getName(), since),
        List.of());
  }
}
