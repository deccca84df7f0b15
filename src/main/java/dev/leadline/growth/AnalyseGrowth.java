package dev.leadline.growth;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.research.Cited;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/** Thinking step: where is the company's business going, who else serves it, and how large may it become for us? */
@Component
public class AnalyseGrowth {

  static final String STEP = "analyse-growth";

  private final Dossiers dossiers;
  private final Growths growths;
  private final GrowthByRules rules;
  private final GrowthAnalyst analyst;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  AnalyseGrowth(
      Dossiers dossiers, Growths growths, GrowthByRules rules, Agents agents, Timeline timeline, Clock clock) {
    this.dossiers = dossiers;
    this.growths = growths;
    this.rules = rules;
    this.analyst = agents.create(STEP, GrowthAnalyst.class);
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Dossier dossier = dossiers.get(input.leadId());
    Answer<Outlook> answer = agents.ask(
        STEP, input.leadId(), jobKey,
        () -> analyst.read(dossier.asData()).provenBy(dossier), () -> rules.read(dossier));
    Outlook outlook = answer.value();
    var findings = outlook.findings().stream().map(found -> new Cited(found.text(), found.facts())).toList();
    growths.save(new Growth(input.leadId(), outlook.answers(), findings, answer.source(), clock.instant()));
    tell(input.leadId(), answer, jobKey);
    return new Result(new Summary(
        Outlook.word(outlook.market()), Outlook.word(outlook.competition()), Outlook.word(outlook.potential()),
        answer.source()));
  }

  private void tell(String leadId, Answer<Outlook> answer, long jobKey) {
    var details = new ArrayList<String>();
    if (answer.note() != null) details.add(answer.note());
    answer.value().answers().forEach((question, word) ->
        details.add(Character.toUpperCase(question.charAt(0)) + question.substring(1) + ": " + word));
    answer.value().findings().forEach(found -> details.add(found.text()));
    timeline.record(
        STEP + "-" + jobKey, leadId, STEP, Actor.valueOf(answer.source().name()), answer.by(),
        answer.value().findings().isEmpty()
            ? "The dossier says nothing about growth."
            : "Read the dossier for market, competition and potential.",
        details);
  }

  record Input(String leadId) {}

  record Result(Summary growth) {}

  /** What the table lead-score may count. */
  record Summary(String market, String competition, String potential, Answer.Source source) {}
}
