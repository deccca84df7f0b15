package dev.leadline.crm.sync;

import dev.leadline.relay.Relay;
import dev.leadline.relay.RelaySettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.scheduling.TaskScheduler;

@Configuration(proxyBeanMethods = false)
class SyncConfiguration {

  @Bean
  Relay crmRelay(CrmWriter writer, CrmSettings settings, MongoOperations mongo, TaskScheduler scheduler, Clock clock) {
    return new Relay(
        "crm_outbox", new RelaySettings(settings.retry(), settings.atOnce(), settings.keep()), writer, mongo, scheduler, clock);
  }
}
