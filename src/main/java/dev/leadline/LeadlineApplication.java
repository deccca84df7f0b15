package dev.leadline;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** An AI sales-development team whose work is drawn, not programmed. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class LeadlineApplication {

  public static void main(String[] args) {
    SpringApplication.run(LeadlineApplication.class, args);
  }
}
