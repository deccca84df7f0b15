package dev.leadline.suppression;

import static dev.leadline.suppression.Suppression.BY_READING;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppression.Further;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppression.Told;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
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
  private static final int MOST_ATTEMPTS = 10;

  private final Suppressions suppressions;
  private final MongoOperations mongo;
  private final StopJourneys journeys;
  private final Leads leads;
  private final Timeline timeline;
  private final Clock clock;

  Suppress(
      Suppressions suppressions, MongoOperations mongo, StopJourneys journeys, Leads leads, Timeline timeline, Clock clock) {
    this.suppressions = suppressions;
    this.mongo = mongo;
    this.journeys = journeys;
    this.leads = leads;
    this.timeline = timeline;
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
          query(without(reason, by).and("_id").is(whom.key())), new Update().push("further", new Further(reason, now, by)),
          Suppression.class);
      return new Outcome(suppressions.findById(whom.key()).orElseThrow(), false);
    }
  }

  /** Those that do not say so yet. What they said themselves counts beside what was only read. */
  private static Criteria without(Reason reason, String by) {
    if (by.equals(BY_READING)) return where("reason").ne(reason).and("further.reason").ne(reason);
    return new Criteria().norOperator(
        where("reason").is(reason).and("by").ne(BY_READING),
        where("further").elemMatch(where("reason").is(reason).and("by").ne(BY_READING)));
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
    UNKNOWN,
    /** There is no lead whose timeline could keep who said so, and why. */
    NO_LEAD
  }

  /** Takes back what one of us said. What a person said of themselves, or a mail server of them, is not ours to take back. */
  Lifted lift(String key) {
    return lift(key, one -> one.reason() == Reason.DO_NOT_CONTACT);
  }

  /**
   * Takes back that they unsubscribed, where only a reply says so that was misread. Who says that, and why, stands on the
   * timeline of the lead first.
   */
  Lifted misread(String key, String person, String because) {
    var known = suppressions.findById(key);
    if (known.isEmpty()) return Lifted.UNKNOWN;
    var readAt = known.get().readAt();
    if (readAt.isEmpty()) return Lifted.OTHERS_REMAIN;
    var lead = leads.findByAddress(key);
    if (lead.isEmpty()) return Lifted.NO_LEAD;
    timeline.record(
        "misread:" + readAt.get().toEpochMilli(), lead.get().id(), "lift-suppression", Actor.PERSON, person,
        person + " read their reply again: they did not unsubscribe", List.of(because));
    return lift(key, one -> one.reason() == Reason.UNSUBSCRIBED && one.by().equals(BY_READING));
  }

  private Lifted lift(String key, Predicate<Further> which) {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      var known = suppressions.findById(key);
      if (known.isEmpty()) return Lifted.UNKNOWN;
      var rest = known.get().without(which);
      if (rest == null) {
        if (mongo.remove(asKnown(known.get()), Suppression.class).getDeletedCount() == 1) return Lifted.LIFTED;
      } else if (mongo.updateFirst(asKnown(known.get()), becomes(rest), Suppression.class).getMatchedCount() == 1) {
        return Lifted.OTHERS_REMAIN;
      }
    }
    throw new OptimisticLockingFailureException("Reasons keep coming");
  }

  /** A reason that came meanwhile is not lost. */
  private static Query asKnown(Suppression known) {
    return query(where("_id").is(known.key()).and("reason").is(known.reason()).and("at").is(known.at())
        .and("further." + known.further().size()).exists(false));
  }

  private static Update becomes(Suppression rest) {
    return Update.update("reason", rest.reason()).set("at", rest.at()).set("by", rest.by()).set("further", rest.further());
  }
}
