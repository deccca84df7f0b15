package dev.leadline.relay;

/** Trying again cannot help; the message says why, in words without personal data. */
public final class Undeliverable extends RuntimeException {

  public Undeliverable(String because) {
    super(because, null, false, false);
  }
}
