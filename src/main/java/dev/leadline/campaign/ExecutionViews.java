package dev.leadline.campaign;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bson.Document;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.stereotype.Component;

/** Puts together what there is to see of runs. */
@Component
class ExecutionViews {

  private final MongoOperations mongo;
  private final Funnels funnels;

  ExecutionViews(MongoOperations mongo, Funnels funnels) {
    this.mongo = mongo;
    this.funnels = funnels;
  }

  /** So many people of a run got the same verdict for the same reason. */
  private record Group(String executionId, Prospect.State state, Optional<String> because, long count) {}

  ExecutionView of(Execution run) {
    return of(List.of(run)).getFirst();
  }

  /** In the same order. */
  List<ExecutionView> of(List<Execution> runs) {
    var groups = groups(runs.stream().map(Execution::id).toList());
    return runs.stream().map(run -> view(run, groups.getOrDefault(run.id(), List.of()))).toList();
  }

  private ExecutionView view(Execution run, List<Group> groups) {
    var verdicts = new EnumMap<Prospect.State, Long>(Prospect.State.class);
    var reasons = new LinkedHashMap<String, Long>();
    groups.stream().sorted(Comparator.comparingLong(Group::count).reversed()).forEach(group -> {
      verdicts.merge(group.state(), group.count(), Long::sum);
      group.because().ifPresent(because -> reasons.merge(because, group.count(), Long::sum));
    });
    return new ExecutionView(
        run.id(), run.campaignId(), run.definition().name(), run.state(), run.because(), run.searched(), verdicts,
        reasons, run.money(), run.figures() != null ? run.figures() : funnels.of(run.id()), run.by(), run.createdAt(),
        run.startedAt(), run.finishedAt());
  }

  private Map<String, List<Group>> groups(List<String> executionIds) {
    var grouped = Aggregation.newAggregation(
        Aggregation.match(where("executionId").in(executionIds)),
        Aggregation.group("executionId", "state", "because").count().as("count"));
    return mongo.aggregate(grouped, Prospect.class, Document.class).getMappedResults().stream()
        .map(ExecutionViews::group).collect(Collectors.groupingBy(Group::executionId));
  }

  private static Group group(Document one) {
    var by = one.get("_id", Document.class);
    return new Group(
        by.getString("executionId"), Prospect.State.valueOf(by.getString("state")),
        Optional.ofNullable(by.getString("because")), ((Number) one.get("count")).longValue());
  }
}
