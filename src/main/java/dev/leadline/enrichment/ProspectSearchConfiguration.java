package dev.leadline.enrichment;

import dev.leadline.provider.Providers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ProspectSearchConfiguration {

  /** Apollo if it has a key, else the sandbox. */
  @Bean
  ProspectSearch prospectSearch(Providers providers) {
    return providers.named(Apollo.NAME).on() ? new ApolloProspects(providers) : new SandboxProspects();
  }
}
