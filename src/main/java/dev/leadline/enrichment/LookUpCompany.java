package dev.leadline.enrichment;

import dev.leadline.agent.tools.Found;
import dev.leadline.agent.tools.Passage;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Company;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import io.camunda.client.annotation.ElementInstanceKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.ProcessInstanceKey;
import io.camunda.client.annotation.VariablesAsType;
import java.util.EnumSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Tool: what providers of data know about the lead's company, as far as the table lets us ask. */
@Component
public class LookUpCompany {

  private final Waterfall waterfall;
  private final ProvidedFacts facts;
  private final Leads leads;
  private final Readings readings;

  LookUpCompany(Waterfall waterfall, ProvidedFacts facts, Leads leads, Readings readings) {
    this.waterfall = waterfall;
    this.facts = facts;
    this.leads = leads;
    this.readings = readings;
  }

  @JobWorker(type = "look-up-company")
  public Found handle(@VariablesAsType Input input, @ProcessInstanceKey long run, @ElementInstanceKey long call) {
    Lead lead = leads.get(input.leadId());
    return readings.keep(run, call, lead.id(), lookUp(lead.id(), Company.of(lead).domain(), input.plan()));
  }

  private Brought lookUp(String leadId, String domain, Plan plan) {
    if (domain == null) return Brought.nothing("Without a website the company cannot be looked up.");
    if (plan == null || plan.providers().isEmpty()) return Brought.nothing("The plan asks no provider about the company.");
    var wanted = plan.fields().stream().filter(field -> field.of() == Field.Of.COMPANY)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class)));
    var outcome = waterfall.run(leadId, plan, wanted, domain, null);
    var provided = facts.of("p", outcome.findings());
    var passages = Stream.concat(
        provided.facts().stream().map(
            fact -> new Passage(fact.provider(), fact.kind(), fact.text(), fact.confidence(), fact.taint())),
        provided.leftOut().stream().map(
            left -> new Passage(left.address(), "other", "", null, left.taint()))).toList();
    return Brought.passages(
        "Looked %s up at the data providers. %s".formatted(domain, String.join(" ", outcome.lines())).strip(), passages);
  }

  /** @param plan what the table enrichment-plan decided; null is: ask nobody */
  record Input(String leadId, Plan plan) {}
}
