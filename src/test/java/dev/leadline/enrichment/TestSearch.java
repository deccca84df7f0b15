package dev.leadline.enrichment;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Leads;
import dev.leadline.provider.ProviderServer;
import java.time.Clock;

/** Searches without an application around them. */
public final class TestSearch {

  private TestSearch() {}

  /** The tool search-web with the adapter for Google, and a server that speaks as Google does. */
  public static SearchWeb google(ThinkingSteps steps, ProviderServer server) {
    var clock = Clock.systemUTC();
    return new SearchWeb(
        new GoogleSearch(server.providers(clock, GoogleSearch.NAME), clock), steps.get(Leads.class),
        steps.get(Readings.class));
  }
}
