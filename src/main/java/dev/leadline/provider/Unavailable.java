package dev.leadline.provider;

import java.time.Duration;

/** A provider that could not answer, with the reason in words for a sales lead; without keys, addresses or texts. */
public final class Unavailable extends RuntimeException {

  private final String provider;
  private final Duration leaveAlone;

  /** @param reason follows the provider's name, for example "does not answer in 5 s" */
  public Unavailable(String provider, String reason) {
    this(provider, reason, Duration.ZERO);
  }

  /** @param leaveAlone how long the provider is not asked again, because it said so or has nothing left for us */
  public Unavailable(String provider, String reason, Duration leaveAlone) {
    super(reason, null, false, false);
    this.provider = provider;
    this.leaveAlone = leaveAlone;
  }

  public String provider() {
    return provider;
  }

  /** How long the provider is not asked again; zero when it said nothing of that. */
  public Duration leaveAlone() {
    return leaveAlone;
  }
}
