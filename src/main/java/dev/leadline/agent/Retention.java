package dev.leadline.agent;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keep how long is kept what agents were asked, said and read, and what it cost */
@ConfigurationProperties("leadline.agent")
public record Retention(@DefaultValue("90d") Duration keep) {

  /** When something written now goes. */
  public Instant end(Clock clock) {
    return clock.instant().plus(keep);
  }
}
