package dev.leadline.research;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.SiteTour.Tour;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Thinking step: what can be known about this lead, from their website and their own words? */
@Component
public class ResearchLead {

  static final String STEP = "research-lead";

  private final Leads leads;
  private final Dossiers dossiers;
  private final SiteTour tours;
  private final FactsByRules rules;
  private final FactsByModel model;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  ResearchLead(
      Leads leads, Dossiers dossiers, SiteTour tours, SiteRules site, FactsByRules rules, Agents agents,
      Timeline timeline, Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.tours = tours;
    this.rules = rules;
    this.model = new FactsByModel(agents.create(STEP, Researcher.class), site);
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Lead lead = leads.get(input.leadId());
    Tour tour = tours.of(lead.website());
    LocalDate today = LocalDate.now(clock);
    List<Fact> byRules = rules.find(lead, tour.pages(), today);
    Answer<List<Fact>> facts = agents.ask(
        STEP, lead.id(), jobKey, () -> model.find(lead, tour.pages(), byRules, today), () -> byRules);
    dossiers.change(lead.id(), dossier ->
        dossier.researched(facts.value(), tour.visits(), facts.source(), clock.instant()));
    tell(lead, tour, facts, jobKey);
    return new Result(new Summary(facts.value().size(), facts.source()));
  }

  private void tell(Lead lead, Tour tour, Answer<List<Fact>> facts, long jobKey) {
    var details = new ArrayList<String>();
    if (facts.note() != null) details.add(facts.note());
    if (tour.visits().isEmpty()) details.add("No website given.");
    tour.visits().forEach(visit -> details.add(visit.address() + ": " + visit.outcome()));
    String where = tour.pages().isEmpty() ? "the form alone" : "the form and %d pages".formatted(tour.pages().size());
    timeline.record(
        STEP + "-" + jobKey, lead.id(), STEP, Actor.valueOf(facts.source().name()), facts.by(),
        "Found %d facts in %s.".formatted(facts.value().size(), where), details);
  }

  record Input(String leadId) {}

  record Result(Summary research) {}

  /** How much is known, and who found it. */
  record Summary(int facts, Answer.Source source) {}
}
