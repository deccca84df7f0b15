package dev.leadline.embedded.camunda.engine;

/** A command with more content than the engine's log takes in one piece. */
public final class TooLarge extends RuntimeException {
  /** What a command may hold, in bytes: the log takes 4 MB at once, and an event repeats its command's content. */
  static final int LIMIT = (4 << 20) - (64 << 10);

  TooLarge(int length) {
    super(
        "The request of %d bytes is larger than the %d bytes that the engine takes.".formatted(length, LIMIT),
        null,
        false,
        false);
  }
}
