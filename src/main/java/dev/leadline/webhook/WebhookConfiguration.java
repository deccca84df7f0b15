package dev.leadline.webhook;

import dev.leadline.relay.Relay;
import dev.leadline.relay.RelaySettings;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.scheduling.TaskScheduler;

@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

  @Bean
  Relay webhookRelay(
      Deliveries deliveries, WebhookSettings settings, MongoOperations mongo, TaskScheduler scheduler, Clock clock) {
    return new Relay(
        "webhook_deliveries", new RelaySettings(settings.retry(), settings.atOnce(), settings.keep()), deliveries, mongo,
        scheduler, clock);
  }
}
