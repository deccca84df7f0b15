package dev.leadline.crm;

import dev.leadline.ThinkingSteps;
import dev.leadline.agent.tools.Readings;
import dev.leadline.lead.Leads;
import dev.leadline.provider.ProviderServer;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.data.mongodb.core.MongoOperations;

/** CRMs without an application around them. */
public final class TestCrm {

  private TestCrm() {}

  /** Leadline's own. */
  public static CrmRecords builtIn(MongoOperations mongo) {
    return new BuiltInCrm(mongo);
  }

  /** The adapter for HubSpot, and a server that speaks as HubSpot does. */
  public static CrmRecords hubspot(ProviderServer server) {
    server.usually(new HubSpotServer());
    return new HubSpot(server.providers(Clock.systemUTC(), HubSpot.NAME));
  }

  /** The adapter for Salesforce, and a server where these leads have opted out, two on a page; it breaks for the second. */
  public static CrmRecords salesforce(ProviderServer server, Collection<String> optedOut) {
    var salesforce = new SalesforceServer(server::address);
    salesforce.pageSize = 2;
    salesforce.broken = 2; // whoever asks, asks twice
    optedOut.forEach(salesforce::optsOut);
    server.usually(salesforce);
    return new Salesforce(server.providers(Clock.systemUTC(), Salesforce.NAME));
  }

  /** The tool look-up-crm with the adapter for HubSpot, where open opportunities are known by the domain of an account. */
  public static LookUpCrm lookUp(ThinkingSteps steps, ProviderServer server, Map<String, String> opportunities) {
    var hubspot = new HubSpotServer();
    opportunities.forEach(hubspot::opportunity);
    server.usually(hubspot);
    return new LookUpCrm(
        new HubSpot(server.providers(Clock.systemUTC(), HubSpot.NAME)), steps.get(Leads.class), steps.get(Readings.class));
  }

  /** What the built-in CRM has on a person's timeline, in order. */
  public static List<String> subjects(CrmRecords crm, String person) {
    return ((BuiltInCrm) crm).activities(person).map(CrmRecords.Activity::subject).toList();
  }
}
