package dev.leadline.sending;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.annotation.Id;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Stops all mail at once: one document, which is read at the moment of every sending. */
@Component
public class PanicSwitch {

  private static final int REMEMBERED = 20;

  private final MongoOperations mongo;
  private final Holds holds;
  private final Queue queue;
  private final Clock clock;

  PanicSwitch(MongoOperations mongo, Holds holds, Queue queue, Clock clock) {
    this.mongo = mongo;
    this.holds = holds;
    this.queue = queue;
    this.clock = clock;
  }

  /** One use of the switch, kept for ever. */
  @Document("panic_switch")
  record Use(@Id String id, boolean stopped, String by, String because, @Indexed Instant at) {}

  /** @return what counts now: an earlier stop stays as it is */
  public Hold stop(String by, String because) {
    return stopped().orElseGet(() -> {
      note(true, by, because);
      return mongo.save(new Hold(Hold.EVERYBODY, null, because, by, clock.instant()));
    });
  }

  /** @return whether anything was stopped */
  public boolean resume(String by, String because) {
    if (stopped().isEmpty()) return false;
    note(false, by, because);
    mongo.remove(Query.query(where("_id").is(Hold.EVERYBODY)), Hold.class);
    queue.lookAgain();
    return true;
  }

  /** By whom, why and since when; empty while mail goes. */
  public Optional<Hold> stopped() {
    return holds.of(Hold.EVERYBODY);
  }

  /** The last uses, newest first. */
  List<Use> uses() {
    return mongo.find(new Query().with(Sort.by(Sort.Direction.DESC, "at")).limit(REMEMBERED), Use.class);
  }

  private void note(boolean stopped, String by, String because) {
    mongo.insert(new Use(null, stopped, by, because, clock.instant()));
  }
}
