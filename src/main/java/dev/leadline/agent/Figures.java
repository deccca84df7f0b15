package dev.leadline.agent;

import dev.leadline.model.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Answers of agents, counted: of a step on a day, of all on a day, about a lead.
 *
 * @param byModel answers that a model gave; the others are by rules
 * @param tokensIn the cached included
 * @param micros what it cost, in millionths of the currency, as far as prices are known
 * @param latency questions to models by how long they took: how many in each bucket of {@link #BUCKETS}, by its number
 * @param errors how often a model failed, by {@link Fault}
 */
@Document("agent_figures")
record Figures(
    @Id String id,
    long calls,
    long byModel,
    long tokensIn,
    long tokensCached,
    long tokensOut,
    long micros,
    Map<String, Long> latency,
    Map<String, Long> errors,
    @Indexed(expireAfter = "0s") Instant expireAt) {

  /** Upper bounds; what takes longer is in one more. */
  static final List<Duration> BUCKETS = List.of(
      Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2),
      Duration.ofSeconds(5));

  static final Figures NONE = new Figures(null, 0, 0, 0, 0, 0, 0, Map.of(), Map.of(), null);

  Figures {
    latency = latency == null ? Map.of() : Map.copyOf(latency);
    errors = errors == null ? Map.of() : Map.copyOf(errors);
  }

  static Figures of(AgentRun run) {
    return new Figures(
        null, 1, run.source() == Answer.Source.MODEL ? 1 : 0, run.tokensIn(), run.tokensCached(), run.tokensOut(),
        run.cost() == null ? 0 : run.cost(),
        run.attempts() == 0 ? Map.of() : Map.of(bucket(run.latencyMillis()), 1L),
        run.error() == null ? Map.of() : Map.of(run.error().name(), 1L), run.expireAt());
  }

  /** An answer by rules where no model is. */
  static Figures byRules(Instant expireAt) {
    return new Figures(null, 1, 0, 0, 0, 0, 0, Map.of(), Map.of(), expireAt);
  }

  private static String bucket(long millis) {
    return Long.toString(BUCKETS.stream().filter(bound -> millis > bound.toMillis()).count());
  }

  Figures plus(Figures more) {
    return new Figures(
        id, calls + more.calls, byModel + more.byModel, tokensIn + more.tokensIn, tokensCached + more.tokensCached,
        tokensOut + more.tokensOut, micros + more.micros, sum(latency, more.latency), sum(errors, more.errors),
        expireAt == null || more.expireAt != null && more.expireAt.isAfter(expireAt) ? more.expireAt : expireAt);
  }

  private static Map<String, Long> sum(Map<String, Long> some, Map<String, Long> more) {
    var all = new HashMap<>(some);
    more.forEach((key, count) -> all.merge(key, count, Long::sum));
    return all;
  }

  long byRules() {
    return calls - byModel;
  }

  long failures() {
    return errors.values().stream().mapToLong(Long::longValue).sum();
  }

  long tokens() {
    return tokensIn + tokensOut;
  }

  /** How many in each bucket, in order. */
  List<Long> histogram() {
    return java.util.stream.IntStream.rangeClosed(0, BUCKETS.size())
        .mapToObj(bucket -> latency.getOrDefault(Integer.toString(bucket), 0L))
        .toList();
  }
}
