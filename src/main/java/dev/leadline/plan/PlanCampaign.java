package dev.leadline.plan;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.growth.Growth;
import dev.leadline.growth.Growths;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.plan.Interests.Interest;
import dev.leadline.qualify.Assessment;
import dev.leadline.qualify.Assessments;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Thinking step: how do we go about this lead? Channels, number and waits of the touches are the table's. */
@Component
public class PlanCampaign {

  static final String STEP = "plan-campaign";

  private final Leads leads;
  private final Dossiers dossiers;
  private final Assessments assessments;
  private final Growths growths;
  private final Plans plans;
  private final Origins origins;
  private final Interests interests;
  private final StrategyByRules rules;
  private final CampaignPlanner planner;
  private final InjectionGuard guard;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  PlanCampaign(
      Leads leads, Dossiers dossiers, Assessments assessments, Growths growths, Plans plans, Origins origins,
      Interests interests, StrategyByRules rules, InjectionGuard guard, Agents agents, Timeline timeline, Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.assessments = assessments;
    this.growths = growths;
    this.plans = plans;
    this.origins = origins;
    this.interests = interests;
    this.rules = rules;
    this.planner = agents.create(STEP, CampaignPlanner.class);
    this.guard = guard;
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Lead lead = leads.get(input.leadId()).reworded(guard::cleaned);
    Dossier dossier = dossiers.get(lead.id());
    var assessment = assessments.findById(lead.id());
    var growth = growths.findById(lead.id());
    List<Cited> points = assessment.map(Assessment::talkingPoints).orElse(List.of());
    Answer<Strategy> answer = agents.ask(
        STEP, lead.id(), jobKey,
        () -> ask(input.campaign(), lead, dossier, points, growth),
        () -> rules.choose(answers(assessment, growth), dossier, points));
    var strategy = answer.value();
    String origin = origins.of(lead.leadSource()).is();
    String interest = interests.of(lead, dossier).map(Interest::topic).orElse(null);
    plans.save(new Plan(
        Plan.id(lead.id(), input.campaign()), lead.id(), input.campaign(), strategy.approachInWords(), strategy.why(),
        origin, interest, strategy.points(), answer.source(), clock.instant()));
    tell(lead.id(), answer, origin, interest, jobKey);
    return new Result(new Summary(strategy.approachInWords(), origin, interest, answer.source()));
  }

  private Strategy ask(
      String campaign, Lead lead, Dossier dossier, List<Cited> points, Optional<Growth> growth) {
    String about = "%s at %s. Came through: %s".formatted(lead.jobTitle(), lead.company(), lead.leadSource());
    return planner
        .plan(
            campaign, ForeignText.harmless(about), dossier.asData(), asData(points),
            asData(growth.map(Growth::findings).orElse(List.of())))
        .provenBy(dossier);
  }

  private static String asData(List<Cited> sentences) {
    return sentences.isEmpty()
        ? "none"
        : sentences.stream()
            .map(one -> ForeignText.harmless("%s (%s)".formatted(one.text(), String.join(", ", one.facts()))))
            .collect(Collectors.joining("\n"));
  }

  private static Map<String, String> answers(Optional<Assessment> assessment, Optional<Growth> growth) {
    var answers = new HashMap<String, String>();
    assessment.ifPresent(known -> answers.putAll(known.answers()));
    growth.ifPresent(known -> answers.putAll(known.answers()));
    return answers;
  }

  private void tell(String leadId, Answer<Strategy> answer, String origin, String interest, long jobKey) {
    var details = new ArrayList<String>();
    if (answer.note() != null) details.add(answer.note());
    details.add(answer.value().why());
    details.add("Came from: " + origin + (interest == null ? "" : "; interested in " + interest));
    answer.value().points().forEach(point -> details.add(point.text()));
    timeline.record(
        STEP + "-" + jobKey, leadId, STEP, Actor.valueOf(answer.source().name()), answer.by(),
        "Approach: %s.".formatted(answer.value().approachInWords()), details);
  }

  /** @param campaign outreach or nurture */
  record Input(String leadId, String campaign) {}

  record Result(Summary plan) {}

  /** What the table touch-plan reads. */
  record Summary(String approach, String origin, String interest, Answer.Source source) {}
}
