package dev.leadline.campaign;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.agent.Cost;
import dev.leadline.agent.Costs;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Lead;
import dev.leadline.mail.Touch;
import java.time.Instant;
import java.util.EnumMap;
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

  /** Whoever has come here moves no further by our doing. */
  private static final Set<Lead.Stage> ENDS = Set.of(Lead.Stage.CONTACTED, Lead.Stage.CLOSED, Lead.Stage.SUPPRESSED);

  private final MongoOperations mongo;
  private final Attributions attributions;
  private final Costs costs;

  Funnels(MongoOperations mongo, Attributions attributions, Costs costs) {
    this.mongo = mongo;
    this.attributions = attributions;
    this.costs = costs;
  }

  Funnel ofAll() {
    return count(new Criteria(), where("state").is(Touch.State.SENT), costs.ofAll());
  }

  Funnel of(String executionId) {
    var ids = leads(executionId);
    return count(
        where("_id").in(ids), where("leadId").in(ids).and("state").is(Touch.State.SENT), costs.ofLeads(ids));
  }

  private Funnel count(Criteria leads, Criteria touches, Cost cost) {
    var stages = stages(leads);
    return new Funnel(
        stages.values().stream().mapToLong(Long::longValue).sum(), stages,
        mongo.findDistinct(query(touches), "leadId", Touch.class, String.class).size(), cost);
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
