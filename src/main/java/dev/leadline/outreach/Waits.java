package dev.leadline.outreach;

import java.time.Duration;

/** Waits between touches, as people say them. */
final class Waits {

  private Waits() {}

  /** @param after ISO 8601 duration */
  static String inWords(String after) {
    Duration wait = Duration.parse(after);
    if (wait.isZero()) return "at once";
    long hours = wait.toHours();
    return hours % 24 == 0 ? counted(hours / 24, "day") : counted(hours, "hour");
  }

  private static String counted(long number, String unit) {
    return "after %d %s%s".formatted(number, unit, number == 1 ? "" : "s");
  }
}
