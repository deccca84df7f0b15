package dev.leadline.meeting;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.growth.Growths;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Conversation;
import dev.leadline.outreach.Correspondence;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.qualify.Assessments;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Thinking step: what should a seller know before speaking with this lead? */
@Component
public class BriefSeller {

  static final String STEP = "brief-seller";

  private final Leads leads;
  private final Dossiers dossiers;
  private final Assessments assessments;
  private final Growths growths;
  private final List<Correspondence> channels;
  private final SenderProfile sender;
  private final Briefs briefs;
  private final BriefByRules rules;
  private final Briefer briefer;
  private final InjectionGuard guard;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  BriefSeller(
      Leads leads, Dossiers dossiers, Assessments assessments, Growths growths, List<Correspondence> channels,
      SenderProfile sender, Briefs briefs, BriefByRules rules, InjectionGuard guard, Agents agents, Timeline timeline,
      Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.assessments = assessments;
    this.growths = growths;
    this.channels = channels;
    this.sender = sender;
    this.briefs = briefs;
    this.rules = rules;
    this.briefer = agents.create(STEP, Briefer.class);
    this.guard = guard;
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Lead lead = leads.get(input.leadId()).reworded(guard::cleaned);
    Dossier dossier = dossiers.get(lead.id());
    Briefing byRules =
        rules.brief(lead, dossier, assessments.findById(lead.id()), growths.findById(lead.id()));
    Answer<Briefing> answer = agents.ask(
        STEP, lead.id(), jobKey, () -> ask(lead, dossier).provenBy(dossier).orPointsOf(byRules), () -> byRules);
    Briefing briefing = answer.value();
    var objections =
        briefing.objections().stream().map(one -> new Brief.Objection(one.text(), one.answer())).toList();
    briefs.save(new Brief(
        lead.id(), briefing.who(), briefing.whyNow(), briefing.points(), briefing.questions(), objections,
        answer.source(), clock.instant()));
    tell(lead.id(), answer, jobKey);
    return new Result(new Summary(briefing.points().size(), answer.source()));
  }

  private Briefing ask(Lead lead, Dossier dossier) {
    String about = "%s, %s at %s. Came through: %s".formatted(
        lead.name(), lead.jobTitle(), lead.company(), lead.leadSource());
    return briefer.brief(
        sender.company(), sender.asText(), ForeignText.harmless(about), dossier.asData(),
        Conversation.of(lead.id(), channels).asData());
  }

  private void tell(String leadId, Answer<Briefing> answer, long jobKey) {
    var details = new ArrayList<String>();
    if (answer.note() != null) details.add(answer.note());
    answer.value().points().forEach(point -> details.add(point.text()));
    timeline.record(
        STEP + "-" + jobKey, leadId, STEP, Actor.valueOf(answer.source().name()), answer.by(),
        "Prepared a colleague for a conversation.", details);
  }

  record Input(String leadId) {}

  record Result(Summary brief) {}

  /** @param points how many there are to talk about; the brief itself is in the database */
  record Summary(int points, Answer.Source source) {}
}
