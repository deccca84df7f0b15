package dev.leadline.agent;

import dev.leadline.model.ModelLimits;
import dev.leadline.model.Models;
import dev.leadline.model.Prompts;
import dev.leadline.model.StepModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Agents without Spring and a database, for tests. */
final class Thinking {

  /** How the lead of every question is called. */
  static final String LEAD = "Anna Berg";

  private Thinking() {}

  /** No prices, no budgets, plenty of room. */
  static ModelLimits limits() {
    var none = new ModelLimits.Budget(null, null);
    return limits(Map.of(), none, none);
  }

  static ModelLimits limits(
      Map<String, ModelLimits.Price> prices, ModelLimits.Budget lead, ModelLimits.Budget day) {
    return new ModelLimits(
        "USD", prices, new ModelLimits.Budgets(lead, day), 64,
        new ModelLimits.Queue(1000, Duration.ofSeconds(30)));
  }

  static Agents agents(
      Function<String, Optional<Models.Model>> models, Consumer<AgentRun> runs, MeterRegistry meters,
      ModelLimits limits) {
    return agents(models, step -> Set.of(), runs, meters, limits);
  }

  static Agents agents(Models models, Consumer<AgentRun> runs, MeterRegistry meters, ModelLimits limits) {
    return agents(models::of, models::capabilities, runs, meters, limits);
  }

  private static Agents agents(
      Function<String, Optional<Models.Model>> models,
      Function<String, Set<dev.langchain4j.model.chat.Capability>> capabilities, Consumer<AgentRun> runs,
      MeterRegistry meters, ModelLimits limits) {
    var prompts = new Prompts();
    return new Agents(
        models,
        step -> new StepModel(step, capabilities.apply(step), prompts),
        run -> {
          runs.accept(run);
          return run;
        },
        lead -> LEAD,
        new Ledger(new Paper(), limits, new Retention(Duration.ofDays(90)), event -> {}, Clock.systemUTC()), prompts, meters, limits, Clock.systemUTC());
  }

  /** Figures in memory. */
  static final class Paper implements Ledger.Shelf {

    private final Map<String, Figures> kept = new ConcurrentHashMap<>();

    @Override
    public void add(Map<String, Figures> more) {
      more.forEach((id, figures) -> kept.merge(id, named(id, figures), Figures::plus));
    }

    @Override
    public List<Figures> find(Collection<String> ids) {
      return ids.stream().map(kept::get).filter(Objects::nonNull).toList();
    }

    @Override
    public void remove(Collection<String> ids) {
      ids.forEach(kept::remove);
    }

    private static Figures named(String id, Figures figures) {
      return new Figures(
          id, figures.calls(), figures.byModel(), figures.tokensIn(), figures.tokensCached(), figures.tokensOut(),
          figures.micros(), figures.latency(), figures.errors(), figures.expireAt());
    }
  }
}
