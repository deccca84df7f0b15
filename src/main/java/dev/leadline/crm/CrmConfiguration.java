package dev.leadline.crm;

import dev.leadline.agent.BeginsAnew;
import dev.leadline.agent.tools.RunAgent;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;

@Configuration(proxyBeanMethods = false)
class CrmConfiguration {

  /** The one that has a key, HubSpot before Salesforce before Pipedrive; without any, Leadline's own. */
  @Bean
  CrmRecords crm(Providers providers, MongoOperations mongo) {
    if (providers.named(HubSpot.NAME).on()) return new HubSpot(providers);
    if (providers.named(Salesforce.NAME).on()) return new Salesforce(providers);
    if (providers.named(Pipedrive.NAME).on()) return new Pipedrive(providers);
    return new BuiltInCrm(mongo);
  }

  /** The agent that looks into the CRM may ask it again at once when it is reset. */
  @Bean
  BeginsAnew crmAskedAgain(Providers providers) {
    return new BeginsAnew() {
      @Override
      public String step() {
        return RunAgent.STEP;
      }

      @Override
      public void beginAnew() {
        Stream.of(HubSpot.NAME, Salesforce.NAME, Pipedrive.NAME).map(providers::named).forEach(Provider::reset);
      }
    };
  }
}
