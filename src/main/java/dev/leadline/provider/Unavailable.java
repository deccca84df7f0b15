package dev.leadline.provider;

/** A provider that could not answer, with the reason in words for a sales lead; without keys, addresses or texts. */
public final class Unavailable extends RuntimeException {

  private final String provider;

  /** @param reason follows the provider's name, for example "does not answer in time" */
  public Unavailable(String provider, String reason) {
    super(reason, null, false, false);
    this.provider = provider;
  }

  public String provider() {
    return provider;
  }
}
