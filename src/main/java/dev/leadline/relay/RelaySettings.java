package dev.leadline.relay;

import java.time.Duration;
import java.util.List;

/**
 * How patient a relay is.
 *
 * @param pauses before the second, third, … attempt; after the one that follows the last pause it gives up
 * @param atOnce most lanes under way at the same time
 * @param keep how long it is remembered what was done
 */
public record RelaySettings(List<Duration> pauses, int atOnce, Duration keep) {

  public RelaySettings {
    pauses = List.copyOf(pauses);
    if (atOnce < 1) throw new IllegalArgumentException("at-once must be at least 1");
  }
}
