package dev.leadline.research;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossier.Visit;
import dev.leadline.research.SiteTour.Read;
import dev.leadline.research.SiteTour.Tour;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
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
  private final InjectionGuard guard;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  ResearchLead(
      Leads leads, Dossiers dossiers, SiteTour tours, SiteRules site, FactsByRules rules, InjectionGuard guard,
      Agents agents, Timeline timeline, Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.tours = tours;
    this.rules = rules;
    this.model = new FactsByModel(agents.create(STEP, Researcher.class), site);
    this.guard = guard;
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Lead known = leads.get(input.leadId());
    Lead lead = known.reworded(guard::cleaned);
    Tour tour = tours.of(lead.website());
    Map<String, String> taints = taints(known, tour);
    LocalDate today = LocalDate.now(clock);
    List<Fact> byRules = rules.find(lead, tour.pages(), today);
    Answer<List<Fact>> facts = agents.ask(
        STEP, lead.id(), jobKey, () -> model.find(lead, tour.pages(), byRules, today), () -> byRules);
    var marked = facts.value().stream().map(fact -> fact.tainted(taints.get(fact.source()))).toList();
    var visits = visits(tour, taints.get(Fact.OWN_WORDS));
    dossiers.change(lead.id(), dossier -> dossier.researched(marked, visits, facts.source(), clock.instant()));
    tell(lead, tour, visits, facts, jobKey);
    return new Result(new Summary(facts.value().size(), facts.source()));
  }

  /** What in the form and on each page speaks to machines, by source. */
  private Map<String, String> taints(Lead lead, Tour tour) {
    var taints = new HashMap<String, String>();
    Stream.of(lead.name(), lead.company(), lead.jobTitle(), lead.leadSource(), lead.projectDescription())
        .map(words -> guard.read(words).taint())
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(taint -> taints.put(Fact.OWN_WORDS, taint));
    for (Read page : tour.pages()) if (page.taint() != null) taints.put(page.address().toString(), page.taint());
    return taints;
  }

  private static List<Visit> visits(Tour tour, String taint) {
    if (taint == null) return tour.visits();
    return Stream.concat(Stream.of(Visit.leftOut(Fact.OWN_WORDS, taint)), tour.visits().stream()).toList();
  }

  private void tell(Lead lead, Tour tour, List<Visit> visits, Answer<List<Fact>> facts, long jobKey) {
    var details = new ArrayList<String>();
    if (facts.note() != null) details.add(facts.note());
    if (tour.visits().isEmpty()) details.add("No website given.");
    visits.forEach(visit -> details.add(visit.address() + ": " + visit.outcome()));
    String where =
        tour.pages().isEmpty() ? "the form alone" : "the form and " + counted(tour.pages().size(), "page");
    timeline.record(
        STEP + "-" + jobKey, lead.id(), STEP, Actor.valueOf(facts.source().name()), facts.by(),
        "Found %s in %s.".formatted(counted(facts.value().size(), "fact"), where), details);
  }

  static String counted(int number, String what) {
    return number == 1 ? "one " + what : number + " " + what + "s";
  }

  record Input(String leadId) {}

  record Result(Summary research) {}

  /** How much is known, and who found it. */
  record Summary(int facts, Answer.Source source) {}
}
