package dev.leadline.enrichment;

import dev.leadline.agent.Agents;
import dev.leadline.contact.MailboxKind;
import dev.leadline.contact.Mailboxes;
import dev.leadline.enrichment.Directory.Person;
import dev.leadline.enrichment.Waterfall.Outcome;
import dev.leadline.lead.Company;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossiers;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.annotation.JobKey;
import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Thinking step: what do providers know about this lead, as far as the table lets us ask? */
@Component
public class EnrichLead {

  static final String STEP = "enrich-lead";
  private static final String LETTER = "e";

  private final Agents.RulesOnly rules;
  private final Leads leads;
  private final Dossiers dossiers;
  private final Waterfall waterfall;
  private final Mailboxes mailboxes;
  private final ProvidedFacts facts;
  private final Timeline timeline;
  private final Clock clock;

  EnrichLead(
      Agents agents, Leads leads, Dossiers dossiers, Waterfall waterfall, Mailboxes mailboxes, ProvidedFacts facts,
      Timeline timeline, Clock clock) {
    this.rules = agents.byRules(STEP);
    this.leads = leads;
    this.dossiers = dossiers;
    this.waterfall = waterfall;
    this.mailboxes = mailboxes;
    this.facts = facts;
    this.timeline = timeline;
    this.clock = clock;
  }

  @JobWorker(type = STEP)
  public Result handle(@VariablesAsType Input input, @JobKey long jobKey) {
    Lead lead = leads.get(input.leadId());
    Plan plan = input.plan() == null ? Plan.NOBODY : input.plan();
    Optional<EmailAddress> address = EmailAddress.of(lead.email());
    String domain = domainOf(lead, address).orElse(null);
    Person person = address.map(mail -> new Person(mail.normal(), lead.name(), domain)).orElse(null);

    Outcome outcome = rules.answer(() -> waterfall.run(lead.id(), plan, wanted(plan, lead), domain, person));
    var provided = facts.of(LETTER, outcome.findings());
    dossiers.change(lead.id(), dossier -> dossier.with(LETTER, provided.facts(), provided.leftOut(), clock.instant()));

    tell(lead, plan, outcome, provided, jobKey);
    return new Result(new Summary(provided.facts().size(), outcome.gave(), outcome.spent(), source(outcome)));
  }

  /** What the lead said about themselves is not asked of anybody. */
  private static Set<Field> wanted(Plan plan, Lead lead) {
    var wanted = EnumSet.noneOf(Field.class);
    wanted.addAll(plan.fields());
    if (lead.jobTitle() != null && !lead.jobTitle().isBlank()) wanted.remove(Field.JOB_TITLE);
    return wanted;
  }

  /** The website's; else that of the address, unless everybody can have one there. */
  private Optional<String> domainOf(Lead lead, Optional<EmailAddress> address) {
    return Company.domain(lead.website())
        .or(() -> address.filter(mail -> mailboxes.kindOf(mail) != MailboxKind.PRIVATE).map(Mailboxes::domainOf));
  }

  private void tell(Lead lead, Plan plan, Outcome outcome, ProvidedFacts.Provided provided, long jobKey) {
    var details = new ArrayList<String>();
    if (plan.because() != null) details.add(plan.because() + ".");
    plan.unknown().forEach(field -> details.add("The plan wants “%s”, which nobody can look up.".formatted(field)));
    details.addAll(outcome.lines());
    provided.leftOut().forEach(visit -> details.add(visit.address() + ": " + visit.outcome()));
    if (!outcome.missing().isEmpty())
      details.add("Nobody knew: %s.".formatted(
          String.join(", ", outcome.missing().stream().sorted().map(Field::label).toList())));
    int count = provided.facts().size();
    String text = count == 0 ? "No provider added anything."
        : "Added %d %s from %s%s.".formatted(count, count == 1 ? "fact" : "facts", String.join(" and ", outcome.gave()),
            outcome.spent().signum() == 0 ? "" : " for " + Waterfall.money(outcome.spent()));
    timeline.record(STEP + "-" + jobKey, lead.id(), STEP, Actor.SYSTEM, null, text, details);
  }

  private static Source source(Outcome outcome) {
    if (outcome.gave().isEmpty()) return Source.NONE;
    return outcome.gave().equals(List.of(SandboxDirectory.NAME)) ? Source.SANDBOX : Source.PROVIDERS;
  }

  /** @param plan what the table enrichment-plan decided; null is: ask nobody */
  record Input(String leadId, Plan plan) {}

  record Result(Summary enrichment) {}

  /** How much was added, by whom, and what it cost. */
  record Summary(int facts, List<String> providers, BigDecimal spent, Source source) {}

  /** Where the facts are from. */
  enum Source {
    PROVIDERS,
    SANDBOX,
    NONE
  }
}
