package dev.leadline.sending;

import dev.leadline.lead.PlainText;
import java.time.Duration;
import java.time.Instant;

/**
 * That a mail server did not take a mail for now.
 *
 * @param times how often, one after the other
 * @param since the first of them
 * @param until it is not tried again before
 * @param because what the server said, or that there was none
 */
record Deferral(int times, Instant since, Instant until, String because) {

  private static final int LONGEST = 300;

  /** @param before the one before this; null for the first */
  static Deferral after(Deferral before, Instant now, SendingSettings settings, String because) {
    int times = before == null ? 1 : before.times() + 1;
    Duration pause = settings.tryAgain().get(Math.min(times, settings.tryAgain().size()) - 1);
    return new Deferral(
        times, before == null ? now : before.since(), now.plus(pause),
        PlainText.cut(because, LONGEST));
  }

  /** Not before each pause was used: over a night or a week-end there are hours in which nothing was tried. */
  boolean forTooLong(Instant now, SendingSettings settings) {
    return times > settings.tryAgain().size() && !since.plus(settings.tryFor()).isAfter(now);
  }
}
