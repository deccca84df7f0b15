package dev.leadline.campaign;

import dev.leadline.engine.Messages;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Acts: ends the journeys of whom a cancelled run has found, and with them whatever was still to be sent. Whoever has
 * answered or meets us goes on.
 */
@Component
public class StopLeads {

  private static final String STEP = "stop-leads";
  private static final String MESSAGE = "lead-dropped";
  private static final Set<Stage> GO_ON = EnumSet.of(Stage.ANSWERED, Stage.MEETING);

  private final Executions executions;
  private final Attributions attributions;
  private final Leads leads;
  private final LastAnswers answers;
  private final Messages messages;
  private final Timeline timeline;

  StopLeads(
      Executions executions, Attributions attributions, Leads leads, LastAnswers answers, Messages messages,
      Timeline timeline) {
    this.executions = executions;
    this.attributions = attributions;
    this.leads = leads;
    this.answers = answers;
    this.messages = messages;
    this.timeline = timeline;
  }

  @JobWorker(type = STEP)
  public void handle(@VariablesAsType Input input) {
    var run = executions.get(input.executionId());
    var found = attributions.idsOf(run.id()).stream().map(Attribution::leadId).toList();
    Map<String, Lead> known = leads.findByIdIn(found).stream().collect(Collectors.toMap(Lead::id, Function.identity()));
    var answered = answers.findByLeadIdIn(found).stream().map(LastAnswer::leadId).collect(Collectors.toSet());
    for (String id : found) {
      var lead = known.get(id);
      if (answered.contains(id) || lead != null && GO_ON.contains(lead.stage())) continue;
      // Who is about to become a lead has no journey yet: the message waits for it.
      if (lead != null && !Funnels.ENDS.contains(lead.stage())) tell(run, id);
      messages.tell(MESSAGE, id, run.id() + "/" + id);
    }
  }

  private void tell(Execution run, String leadId) {
    timeline.record(
        "campaign-cancelled:" + run.id() + ":" + leadId, leadId, STEP, Actor.SYSTEM, run.definition().name(),
        "The campaign “%s” was cancelled: nothing more of it is sent".formatted(run.definition().name()),
        run.because() == null ? List.of() : List.of(run.because()));
  }

  record Input(String executionId) {}
}
