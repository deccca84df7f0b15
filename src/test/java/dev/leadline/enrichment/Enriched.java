package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.Memory;
import dev.leadline.ThinkingSteps;
import dev.leadline.agent.Agents;
import dev.leadline.agent.tools.Readings;
import dev.leadline.contact.ContactRules;
import dev.leadline.guard.InjectionGuard;
import dev.leadline.lead.Leads;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.research.Dossiers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * The step enrich-lead and the tool look-up-company with the real adapters, and providers that answer as they are told;
 * an answer costs 0.10.
 */
public final class Enriched implements AutoCloseable {

  private static final Clock CLOCK = Clock.fixed(ThinkingSteps.NOW, ZoneOffset.UTC);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Answer DOWN = Answer.json(401, "Invalid access credentials.");

  private final ProviderServer apollo = new ProviderServer().patient();
  private final ProviderServer labs = new ProviderServer().patient();
  private final EnrichmentCache cache = new EnrichmentCache(
      Memory.of(CachedAnswers.class), new EnrichmentSettings(Duration.ofHours(24), Map.of(), Duration.ofDays(30)),
      new SimpleMeterRegistry(), CLOCK);
  private final Spendings spendings = new Spendings(Memory.of(SpendingDocuments.class));
  private final ThinkingSteps steps;

  public Enriched(ThinkingSteps steps) {
    this.steps = steps;
  }

  /**
   * What it cost.
   *
   * @param plan as the table enrichment-plan answers
   * @param apollo organization and person, labs company and person; what is missing is not known, and a text instead is
   *     a provider that fails
   */
  public BigDecimal by(String leadId, Map<String, Object> plan, JsonNode apollo, JsonNode labs) {
    known(apollo, labs);
    var step = new EnrichLead(
        steps.get(Agents.class), steps.get(Leads.class), steps.get(Dossiers.class), waterfall(), ContactRules.mailboxes(), facts(),
        steps.timeline(), CLOCK);
    return step.handle(new EnrichLead.Input(leadId, JSON.convertValue(plan, Plan.class)), leadId.hashCode())
        .enrichment().spent();
  }

  /** The tool, which finds what is known at the time. */
  public LookUpCompany lookUpCompany() {
    return new LookUpCompany(waterfall(), facts(), steps.get(Leads.class), steps.get(Readings.class));
  }

  /** From now on the providers know this and nothing else. */
  public void known(JsonNode apollo, JsonNode labs) {
    this.apollo.usually(asked -> {
      if (fails(apollo)) return DOWN;
      String what = asked.path().contains("organizations") ? "organization" : "person";
      JsonNode found = known(apollo, what);
      return found == null ? Answer.json("{}") : Answer.json("{\"%s\": %s}".formatted(what, found));
    });
    this.labs.usually(asked -> {
      if (fails(labs)) return DOWN;
      JsonNode found = known(labs, asked.path().contains("company") ? "company" : "person");
      return found == null ? Answer.json(404, "{\"status\": 404}") : Answer.json(found.toString());
    });
  }

  private Waterfall waterfall() {
    var directories = List.<Directory>of(
        new Apollo(apollo.providers(CLOCK, Apollo.NAME), CLOCK),
        new PeopleDataLabs(labs.providers(CLOCK, PeopleDataLabs.NAME), CLOCK), new SandboxDirectory());
    return new Waterfall(directories, apollo.providers(CLOCK, Apollo.NAME, PeopleDataLabs.NAME), cache, spendings);
  }

  private static ProvidedFacts facts() {
    return new ProvidedFacts(new Industries(), new InjectionGuard());
  }

  private static boolean fails(JsonNode provider) {
    return provider != null && provider.isTextual();
  }

  private static JsonNode known(JsonNode provider, String what) {
    return provider == null ? null : provider.get(what);
  }

  @Override
  public void close() {
    cache.stop();
    apollo.close();
    labs.close();
  }
}
