package dev.leadline.suppression;

import dev.leadline.suppression.Suppression.Further;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppression.Told;
import java.time.Clock;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Limit;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Ends all contact with somebody. The reasons are kept apart: another one is added, the first one stays the first. */
@Component
public class Suppress {

  private static final Limit BATCH = Limit.of(1_000);

  private final Suppressions suppressions;
  private final MongoOperations mongo;
  private final StopJourneys journeys;
  private final Clock clock;

  Suppress(Suppressions suppressions, MongoOperations mongo, StopJourneys journeys, Clock clock) {
    this.suppressions = suppressions;
    this.mongo = mongo;
    this.journeys = journeys;
    this.clock = clock;
  }

  /** What is recorded now, and whether it is new. */
  public record Outcome(Suppression suppression, boolean added) {}

  /** @param address in normal form */
  public Outcome address(String address, Reason reason, String by) {
    return of(Whom.person(address), reason, by);
  }

  public Outcome of(Whom whom, Reason reason, String by) {
    var now = clock.instant();
    try {
      var added = suppressions.insert(new Suppression(whom.key(), reason, now, by, Told.PENDING));
      journeys.soon(added);
      return new Outcome(added, true);
    } catch (DuplicateKeyException known) {
      mongo.updateFirst(
          Query.query(Criteria.where("_id").is(whom.key()).and("reason").ne(reason).and("further.reason").ne(reason)),
          new Update().push("further", new Further(reason, now, by)),
          Suppression.class);
      return new Outcome(suppressions.findById(whom.key()).orElseThrow(), false);
    }
  }

  /** Makes findable who was suppressed before it was written down what they are found by. */
  @EventListener(ApplicationReadyEvent.class)
  void findable() {
    for (var old = suppressions.findWithoutWords(BATCH); !old.isEmpty(); old = suppressions.findWithoutWords(BATCH))
      old.forEach(one -> suppressions.words(one.key(), one.words()));
  }

  /** How lifting ended. */
  enum Lifted {
    LIFTED,
    /** Reasons that are not ours to take back remain. */
    OTHERS_REMAIN,
    UNKNOWN
  }

  /** Takes back what one of us said. What a person said of themselves, or a mail server of them, is not ours to take back. */
  Lifted lift(String key) {
    var known = suppressions.findById(key);
    if (known.isEmpty()) return Lifted.UNKNOWN;
    Suppression rest = known.get().withoutOurs();
    if (rest == null) {
      suppressions.deleteById(key);
      return Lifted.LIFTED;
    }
    suppressions.save(rest);
    return Lifted.OTHERS_REMAIN;
  }
}
