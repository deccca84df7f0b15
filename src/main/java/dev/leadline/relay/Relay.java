package dev.leadline.relay;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.relay.Parcel.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * Carries parcels: at least once, in order within a lane, again with back-off, and to the dead letters in the end.
 *
 * <p>What is added is on disk before anybody tries to carry it, so neither a crash nor a system that is away loses it,
 * and whoever adds it never waits. Several running applications share the work: a parcel is claimed before it is
 * carried. A parcel that is given up lets the next one of its lane pass.
 */
public final class Relay {

  private static final Logger log = LoggerFactory.getLogger(Relay.class);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final int BATCH = 500;

  private final String collection;
  private final RelaySettings settings;
  private final Carrier carrier;
  private final MongoOperations mongo;
  private final TaskScheduler scheduler;
  private final Clock clock;
  private final Semaphore free;
  /** Lanes under way here, and whether something was added meanwhile. */
  private final Map<String, Boolean> busy = new ConcurrentHashMap<>();
  private final AtomicBoolean crowded = new AtomicBoolean();
  private final AtomicLong order = new AtomicLong();
  private ScheduledFuture<?> planned;
  private Instant plannedFor = Instant.MAX;

  public Relay(
      String collection, RelaySettings settings, Carrier carrier, MongoOperations mongo, TaskScheduler scheduler,
      Clock clock) {
    this.collection = collection;
    this.settings = settings;
    this.carrier = carrier;
    this.mongo = mongo;
    this.scheduler = scheduler;
    this.clock = clock;
    this.free = new Semaphore(settings.atOnce());
  }

  /** @return whether it is new; what is known by this id stays as it is */
  public boolean add(String id, String lane, String what, String leadId, Map<String, String> content) {
    Instant now = clock.instant();
    long place = order.updateAndGet(last -> Math.max(last + 1, now.toEpochMilli() * 1_000));
    try {
      mongo.insert(
          new Parcel(
              id, lane, place, what, leadId, Map.copyOf(content), State.PENDING, 0, now, now, Instant.EPOCH, null, null),
          collection);
    } catch (DuplicateKeyException known) {
      return false;
    }
    soon(lane);
    return true;
  }

  /** Sends a dead letter again. @return whether there was one */
  public boolean replay(String id) {
    var update = new Update().set("state", State.PENDING).set("attempts", 0).set("due", clock.instant())
        .set("heldUntil", Instant.EPOCH).unset("because");
    var dead = mongo.findAndModify(
        query(where("_id").is(id).and("state").is(State.DEAD)), update, Parcel.class, collection);
    if (dead != null) soon(dead.lane());
    return dead != null;
  }

  /** Sends every dead letter again, or those of one lane. @return how many there were */
  public int replayAll(Optional<String> lane) {
    Criteria dead = where("state").is(State.DEAD);
    lane.ifPresent(one -> dead.and("lane").is(one));
    var found = mongo.find(query(dead).with(Sort.by("order")), Parcel.class, collection);
    return (int) found.stream().filter(parcel -> replay(parcel.id())).count();
  }

  public Optional<Parcel> find(String id) {
    return Optional.ofNullable(mongo.findById(id, Parcel.class, collection));
  }

  /** What of one kind is, or was, in these lanes. */
  public List<Parcel> find(String what, Collection<String> lanes) {
    return mongo.find(query(where("lane").in(lanes).and("what").is(what)), Parcel.class, collection);
  }

  /** Newest first. @param state null for all */
  public List<Parcel> list(State state, int page, int size) {
    var wanted = state == null ? new Query() : query(where("state").is(state));
    return mongo.find(
        wanted.with(Sort.by(Sort.Direction.DESC, "order")).skip((long) page * size).limit(size), Parcel.class, collection);
  }

  public long count(State state) {
    return mongo.count(query(where("state").is(state)), collection);
  }

  @EventListener(ApplicationReadyEvent.class)
  void begin() {
    var indexes = mongo.indexOps(collection);
    indexes.ensureIndex(new Index().on("lane", Sort.Direction.ASC).on("state", Sort.Direction.ASC));
    indexes.ensureIndex(new Index().on("state", Sort.Direction.ASC).on("order", Sort.Direction.ASC));
    indexes.ensureIndex(new Index().on("expires", Sort.Direction.ASC).expire(Duration.ZERO));
    Thread.startVirtualThread(this::sweep);
  }

  /** Takes up every lane with something due. Events do so at once; this is for what a crash left behind. */
  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void sweep() {
    try {
      Instant now = clock.instant();
      var due = mongo.find(
          query(where("state").is(State.PENDING).and("due").lte(now)).with(Sort.by("order")).limit(BATCH),
          Parcel.class, collection);
      var lanes = new LinkedHashSet<String>();
      due.forEach(parcel -> lanes.add(parcel.lane()));
      lanes.forEach(this::soon);
      var later = mongo.findOne(
          query(where("state").is(State.PENDING).and("due").gt(now)).with(Sort.by("due")), Parcel.class, collection);
      if (later != null) sweepAt(later.due());
    } catch (RuntimeException e) {
      log.warn("What waits in {} is looked at later: {}", collection, e.getClass().getSimpleName());
    }
  }

  private void soon(String lane) {
    if (busy.merge(lane, false, (one, other) -> true)) return;
    if (!free.tryAcquire()) {
      busy.remove(lane);
      crowded.set(true);
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        while (true) {
          busy.put(lane, false);
          if (!drained(lane)) busy.remove(lane);
          else if (!busy.remove(lane, false)) continue;
          break;
        }
      } finally {
        free.release();
        if (crowded.compareAndSet(true, false)) sweep();
      }
    });
  }

  /** @return false when the database is away */
  private boolean drained(String lane) {
    try {
      drain(lane);
      return true;
    } catch (RuntimeException e) {
      log.warn("What waits in {} is carried later: {}", collection, e.getClass().getSimpleName());
      return false;
    }
  }

  private void drain(String lane) {
    while (true) {
      var head = mongo.findOne(
          query(where("lane").is(lane).and("state").is(State.PENDING)).with(Sort.by("order")), Parcel.class, collection);
      if (head == null) return;
      Instant now = clock.instant();
      Instant ready = head.due().isAfter(head.heldUntil()) ? head.due() : head.heldUntil();
      if (ready.isAfter(now)) {
        sweepAt(ready);
        return;
      }
      var mine = mongo.findAndModify(
          query(where("_id").is(head.id()).and("state").is(State.PENDING).and("attempts").is(head.attempts())
              .and("heldUntil").is(head.heldUntil())),
          new Update().inc("attempts", 1).set("heldUntil", now.plus(LEASE)),
          FindAndModifyOptions.options().returnNew(true), Parcel.class, collection);
      if (mine == null) return;
      carry(mine);
    }
  }

  private void carry(Parcel parcel) {
    try {
      String words = carrier.carry(parcel);
      change(parcel, new Update().set("state", State.DONE).set("because", words)
          .set("expires", clock.instant().plus(settings.keep())));
    } catch (Undeliverable never) {
      giveUp(parcel, never.getMessage());
    } catch (RuntimeException e) {
      String because = carrier.words(e);
      if (parcel.attempts() > settings.pauses().size()) giveUp(parcel, because);
      else change(parcel, new Update().set("due", clock.instant().plus(pause(parcel.attempts()))).set("because", because)
          .set("heldUntil", Instant.EPOCH));
    }
  }

  private void giveUp(Parcel parcel, String because) {
    change(parcel, new Update().set("state", State.DEAD).set("because", because));
    try {
      carrier.gaveUp(parcel, because);
    } catch (RuntimeException e) {
      log.warn("A dead letter of {} is not announced: {}", collection, e.getClass().getSimpleName());
    }
  }

  private void change(Parcel parcel, Update update) {
    mongo.updateFirst(query(where("_id").is(parcel.id())), update, collection);
  }

  /** Up to a tenth longer than it says, so that what failed together does not come back together. */
  private Duration pause(int attempts) {
    long millis = settings.pauses().get(attempts - 1).toMillis();
    return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 10 + 1));
  }

  private synchronized void sweepAt(Instant when) {
    if (!when.isBefore(plannedFor)) return;
    if (planned != null) planned.cancel(false);
    plannedFor = when;
    planned = scheduler.schedule(
        () -> {
          synchronized (this) {
            plannedFor = Instant.MAX;
          }
          sweep();
        },
        when);
  }
}
