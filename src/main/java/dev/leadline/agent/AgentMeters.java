package dev.leadline.agent;

import dev.leadline.model.Fault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Agents in Micrometer; Prometheus shows agent.processing as agent_processing_seconds and so on. */
record AgentMeters(MeterRegistry meters) {

  private static final String AGENT = "agent_type";

  /** An answer of any source, rules included. */
  void answered(String step, Fault fault, Duration took) {
    meters.counter("agent.requests", AGENT, step).increment();
    Timer.builder("agent.processing")
        .description("What a thinking step takes for its answer, by model or by rules")
        .tag(AGENT, step)
        .serviceLevelObjectives(Figures.BUCKETS.toArray(Duration[]::new))
        .register(meters)
        .record(took);
    if (fault == null) meters.counter("agent.success", AGENT, step).increment();
    else if (!fault.isABudget()) meters.counter("agent.errors", AGENT, step, "error_code", fault.name()).increment();
  }

  void asked(AgentRun run) {
    Timer.builder("agent.response.duration")
        .description("What a model takes for its answer, the waiting for a turn included")
        .tags(AGENT, run.step(), "model", run.model(), "source", run.source().name())
        .register(meters)
        .record(Duration.ofMillis(run.latencyMillis()));
    tokens(run.step(), "in", run.tokensIn());
    tokens(run.step(), "cached", run.tokensCached());
    tokens(run.step(), "out", run.tokensOut());
    if (run.cost() != null)
      meters.counter("agent.cost", AGENT, run.step(), "currency", run.currency()).increment(run.cost() / 1e6);
  }

  private void tokens(String step, String kind, int count) {
    meters.counter("agent.tokens", AGENT, step, "kind", kind).increment(count);
  }
}
