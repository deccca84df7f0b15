package dev.leadline.deliverability;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.engine.Messages;
import dev.leadline.mail.MailboxRotation;
import dev.leadline.sending.Hold;
import dev.leadline.sending.Released;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Lets a mailbox rest at a limit, and starts mailbox-rests for it: stored first, told to the engine as often as it takes. */
@Component
class Rests {

  private static final Logger log = LoggerFactory.getLogger(Rests.class);
  private static final String LIMIT = "limit";

  private final MongoOperations mongo;
  private final MailboxRotation rotation;
  private final Messages messages;
  private final Clock clock;

  Rests(MongoOperations mongo, MailboxRotation rotation, Messages messages, Clock clock) {
    this.mongo = mongo;
    this.rotation = rotation;
    this.messages = messages;
    this.clock = clock;
  }

  /** From the next mail on it sends nothing, and a person is asked. */
  void begin(String mailbox, String because) {
    rotation.rest(mailbox, because, LIMIT);
    var rest = Rest.of(mailbox, lastEnd(mailbox).orElse(Instant.EPOCH), because, clock.instant());
    try {
      mongo.insert(rest);
    } catch (DuplicateKeyException begun) {
      return;
    }
    log.warn("The mailbox {} sends nothing now: {}", mailbox, because);
    Thread.startVirtualThread(() -> tell(rest));
  }

  /** When somebody last let a mailbox go on after a limit was broken. */
  Optional<Instant> lastEnd(String mailbox) {
    var last = query(where("mailbox").is(mailbox).and("endedAt").ne(null)).with(Sort.by("endedAt").descending()).limit(1);
    return Optional.ofNullable(mongo.findOne(last, Rest.class)).map(Rest::endedAt);
  }

  /** Whoever was asked lets it go on; their task is done by that, so its journey hears nothing more. */
  void end(String mailbox, String by) {
    ended(mailbox, by);
    rotation.goOn(mailbox, by);
  }

  @EventListener
  void goesOn(Released event) {
    Hold.heldMailbox(event.who())
        .filter(mailbox -> ended(mailbox, event.by()))
        .ifPresent(mailbox -> Thread.startVirtualThread(() -> tellGoesOn(mailbox)));
  }

  private boolean ended(String mailbox, String by) {
    var update = new Update().set("endedAt", clock.instant()).set("endedBy", by).set("told", true);
    return mongo.updateMulti(query(where("mailbox").is(mailbox).and("endedAt").is(null)), update, Rest.class)
        .getModifiedCount() > 0;
  }

  /** What the engine has not taken yet. */
  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void pending() {
    for (Rest rest : mongo.find(query(where("told").is(false)), Rest.class)) if (!tell(rest)) return;
  }

  private boolean tell(Rest rest) {
    try {
      messages.begin(
          "mailbox-rests", "mailbox-rests", rest.mailbox(), rest.id(),
          Map.of("mailbox", rest.mailbox(), "because", rest.because()));
      mongo.updateFirst(query(where("_id").is(rest.id())), new Update().set("told", true), Rest.class);
      return true;
    } catch (RuntimeException e) {
      log.warn("A person is asked about a mailbox later, not now: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  /** If the engine is away, the task stays, and whoever does it finds that the mailbox sends. */
  private void tellGoesOn(String mailbox) {
    try {
      messages.tellNow("mailbox-goes-on", mailbox);
    } catch (RuntimeException e) {
      log.warn("The task about a mailbox that sends again stays: {}", e.getClass().getSimpleName());
    }
  }
}
