package dev.leadline.sending;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.sending.QueuedTouch.State;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** The mails that wait for their turn; every step is one atomic change of one document. */
@Component
class Queue {

  private static final FindAndModifyOptions AFTER = FindAndModifyOptions.options().returnNew(true);
  private static final FindAndModifyOptions UPSERT = FindAndModifyOptions.options().returnNew(true).upsert(true);

  private final MongoOperations mongo;
  private final Alarm alarm;
  private final Clock clock;

  Queue(MongoOperations mongo, Alarm alarm, Clock clock) {
    this.mongo = mongo;
    this.alarm = alarm;
    this.clock = clock;
  }

  Optional<QueuedTouch> find(String id) {
    return Optional.ofNullable(mongo.findById(id, QueuedTouch.class));
  }

  /** It waits; asked again, it keeps its place. */
  QueuedTouch wait(QueuedTouch touch, Instant notBefore, String because) {
    var waiting = mongo.findAndModify(
        query(where("_id").is(touch.id())),
        asked(touch).set("state", State.WAITING).set("notBefore", notBefore).set("because", because).unset("until")
            .setOnInsert("turns", 0).set("told", false),
        UPSERT, QueuedTouch.class);
    alarm.ring(notBefore);
    return waiting;
  }

  /** It has its turn at once, and whoever asks knows. */
  QueuedTouch callAtOnce(QueuedTouch touch, Instant until, MustSay mustSay) {
    return mongo.findAndModify(
        query(where("_id").is(touch.id())),
        asked(touch).set("state", State.CALLED).set("until", until).set("mustSay", mustSay).set("told", true)
            .inc("turns", 1).set("notBefore", touch.notBefore()).unset("because"),
        UPSERT, QueuedTouch.class);
  }

  private static Update asked(QueuedTouch touch) {
    return new Update()
        .set("draftId", touch.draftId()).set("mailbox", touch.mailbox())
        .set("company", touch.company()).set("kind", touch.kind())
        .setOnInsert("leadId", touch.leadId()).setOnInsert("number", touch.number())
        .setOnInsert("askedAt", touch.askedAt()).setOnInsert("rank", touch.rank());
  }

  /** Gives a waiting one its turn; empty when somebody else was faster, or it waits no more. */
  Optional<QueuedTouch> call(QueuedTouch touch, Instant until, MustSay mustSay) {
    return change(
        waiting(touch),
        new Update().set("state", State.CALLED).set("until", until).set("mustSay", mustSay).set("told", false).inc("turns", 1)
            .unset("because"));
  }

  /** Its turn was in vain and is over. */
  void defer(String id, Deferral deferral) {
    change(where("_id").is(id), new Update().set("until", clock.instant()).set("deferral", deferral));
    alarm.placeIsFree();
  }

  /** Should it be tried again, that is for the first time. */
  void deferNoMore(String id) {
    change(where("_id").is(id), new Update().unset("deferral"));
  }

  /** Its turn is not yet. */
  void putOff(QueuedTouch touch, Instant notBefore, String because) {
    change(waiting(touch), new Update().set("notBefore", notBefore).set("because", because));
  }

  /** It waits for another of our mailboxes. */
  void move(QueuedTouch touch, String mailbox) {
    change(waiting(touch), new Update().set("mailbox", mailbox));
  }

  private static Criteria waiting(QueuedTouch touch) {
    return where("_id").is(touch.id()).and("state").is(State.WAITING).and("turns").is(touch.turns());
  }

  /** Their journeys know that they have their turn. */
  void told(Collection<String> ids) {
    mongo.updateMulti(query(where("_id").in(ids)), new Update().set("told", true), QueuedTouch.class);
  }

  /** It is out, or never goes. */
  void remove(String id) {
    mongo.remove(query(where("_id").is(id)), QueuedTouch.class);
    alarm.placeIsFree();
  }

  /**
   * Those whose turn may be now, the first in line first.
   *
   * @param without mailboxes that send nothing for the moment
   */
  List<QueuedTouch> due(int most, Collection<String> without) {
    return mongo.find(
        query(where("state").is(State.WAITING).and("notBefore").lte(clock.instant()).and("mailbox").nin(without))
            .with(Sort.by("rank")).limit(most),
        QueuedTouch.class);
  }

  /** Mails that have their turn and are not out yet. */
  long called() {
    return mongo.count(query(where("state").is(State.CALLED).and("until").gt(clock.instant())), QueuedTouch.class);
  }

  /** Those whose journeys may not know that they have their turn. */
  List<QueuedTouch> untold(int most) {
    return mongo.find(query(where("state").is(State.CALLED).and("told").is(false)).limit(most), QueuedTouch.class);
  }

  /** When the next one that waits is to be looked at. */
  Optional<Instant> next() {
    var first = query(where("state").is(State.WAITING).and("notBefore").gt(clock.instant()))
        .with(Sort.by("notBefore")).limit(1);
    return Optional.ofNullable(mongo.findOne(first, QueuedTouch.class)).map(QueuedTouch::notBefore);
  }

  /** Nobody came for these. */
  long forgetCalledBefore(Instant time) {
    return mongo.remove(query(where("state").is(State.CALLED).and("until").lt(time)), QueuedTouch.class).getDeletedCount();
  }

  /** What waits, the next to be looked at first. */
  List<QueuedTouch> page(int page, int size) {
    return mongo.find(
        query(where("state").is(State.WAITING)).with(Sort.by("notBefore", "rank")).skip((long) page * size).limit(size),
        QueuedTouch.class);
  }

  long waiting() {
    return mongo.count(query(where("state").is(State.WAITING)), QueuedTouch.class);
  }

  long waiting(Kind kind) {
    return mongo.count(query(where("state").is(State.WAITING).and("kind").is(kind)), QueuedTouch.class);
  }

  /** Something about this lead, company or mailbox of ours has changed. */
  void lookAgain(String who) {
    lookAgain(where("leadId").is(who));
    lookAgain(where("company").is(who));
    Hold.heldMailbox(who).ifPresent(mailbox -> lookAgain(where("mailbox").is(mailbox)));
    lookAgain();
  }

  private void lookAgain(Criteria which) {
    mongo.updateMulti(
        query(which.and("state").is(State.WAITING)), new Update().set("notBefore", clock.instant()), QueuedTouch.class);
  }

  /** Something that holds for all has changed. */
  void lookAgain() {
    alarm.ring(clock.instant());
  }

  private Optional<QueuedTouch> change(Criteria which, Update update) {
    return Optional.ofNullable(mongo.findAndModify(new Query(which), update, AFTER, QueuedTouch.class));
  }
}
