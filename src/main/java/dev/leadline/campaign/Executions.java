package dev.leadline.campaign;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.campaign.Execution.State;
import dev.leadline.campaign.Execution.Word;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** All runs: every step is one atomic change of one document, so people and steps never undo each other. */
@Component
class Executions {

  private static final FindAndModifyOptions AFTER = FindAndModifyOptions.options().returnNew(true);
  private static final Sort NEWEST = Sort.by(Sort.Direction.DESC, "createdAt");
  private static final List<State> LIVE = List.of(State.CREATED, State.RUNNING, State.PAUSED);

  /** A run looks different now. */
  record Changed(String executionId) {}

  /** A run, and whether this request made it. */
  record Made(Execution execution, boolean now) {}

  private final MongoOperations mongo;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  Executions(MongoOperations mongo, ApplicationEventPublisher events, Clock clock) {
    this.mongo = mongo;
    this.events = events;
    this.clock = clock;
  }

  /** @return empty when another run of the campaign goes on */
  Optional<Made> make(Campaign campaign, String by, Request request) {
    try {
      var made = mongo.insert(new Execution(
          new ObjectId().toHexString(), campaign.id(), campaign.definition(), State.CREATED, null, by, 0, 0, null, 0, 0,
          List.of(Word.STARTED), 0, null, campaign.id(), clock.instant(), null, null, request.key(), request.hash()));
      events.publishEvent(new Changed(made.id()));
      return Optional.of(new Made(made, true));
    } catch (DuplicateKeyException cameBefore) {
      if (request.key() == null) return Optional.empty();
      var before = mongo.findOne(query(where("requestKey").is(request.key())), Execution.class);
      if (before == null) return Optional.empty();
      request.require(before.requestHash());
      return Optional.of(new Made(before, false));
    }
  }

  Optional<Execution> find(String id) {
    return Optional.ofNullable(mongo.findById(id, Execution.class));
  }

  /** The run of a running diagram. */
  Execution get(String id) {
    return find(id).orElseThrow(() -> new IllegalStateException("No execution " + id));
  }

  /** A campaign's run that is not over. */
  Optional<Execution> current(String campaignId) {
    return Optional.ofNullable(
        mongo.findOne(query(where("campaignId").is(campaignId).and("state").in(LIVE)), Execution.class));
  }

  /** A campaign's runs, the newest first. */
  List<Execution> of(String campaignId, int limit) {
    return mongo.find(query(where("campaignId").is(campaignId)).with(NEWEST).limit(limit), Execution.class);
  }

  /** The latest run of each of these campaigns that has one. */
  Map<String, Execution> latest(List<String> campaignIds) {
    var last = Aggregation.newAggregation(
        Aggregation.match(where("campaignId").in(campaignIds)), Aggregation.sort(Sort.by("createdAt")),
        Aggregation.group("campaignId").last("_id").as("run"));
    var ids = mongo.aggregate(last, Execution.class, Document.class).getMappedResults().stream()
        .map(one -> one.get("run")).toList();
    return mongo.find(query(where("_id").in(ids)), Execution.class).stream()
        .collect(Collectors.toMap(Execution::campaignId, Function.identity()));
  }

  /** The newest first; null finds all. */
  Page<Execution> page(String campaignId, State state, int page, int size) {
    var wanted = new Query();
    if (campaignId != null) wanted.addCriteria(where("campaignId").is(campaignId));
    if (state != null) wanted.addCriteria(where("state").is(state));
    long total = mongo.count(wanted, Execution.class);
    var window = PageRequest.of(page, size, NEWEST);
    List<Execution> found = window.getOffset() >= total ? List.of() : mongo.find(wanted.with(window), Execution.class);
    return new PageImpl<>(found, window, total);
  }

  /** Whether it goes on, as it stands this moment. */
  boolean running(String id) {
    return mongo.exists(query(where("_id").is(id).and("state").is(State.RUNNING)), Execution.class);
  }

  /** The diagram has begun with it. */
  Execution begin(String id) {
    change(id, List.of(State.CREATED), new Update().set("state", State.RUNNING).set("startedAt", clock.instant()));
    return get(id);
  }

  /** A person wants it; empty when it does not stand so that it could be done. */
  Optional<Execution> say(String id, Word word, String because) {
    var update = new Update().push("untold", word);
    return switch (word) {
      case STARTED -> throw new IllegalArgumentException("a run starts once");
      case PAUSED -> change(id, List.of(State.CREATED, State.RUNNING), update.set("state", State.PAUSED));
      case RESUMED -> change(id, List.of(State.PAUSED), update.set("state", State.RUNNING));
      case CANCELLED -> change(id, LIVE, update.set("state", State.CANCELLED).set("because", because).unset("live"));
    };
  }

  /** Runs with words for the engine, the oldest first. */
  List<Execution> untold(int limit) {
    return mongo.find(
        query(where("untold").in((Object[]) Word.values())).with(Sort.by("createdAt")).limit(limit), Execution.class);
  }

  /** The engine has taken its first untold word. */
  void told(Execution as) {
    mongo.updateFirst(
        query(where("_id").is(as.id()).and("told").is(as.told())),
        new Update().pop("untold", Update.Position.FIRST).inc("told", 1), Execution.class);
  }

  /** So many more of the search's answers were looked at. */
  void looked(String id, int pageSize, int more, long spent, String searched) {
    var update = new Update().set("pageSize", pageSize).inc("offset", more).inc("spent", spent).set("refusals", 0);
    if (searched != null) update.set("searched", searched);
    change(id, List.of(State.values()), update);
  }

  /** @return how often in a row it was refused, this time included */
  int refused(String id) {
    return change(id, List.of(State.values()), new Update().inc("refusals", 1)).map(Execution::refusals).orElse(1);
  }

  /** Something about it has changed elsewhere. */
  void stir(String id) {
    events.publishEvent(new Changed(id));
  }

  /** Its end; a run that a person has cancelled stays so, and only gets its figures. */
  void close(String id, State state, String because, Funnel figures) {
    Instant now = clock.instant();
    var end = new Update().set("state", state).set("figures", figures).set("finishedAt", now).unset("live");
    if (because != null) end.set("because", because);
    if (change(id, LIVE, end).isEmpty())
      mongo.updateFirst(
          query(where("_id").is(id).and("figures").is(null)),
          new Update().set("figures", figures).set("finishedAt", now), Execution.class);
    stir(id);
  }

  private Optional<Execution> change(String id, List<State> from, Update update) {
    var changed = mongo.findAndModify(
        query(where("_id").is(id).and("state").in(new ArrayList<>(from))), update, AFTER, Execution.class);
    if (changed != null) stir(id);
    return Optional.ofNullable(changed);
  }
}
