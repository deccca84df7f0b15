package dev.leadline.sending;

import dev.leadline.outreach.Draft.Campaign;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;

/**
 * The queue alone, with a real database, the real table of hours and limits, and a clock that is moved minute by minute:
 * many mails that are due at once under a cap a minute, the least urgent asked first. Prints figures, holds none.
 */
public final class QueueDrain {

  private static final int MAILS = Integer.getInteger("mails", 10_000);
  private static final int PER_MINUTE = Integer.getInteger("perMinute", 600);

  private QueueDrain() {}

  public static void main(String[] args) {
    try (var office = new TestOffice()) {
      var app = office.app();
      office.instead.put("mailbox-policy", Map.of(
          "perDay", 1_000_000, "perMinute", PER_MINUTE, "spacing", "PT0S", "spacingUpTo", "PT0S", "because", "benchmark"));
      app.panic.stop("the benchmark", "filling the queue");
      long filling = System.nanoTime();
      for (int i = 0; i < MAILS; i++) {
        var campaign = i < MAILS / 10 ? Campaign.NURTURE : i < MAILS * 9 / 10 ? Campaign.OUTREACH : Campaign.FOLLOW_UP;
        app.ask(office.lead("jo@company" + i + ".de"), campaign, 1);
      }
      System.out.printf(Locale.ROOT, "%d mails asked in %.1f s%n", MAILS, (System.nanoTime() - filling) / 1e9);

      app.panic.resume("the benchmark", "draining");
      drain(office, app);
    }
    System.exit(0);
  }

  private static void drain(TestOffice office, TestOffice.App app) {
    Instant start = office.clock.instant();
    var done = new EnumMap<Kind, Long>(Kind.class);
    var each = new HashSet<String>();
    int most = 0;
    long minutes = 0;
    long draining = System.nanoTime();
    while (app.queue.waiting() > 0) {
      int given = 0;
      int before;
      do {
        before = given;
        app.dispatcher.round();
        for (String touch : new ArrayList<>(office.called)) {
          if (!each.add(touch)) throw new IllegalStateException(touch + " twice");
          done.put(kind(touch), minutes);
          app.permits.used(touch);
          given++;
        }
        office.called.clear();
      } while (given > before);
      most = Math.max(most, given);
      minutes++;
      office.clock.pass(Duration.ofMinutes(1));
    }
    System.out.printf(Locale.ROOT, "%d had their turn, each once, in %s by the moved clock (cap %d a minute, so at least %d)%n",
        each.size(), Duration.between(start, office.clock.instant()), PER_MINUTE, (MAILS + PER_MINUTE - 1) / PER_MINUTE);
    System.out.printf(Locale.ROOT, "most in one minute %d; minute in which the last of a kind went: %s%n", most, done);
    System.out.printf(Locale.ROOT, "%.1f s by the wall clock: %.0f turns/s%n", (System.nanoTime() - draining) / 1e9,
        each.size() / ((System.nanoTime() - draining) / 1e9));
  }

  private static Kind kind(String touch) {
    return touch.contains("/nurture/") ? Kind.NUDGE : touch.contains("/outreach/") ? Kind.INTRO : Kind.REPLY;
  }
}
