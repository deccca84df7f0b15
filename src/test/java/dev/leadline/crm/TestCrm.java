package dev.leadline.crm;

import dev.leadline.provider.ProviderServer;
import java.time.Clock;
import java.util.List;
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

  /** What the built-in CRM has on a person's timeline, in order. */
  public static List<String> subjects(CrmRecords crm, String person) {
    return ((BuiltInCrm) crm).activities(person).map(CrmRecords.Activity::subject).toList();
  }
}
