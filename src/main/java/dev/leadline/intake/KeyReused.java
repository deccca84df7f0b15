package dev.leadline.intake;

/** An idempotency key came a second time, with another payload. */
class KeyReused extends RuntimeException {

  KeyReused() {
    super("The Idempotency-Key was used before with another payload");
  }
}
