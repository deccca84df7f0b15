package dev.leadline.evals;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.RunAgent;
import dev.leadline.crm.TestCrm;
import dev.leadline.enrichment.Enriched;
import dev.leadline.enrichment.TestSearch;
import dev.leadline.evals.CompanyResearch.Agent;
import dev.leadline.evals.CompanyResearch.Course;
import dev.leadline.evals.Corpus.CompanyCase;
import dev.leadline.evals.Corpus.StudyCase;
import dev.leadline.provider.ProviderServer;
import dev.leadline.research.Fact;
import dev.leadline.research.KeepFindings;
import dev.leadline.research.LocalInternet;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.camunda.zeebe.model.bpmn.instance.AdHocSubProcess;
import io.camunda.zeebe.model.bpmn.instance.FlowElement;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeInput;
import io.camunda.zeebe.model.bpmn.instance.zeebe.ZeebeIoMapping;
import java.io.File;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an agent with the tools of company-research brings home about a company, and how it goes about it. Engine, drawing,
 * tables, steps and adapters are the real ones; web, search engine, providers of data and CRM are recorded servers.
 */
final class RunAgentExam implements Exam {

  private final Map<String, CompanyCase> companies =
      Corpus.companies().stream().collect(Collectors.toMap(CompanyCase::id, Function.identity()));
  private final Drawn drawn = Drawn.read();

  /** The agent's tools and limits, as the drawing has them. */
  private record Drawn(List<String> tools, int mostCalls, long mostTokens, BigDecimal mostCost) {

    static Drawn read() {
      var agent = Bpmn.readModelFromFile(new File("bpmn/company-research.bpmn"))
          .getModelElementsByType(AdHocSubProcess.class).iterator().next();
      var inputs = agent.getExtensionElements().getElementsQuery().filterByType(ZeebeIoMapping.class).singleResult()
          .getInputs().stream().collect(Collectors.toMap(ZeebeInput::getTarget, input -> input.getSource().replace("=", "")));
      return new Drawn(
          agent.getFlowElements().stream().map(FlowElement::getId).toList(), Integer.parseInt(inputs.get("mostCalls")),
          Long.parseLong(inputs.get("mostTokens")), new BigDecimal(inputs.get("mostCost")));
    }

    boolean inTime(Agent agent) {
      return agent.modelCalls() <= mostCalls && agent.tokens() <= mostTokens && agent.cost().compareTo(mostCost) <= 0;
    }
  }

  @Override
  public String step() {
    return "run-agent";
  }

  @Override
  public void take(ThinkingSteps configured, Sheet sheet) {
    var studies = Corpus.studies();
    var deals = studies.stream().filter(study -> study.deal() != null)
        .collect(Collectors.toMap(study -> host(study), StudyCase::deal));
    // A memory of its own each time, because a new engine gives the same keys again.
    try (var steps = new ThinkingSteps(configured.get(Agents.class));
        var web = new ProviderServer().patient().usually(new RecordedWeb(Corpus.web()));
        var crm = new ProviderServer().patient();
        var providers = new Enriched(steps);
        var internet = new LocalInternet(steps);
        var research = new CompanyResearch(
            steps, steps.get(RunAgent.class), steps.get(KeepFindings.class), TestSearch.google(steps, web),
            internet.readPage(), TestCrm.lookUp(steps, crm, deals), providers.lookUpCompany())) {
      for (StudyCase study : studies) {
        String lead = study.company();
        CompanyCase company = companies.get(study.company());
        steps.register(
            lead, "A Visitor", company.name(), "http://%s:%d".formatted(host(study), web.address().getPort()), "Visitor",
            "Other", null);
        var known = Map.<String, Object>of(
            "leadId", lead, "research", Map.of("facts", internet.researched(lead)),
            "contact", Map.of("verdict", "valid", "mailbox", "personal"));
        providers.known(study.apollo(), study.labs());
        judged(study, company, sheet.timed(() -> research.run(known)), steps.dossier(lead).facts(), sheet);
      }
    }
  }

  private String host(StudyCase study) {
    return Corpus.onTheWeb(companies.get(study.company()));
  }

  private void judged(StudyCase study, CompanyCase company, Course course, List<Fact> facts, Sheet sheet) {
    var marks = new Marks(company, sheet);
    var read = course.readings().stream().flatMap(reading -> reading.brought().passages().stream()).toList();
    var kept = facts.stream().filter(fact -> fact.id().startsWith("c")).toList();
    study.find().forEach((kind, all) -> all.forEach(words -> {
      String what = kind.equals("pain") ? "needs" : "other facts";
      marks.of(what + " are looked up", words, read.stream().anyMatch(passage -> holds(passage.text(), words)),
          "%s, not in what %s brought".formatted(words, course.uses()));
      marks.of(what + " are kept", words, kept.stream().anyMatch(fact -> holds(fact, words)),
          "%s (%s), not in %s".formatted(words, kind, kept));
    }));
    Stream.concat(company.truth().pains().stream(), study.find().getOrDefault("pain", List.of()).stream())
        .forEach(words -> marks.of(
            "needs are known afterwards", words, facts.stream().anyMatch(fact -> holds(fact, words)), words));
    if (study.absent() != null)
      for (String words : study.absent())
        marks.of("others are left out", words, kept.stream().noneMatch(fact -> holds(fact, words)), words);
    var madeUp = kept.stream().filter(fact -> read.stream().noneMatch(passage -> proves(passage, fact))).toList();
    marks.of("nothing is made up", "", madeUp.isEmpty(), madeUp.toString());
    Agent agent = course.agent();
    marks.of("stops in time", "", !course.gaveUp() && drawn.inTime(agent), agent + (course.gaveUp() ? ", gave up" : ""));
    marks.of("wants nothing but what is drawn", "",
        course.uses().stream().allMatch(use -> drawn.tools().contains(use.tool()))
            && agent.notes().stream().noneMatch(note -> note.startsWith("Refused") || note.endsWith("is not drawn.")),
        agent.notes().toString());
    marks.of("asks for nothing twice", "", course.uses().stream().distinct().count() == course.uses().size(),
        course.uses().toString());
    if (agent.modelCalls() > 0)
      marks.of("the model chooses to the end", "", agent.source().equals("MODEL"), agent.notes().toString());
  }

  /** Marks about one company. */
  private record Marks(CompanyCase company, Sheet sheet) {
    void of(String figure, String words, boolean right, String wrong) {
      sheet.mark(figure, (company.id() + " " + words).strip(), company.heldOut(), right, wrong);
    }
  }

  /** Where the fact says it stands, and in these words. */
  private static boolean proves(Passage passage, Fact fact) {
    return passage.source().equals(fact.source()) && plain(passage.text()).contains(plain(fact.quote()));
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static boolean holds(Fact fact, String words) {
    return holds(fact.quote(), words);
  }

  private static boolean holds(String text, String words) {
    return plain(text).toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
  }
}
