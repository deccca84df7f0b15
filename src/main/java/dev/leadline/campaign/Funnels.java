package dev.leadline.campaign;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.agent.Cost;
import dev.leadline.agent.Costs;
import dev.leadline.booking.Meeting;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Lead;
import dev.leadline.mail.Touch;
import dev.leadline.replies.Incoming;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Counts how far leads have come: all of them, or those of one run. */
@Component
class Funnels {

  /** What the table and the classes of replies call interest. */
  private static final List<String> POSITIVE = List.of("interested", "meeting_request");
  private static final List<Meeting.State> MEETINGS =
      List.of(Meeting.State.BOOKED, Meeting.State.HELD, Meeting.State.MISSED);

  /** Whoever has come here moves no further by our doing. */
  static final Set<Lead.Stage> ENDS = EnumSet.of(
      Lead.Stage.CONTACTED, Lead.Stage.ANSWERED, Lead.Stage.MEETING, Lead.Stage.CLOSED, Lead.Stage.SUPPRESSED);

  private final MongoOperations mongo;
  private final Attributions attributions;
  private final Costs costs;

  Funnels(MongoOperations mongo, Attributions attributions, Costs costs) {
    this.mongo = mongo;
    this.attributions = attributions;
    this.costs = costs;
  }

  Funnel ofAll() {
    return count(new Criteria(), Optional.empty(), costs.ofAll());
  }

  Funnel of(String executionId) {
    var ids = leads(executionId);
    return count(where("_id").in(ids), Optional.of(ids), costs.ofLeads(ids));
  }

  /** @param ids of the leads that count; empty for all */
  private Funnel count(Criteria leads, Optional<List<String>> ids, Cost cost) {
    var stages = stages(leads);
    var contacted = leadsOf(Touch.class, where("state").is(Touch.State.SENT), ids);
    var answered = among(contacted, leadsOf(Incoming.class, where("kind").is(Incoming.Kind.PERSON), ids));
    var positive = among(contacted, leadsOf(Incoming.class, where("decision.as").in(POSITIVE), ids));
    var meetings = among(contacted, leadsOf(Meeting.class, where("state").in(MEETINGS), ids));
    var held = among(contacted, leadsOf(Meeting.class, where("state").is(Meeting.State.HELD), ids));
    int all = contacted.size();
    return new Funnel(
        stages.values().stream().mapToLong(Long::longValue).sum(), stages, all, answered, positive, meetings, held,
        Rate.of(answered, all), Rate.of(positive, all), Rate.of(meetings, all), cost);
  }

  private Set<String> leadsOf(Class<?> document, Criteria which, Optional<List<String>> ids) {
    ids.ifPresent(known -> which.and("leadId").in(known));
    return new HashSet<>(mongo.findDistinct(query(which), "leadId", document, String.class));
  }

  private static long among(Set<String> contacted, Set<String> some) {
    return some.stream().filter(contacted::contains).count();
  }

  private Map<Lead.Stage, Long> stages(Criteria leads) {
    var counts = new EnumMap<Lead.Stage, Long>(Lead.Stage.class);
    var grouped = Aggregation.newAggregation(Aggregation.match(leads), Aggregation.group("stage").count().as("count"));
    for (Document one : mongo.aggregate(grouped, Lead.class, Document.class))
      counts.put(Lead.Stage.valueOf(one.getString("_id")), ((Number) one.get("count")).longValue());
    return counts;
  }

  /**
   * How a run's leads stand.
   *
   * @param open of whose journeys something is still to be expected
   * @param lastChange of any of them; empty when there are none
   */
  record Course(int leads, int open, Optional<Instant> lastChange) {}

  Course course(String executionId) {
    var ids = leads(executionId);
    if (ids.isEmpty()) return new Course(0, 0, Optional.empty());
    long open = mongo.count(query(where("_id").in(ids).and("stage").nin(ENDS)), Lead.class);
    var last = mongo.find(
        new Query(where("_id").in(ids)).with(Sort.by(Sort.Direction.DESC, "changedAt")).limit(1), Lead.class);
    return new Course(ids.size(), (int) open, last.stream().map(Lead::changedAt).findFirst());
  }

  private List<String> leads(String executionId) {
    return attributions.idsOf(executionId).stream().map(Attribution::leadId).toList();
  }
}
