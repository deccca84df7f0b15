package dev.leadline.research;

import dev.leadline.agent.Agents;
import dev.leadline.agent.Answer;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading;
import dev.leadline.agent.tools.Readings;
import dev.leadline.guard.ForeignText;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Company;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossier.Visit;
import dev.leadline.research.FactsByRules.Text;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Thinking step: which facts are in what the tools of this run have read? They are added to the dossier. */
@Component
public class KeepFindings {

  static final String STEP = "keep-findings";

  private static final String LETTER = "c";
  private static final int MOST_FACTS = 20;
  private static final int LONGEST_QUOTE = 300;

  /** Characters of all that a model is given to read; more is shared out among the sources. */
  private static final int LONGEST_TOGETHER = 40_000;
  private static final int TOLD = 10;

  private final Leads leads;
  private final Dossiers dossiers;
  private final Readings readings;
  private final SiteRules site;
  private final FactsByRules rules;
  private final FindingsReader reader;
  private final InjectionGuard guard;
  private final Agents agents;
  private final Timeline timeline;
  private final Clock clock;

  KeepFindings(
      Leads leads, Dossiers dossiers, Readings readings, SiteRules site, FactsByRules rules, InjectionGuard guard,
      Agents agents, Timeline timeline, Clock clock) {
    this.leads = leads;
    this.dossiers = dossiers;
    this.readings = readings;
    this.site = site;
    this.rules = rules;
    this.reader = agents.create(STEP, FindingsReader.class);
    this.guard = guard;
    this.agents = agents;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @ProcessInstanceKey long run, @JobKey long jobKey) {
    Lead lead = leads.get(input.leadId());
    List<Reading> all = readings.of(run, lead.id());
    Company company = Company.of(lead);
    var read = all.stream().flatMap(reading -> reading.brought().passages().stream()).toList();
    var passages = read.stream().filter(passage -> speaksOf(company, passage)).toList();
    var answer = facts(lead, company, passages, jobKey);
    var taints = new LinkedHashMap<String, String>();
    for (Passage passage : read) if (passage.taint() != null) taints.putIfAbsent(passage.source(), passage.taint());
    var leftOut = taints.entrySet().stream().map(taint -> Visit.leftOut(taint.getKey(), taint.getValue())).toList();
    var found = answer.value().stream().map(fact -> fact.tainted(taints.get(fact.source()))).toList();
    var kept = dossiers
        .change(lead.id(), known -> known.with(LETTER, added(found, known), leftOut, clock.instant()))
        .facts().stream().filter(fact -> fact.id().startsWith(LETTER)).toList();
    tell(lead, answer, kept, leftOut, passages.size(), jobKey);
    return new Result(new Summary(kept.size(), answer.source(), all.size()));
  }

  /** What other steps have not found before, numbered as ours. */
  private static List<Fact> added(List<Fact> found, Dossier dossier) {
    var others = dossier.facts().stream().filter(fact -> !fact.id().startsWith(LETTER)).toList();
    var added = new ArrayList<Fact>();
    for (Fact fact : found) {
      if (others.stream().anyMatch(other -> saysTheSame(fact, other))) continue;
      added.add(fact.as(LETTER + (added.size() + 1)));
    }
    return added;
  }

  private static boolean saysTheSame(Fact one, Fact other) {
    return one.kind().equals(other.kind())
        && (one.quote().equals(other.quote()) || one.provider() != null && one.text().equals(other.text()));
  }

  /** A stranger's page that does not name the company says nothing about it, whatever it says. */
  private static boolean speaksOf(Company company, Passage passage) {
    return passage.kind() != null || company.owns(passage.source()) || company.isNamedIn(passage.text());
  }

  private Answer<List<Fact>> facts(Lead lead, Company company, List<Passage> passages, long jobKey) {
    LocalDate today = LocalDate.now(clock);
    List<Fact> said = said(passages, today);
    Map<String, PageText> texts = texts(passages);
    List<Fact> byRules = together(said, rules.find(
        texts.entrySet().stream().map(text -> new Text(text.getKey(), text.getValue())).toList(), today));
    if (texts.isEmpty()) return Answer.byRules(byRules);
    return agents.ask(
        STEP, lead.id(), jobKey, () -> together(said, byModel(company, texts, today)), () -> byRules);
  }

  /** What a source itself says of a kind is a fact as it stands. */
  private List<Fact> said(List<Passage> passages, LocalDate today) {
    var facts = new ArrayList<Fact>();
    for (Passage passage : passages) {
      String text = ForeignText.start(passage.text().replaceAll("\\s+", " ").strip(), LONGEST_QUOTE);
      if (passage.kind() == null || text.isEmpty()) continue;
      facts.add(new Fact(
          LETTER + (facts.size() + 1), site.kindOf(passage.kind(), text), text, passage.source(), today, text,
          passage.confidence() == null ? null : passage.source(), passage.confidence()));
    }
    return facts;
  }

  /** Running text by its source. */
  private Map<String, PageText> texts(List<Passage> passages) {
    return passages.stream().filter(passage -> passage.kind() == null).collect(Collectors.groupingBy(
        Passage::source, LinkedHashMap::new,
        Collectors.collectingAndThen(Collectors.toList(), of -> new PageText("", of.stream()
            .flatMap(passage -> passage.text().lines())
            .flatMap(line -> PageText.sentences(line).stream())
            .distinct()
            .toList(), List.of()))));
  }

  private List<Fact> byModel(Company company, Map<String, PageText> texts, LocalDate today) {
    var sources = new LinkedHashMap<String, String>();
    texts.forEach((source, text) -> sources.put(source, ForeignText.start(text.all(), LONGEST_TOGETHER / texts.size())));
    String passages = sources.entrySet().stream()
        .map(text -> "<passage source=\"%s\">%n%s%n</passage>".formatted(
            ForeignText.harmless(text.getKey()).replace('"', '\''), ForeignText.harmless(text.getValue())))
        .collect(Collectors.joining("\n"));
    var findings = reader.read(
        String.join(", ", site.industries()), ForeignText.harmless(guard.cleaned(company.name())), passages);
    return FactsByModel.proven(findings, sources, site, today);
  }

  private static List<Fact> together(List<Fact> said, List<Fact> read) {
    var all = new ArrayList<>(said);
    all.addAll(read);
    return all.size() <= MOST_FACTS ? all : List.copyOf(all.subList(0, MOST_FACTS));
  }

  private void tell(
      Lead lead, Answer<?> answer, List<Fact> kept, List<Visit> leftOut, int passages, long jobKey) {
    var details = new ArrayList<String>();
    if (answer.note() != null) details.add(answer.note());
    leftOut.forEach(visit -> details.add(visit.address() + ": " + visit.outcome()));
    kept.stream().limit(TOLD)
        .forEach(fact -> details.add("%s: “%s” (%s)".formatted(fact.text(), fact.quote(), fact.source())));
    timeline.record(
        STEP + "-" + jobKey, lead.id(), STEP, Actor.valueOf(answer.source().name()), answer.by(),
        "Kept %s of %s about the company.".formatted(
            ResearchLead.counted(kept.size(), "new fact"), ResearchLead.counted(passages, "passage")),
        details);
  }

  record Input(String leadId) {}

  record Result(Summary companyResearch) {}

  /**
   * What came of a run.
   *
   * @param facts how many were new
   * @param source who read them out of what was brought
   * @param calls how often something was looked up, a person included
   */
  record Summary(int facts, Answer.Source source, int calls) {}
}
