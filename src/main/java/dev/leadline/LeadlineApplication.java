package dev.leadline;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.opentelemetry.OpenTelemetryAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An AI sales-development team whose work is drawn, not programmed. */
// What happens to leads is told by the package trace; Spring Boot would set up OpenTelemetry for itself, with threads.
@SpringBootApplication(exclude = {OpenTelemetryAutoConfiguration.class, OpenTelemetryLoggingAutoConfiguration.class})
@ConfigurationPropertiesScan
@EnableScheduling
public class LeadlineApplication {

  public static void main(String[] args) {
    SpringApplication.run(LeadlineApplication.class, args);
  }

  /** The one clock of the application, in the milliseconds that the database keeps; tests may bring their own. */
  @Bean
  Clock clock() {
    return Clock.tickMillis(ZoneOffset.UTC);
  }
}
