package dev.leadline.agent;

import dev.leadline.model.Fault;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.Models;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * What thinking costs: figures by step, lead and day, and the budgets that end it.
 *
 * <p>Figures are added up in memory and stored once a second, so that no step waits for them; a crash loses a second.
 */
@Component
class Ledger {

  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final Duration SOON = Duration.ofSeconds(1);

  /** New figures are stored; pages may look. */
  record Changed() {}

  /** Where figures are kept. */
  interface Shelf {

    void add(Map<String, Figures> more);

    List<Figures> find(Collection<String> ids);

    void remove(Collection<String> ids);
  }

  private final Shelf shelf;
  private final ModelLimits limits;
  private final Retention retention;
  private final ApplicationEventPublisher events;
  private final Clock clock;
  private final AtomicBoolean storing = new AtomicBoolean();
  private Map<String, Figures> fresh = new HashMap<>();
  private Map<String, Figures> onTheirWay = Map.of();

  @Autowired
  Ledger(
      MongoOperations mongo, ModelLimits limits, Retention retention, ApplicationEventPublisher events, Clock clock) {
    this(new MongoShelf(mongo), limits, retention, events, clock);
  }

  Ledger(Shelf shelf, ModelLimits limits, Retention retention, ApplicationEventPublisher events, Clock clock) {
    this.shelf = shelf;
    this.limits = limits;
    this.retention = retention;
    this.events = events;
    this.clock = clock;
  }

  /** @throws RuntimeException a {@link Fault} when a budget is used up */
  void allow(String step, String leadId, Models.Model model) {
    var budget = limits.budget();
    if (!budget.lead().isSet() && !budget.day().isSet() && model.tokensPerDay() == null) return;
    LocalDate today = LocalDate.now(clock);
    var spent = find(List.of(lead(leadId), day(today), step(step, today)));
    if (isUsedUp(budget.lead(), spent.get(lead(leadId)))) throw Fault.LEAD_BUDGET.raise();
    if (isUsedUp(budget.day(), spent.get(day(today)))) throw Fault.DAY_BUDGET.raise();
    if (model.tokensPerDay() != null && spent.get(step(step, today)).tokens() >= model.tokensPerDay())
      throw Fault.AGENT_BUDGET.raise();
  }

  private static boolean isUsedUp(ModelLimits.Budget budget, Figures spent) {
    return budget.isUsedUpBy(spent.micros(), spent.tokens());
  }

  void keep(AgentRun run) {
    LocalDate today = LocalDate.now(clock);
    var figures = Figures.of(run);
    add(Map.of(lead(run.leadId()), figures, day(today), figures, step(run.step(), today), figures));
  }

  /** An answer by rules where no model is. */
  void keepByRules(String step) {
    LocalDate today = LocalDate.now(clock);
    var figures = Figures.byRules(expireAt());
    add(Map.of(step(step, today), figures));
  }

  /** When something written now goes. */
  Instant expireAt() {
    return retention.end(clock);
  }

  /** Of the last so many days, today included. */
  Figures of(String step, int days) {
    return find(days(days).map(day -> step(step, day)).toList()).values().stream().reduce(Figures.NONE, Figures::plus);
  }

  Figures ofLead(String leadId) {
    return find(List.of(lead(leadId))).get(lead(leadId));
  }

  Figures ofLeads(Collection<String> leadIds) {
    return find(leadIds.stream().map(Ledger::lead).toList()).values().stream().reduce(Figures.NONE, Figures::plus);
  }

  /** Of all leads, as far back as figures are kept. */
  Figures ofAllDays() {
    return find(days((int) retention.keep().toDays() + 1).map(Ledger::day).toList()).values().stream()
        .reduce(Figures.NONE, Figures::plus);
  }

  /** Forgets a step's figures; what was spent of budgets stays spent. */
  void reset(String step) {
    store();
    shelf.remove(days((int) retention.keep().toDays() + 1).map(day -> step(step, day)).toList());
    events.publishEvent(new Changed());
  }

  private Stream<LocalDate> days(int days) {
    LocalDate today = LocalDate.now(clock);
    return IntStream.range(0, days).mapToObj(today::minusDays);
  }

  private static String lead(String leadId) {
    return "lead " + leadId;
  }

  private static String day(LocalDate day) {
    return "day " + day;
  }

  private static String step(String step, LocalDate day) {
    return "step " + step + " " + day;
  }

  /** Everything counted so far, also what is not stored yet. */
  private Map<String, Figures> find(Collection<String> ids) {
    var found = new HashMap<String, Figures>();
    ids.forEach(id -> found.put(id, Figures.NONE));
    // In this order something on its way may count twice for a moment, but never not at all.
    synchronized (this) {
      ids.forEach(id -> found.merge(id, onTheirWay.getOrDefault(id, Figures.NONE), Figures::plus));
      ids.forEach(id -> found.merge(id, fresh.getOrDefault(id, Figures.NONE), Figures::plus));
    }
    shelf.find(ids).forEach(figures -> found.merge(figures.id(), figures, Figures::plus));
    return found;
  }

  private void add(Map<String, Figures> more) {
    synchronized (this) {
      more.forEach((id, figures) -> fresh.merge(id, figures, Figures::plus));
    }
    if (storing.compareAndSet(false, true)) Thread.ofVirtual().name("agent-figures").start(this::storeSoon);
  }

  private void storeSoon() {
    try {
      Thread.sleep(SOON);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    storing.set(false);
    store();
    events.publishEvent(new Changed());
  }

  @PreDestroy
  void store() {
    Map<String, Figures> now;
    synchronized (this) {
      if (fresh.isEmpty() || !onTheirWay.isEmpty()) return;
      now = onTheirWay = fresh;
      fresh = new HashMap<>();
    }
    boolean stored = false;
    try {
      shelf.add(now);
      stored = true;
    } catch (RuntimeException e) {
      log.warn("Figures of agents could not be stored, later again: {}", e.getClass().getSimpleName());
    } finally {
      synchronized (this) {
        if (!stored) now.forEach((id, figures) -> fresh.merge(id, figures, Figures::plus));
        onTheirWay = Map.of();
      }
    }
  }

  private record MongoShelf(MongoOperations mongo) implements Shelf {

    @Override
    public void add(Map<String, Figures> more) {
      var all = mongo.bulkOps(BulkMode.UNORDERED, Figures.class);
      more.forEach((id, figures) -> all.upsert(Query.query(Criteria.where("_id").is(id)), increase(figures)));
      all.execute();
    }

    private static Update increase(Figures by) {
      var update = new Update()
          .inc("calls", by.calls()).inc("byModel", by.byModel())
          .inc("tokensIn", by.tokensIn()).inc("tokensCached", by.tokensCached()).inc("tokensOut", by.tokensOut())
          .inc("micros", by.micros())
          .set("expireAt", by.expireAt());
      by.latency().forEach((bucket, count) -> update.inc("latency." + bucket, count));
      by.errors().forEach((error, count) -> update.inc("errors." + error, count));
      return update;
    }

    @Override
    public List<Figures> find(Collection<String> ids) {
      return mongo.find(Query.query(Criteria.where("_id").in(ids)), Figures.class);
    }

    @Override
    public void remove(Collection<String> ids) {
      mongo.remove(Query.query(Criteria.where("_id").in(ids)), Figures.class);
    }
  }
}
