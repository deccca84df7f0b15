package dev.leadline;

import java.time.Clock;
import java.time.ZoneOffset;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An AI sales-development team whose work is drawn, not programmed. */
@SpringBootApplication
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
