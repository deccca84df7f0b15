package dev.leadline.suppression;

import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppression.Told;
import java.time.Clock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Ends all contact with an address; the first reason stays. */
@Component
public class Suppress {

  private final Suppressions suppressions;
  private final StopJourneys journeys;
  private final Clock clock;

  Suppress(Suppressions suppressions, StopJourneys journeys, Clock clock) {
    this.suppressions = suppressions;
    this.journeys = journeys;
    this.clock = clock;
  }

  /** What is recorded now, and whether it is new. */
  record Outcome(Suppression suppression, boolean added) {}

  /** @param address in normal form */
  public Outcome address(String address, Reason reason, String by) {
    try {
      var added = suppressions.insert(new Suppression(address, reason, clock.instant(), by, Told.PENDING));
      journeys.soon(added);
      return new Outcome(added, true);
    } catch (DuplicateKeyException known) {
      return new Outcome(suppressions.findById(address).orElseThrow(), false);
    }
  }
}
