package dev.leadline.qualify;

import dev.leadline.engine.TaskAnswer;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Completing listener of the task QualifyByHand: records who sent the lead where, or says why the task is not done.
 *
 * <p>Completes its job itself, because only then the task can be given back with a sentence.
 */
@Component
public class RecordQualification {

  private static final Set<String> ROUTES = Set.of("outreach", "nurture", "close");

  private final Leads leads;
  private final Timeline timeline;

  RecordQualification(Leads leads, Timeline timeline) {
    this.leads = leads;
    this.timeline = timeline;
  }

  @JobWorker(
      type = "record-qualification",
      autoComplete = false,
      fetchVariables = {"leadId", "route", "reason"})
  public void handle(JobClient client, ActivatedJob job) {
    var answer = TaskAnswer.of(job);
    TaskAnswer.complete(client, job, answer.objection().or(() -> record(answer, job)));
  }

  private Optional<String> record(TaskAnswer answer, ActivatedJob job) {
    Object route = answer.variables().get("route");
    Object reason = answer.variables().get("reason");
    var objection = objection(route, reason);
    if (objection.isEmpty())
      record((String) job.getVariable("leadId"), answer.person(), (String) route, text(reason), job.getElementInstanceKey());
    return objection;
  }

  static Optional<String> objection(Object route, Object reason) {
    if (!(route instanceof String way) || !ROUTES.contains(way))
      return Optional.of("Choose how to go on: outreach, nurture or close.");
    if (way.equals("close") && text(reason).isEmpty()) return Optional.of("Give a reason for closing the lead.");
    return Optional.empty();
  }

  private void record(String leadId, String person, String route, String reason, long task) {
    leads.change(leadId, lead -> lead.withRoute(route).withStage(Stage.QUALIFYING));
    timeline.record(
        "record-qualification-" + task + "-" + route, leadId, "record-qualification", Actor.PERSON, person,
        "%s decided: %s.".formatted(person, route), reason.isEmpty() ? List.of() : List.of(reason));
    QualifiedLeads.count(route);
  }

  private static String text(Object value) {
    return value instanceof String text ? text.strip() : "";
  }
}
