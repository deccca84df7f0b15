package dev.leadline.embedded.camunda.view;

import dev.leadline.embedded.EmbeddedFailure;
import java.time.Duration;

/** How long and how many finished instances can be asked about; whichever is reached first. */
public record Retention(Duration keepFor, int keep) {
  public static final Retention DEFAULT = new Retention(Duration.ofDays(90), 100_000);

  public Retention {
    if (keepFor.isNegative() || keep < 0) {
      throw new EmbeddedFailure("leadline.embedded.camunda.history.keep-for and .keep cannot be negative.");
    }
  }
}
