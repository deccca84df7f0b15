package dev.leadline.lead;

import java.time.Clock;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.auditing.DateTimeProvider;
import org.springframework.data.mongodb.config.EnableMongoAuditing;

@Configuration(proxyBeanMethods = false)
@EnableMongoAuditing(dateTimeProviderRef = "changedAt", modifyOnCreate = true)
class LeadConfiguration {

  /** Dates what is saved by the application's clock. */
  @Bean
  DateTimeProvider changedAt(Clock clock) {
    return () -> Optional.of(clock.instant());
  }
}
