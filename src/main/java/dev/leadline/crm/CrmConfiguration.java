package dev.leadline.crm;

import dev.leadline.provider.Providers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CrmConfiguration {

  /** The one that has a key; HubSpot before Salesforce, and the sandbox when neither has. */
  @Bean
  Crm crm(Providers providers) {
    if (providers.named(HubSpot.NAME).on()) return new HubSpot(providers);
    if (providers.named(Salesforce.NAME).on()) return new Salesforce(providers);
    return new SandboxCrm();
  }
}
