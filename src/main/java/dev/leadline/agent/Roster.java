package dev.leadline.agent;

import dev.leadline.engine.ElementId;
import dev.leadline.model.AgentConfigurations;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.ModelSettings.Provider;
import dev.leadline.model.Models;
import dev.leadline.model.Money;
import dev.leadline.model.Prompts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** All agents and how they fare. */
@Component
class Roster {

  private static final int LONGEST = 30;

  private final Agents agents;
  private final Models models;
  private final AgentConfigurations configurations;
  private final Workers workers;
  private final Prompts prompts;
  private final Ledger ledger;
  private final ModelLimits limits;
  private final List<BeginsAnew> memories;

  Roster(
      Agents agents, Models models, AgentConfigurations configurations, Workers workers, Prompts prompts,
      Ledger ledger, ModelLimits limits, List<BeginsAnew> memories) {
    this.agents = agents;
    this.models = models;
    this.configurations = configurations;
    this.workers = workers;
    this.prompts = prompts;
    this.ledger = ledger;
    this.limits = limits;
    this.memories = memories;
  }

  /** What answers now. */
  enum Status {
    /** A model, as long as it can. */
    MODEL,
    /** Rules: no provider is configured, or the step asks none. */
    RULES,
    /** Rules: somebody switched the model off. */
    OFF
  }

  /**
   * One agent.
   *
   * @param configurable whether it asks a model, when there is one
   * @param model null when rules answer
   * @param prompt version of its prompt files
   * @param variants of its prompts, of which its configuration may name one
   * @param invocable whether it can be asked without a job
   * @param input what it reads then: type by field
   * @param breaker CLOSED, OPEN or HALF_OPEN; null without a provider
   * @param queue null without a provider
   */
  record Agent(
      String step, String name, Status status, boolean configurable, String provider, String model, Double temperature, Long timeoutSeconds,
      String prompt, String variant, List<String> variants, boolean invocable, Map<String, String> input,
      String breaker, Queue queue, View figures) {}

  /** Of the step's provider, at this instance. */
  record Queue(int asking, int waiting, int places) {}

  /**
   * @param cost in the currency, as far as prices are known
   * @param latency how many questions were answered within each bound; the last has none
   * @param errors how often the model failed, by kind
   */
  record View(
      int days, long calls, long byModel, long byRules, long tokensIn, long tokensCached, long tokensOut, double cost,
      String currency, List<Bucket> latency, Map<String, Long> errors) {

    public long failures() {
      return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    public long asked() {
      return latency.stream().mapToLong(Bucket::count).sum();
    }

    public String money() {
      return Money.of(Math.round(cost * 1e6), currency);
    }

    /** The bound within which this share of all questions was answered: "0.5 s"; "" when none was asked. */
    public String within(double share) {
      long seen = 0;
      for (Bucket bucket : latency) {
        seen += bucket.count();
        if (asked() > 0 && seen >= share * asked()) return bucket.label().replace("≤ ", "");
      }
      return "";
    }
  }

  /** @param seconds upper bound; null for all above */
  record Bucket(Double seconds, long count) {

    public String label() {
      if (seconds == null) return "> 5 s";
      return "≤ " + (seconds < 1 ? seconds.toString() : Long.toString(Math.round(seconds))) + " s";
    }
  }

  List<Agent> all(int days) {
    return agents.steps().stream().sorted().map(step -> agent(step, days)).toList();
  }

  Optional<Agent> one(String step, int days) {
    return agents.steps().contains(step) ? Optional.of(agent(step, days)) : Optional.empty();
  }

  /** Sets a step's figures to zero, forgets what it remembers, and lets whomever it asks be asked again. */
  void reset(String step) {
    models.reset(step);
    memories.stream().filter(memory -> memory.step().equals(step)).forEach(BeginsAnew::beginAnew);
    ledger.reset(step);
  }

  private Agent agent(String step, int days) {
    var configuration = configurations.of(step);
    var effective = models.effective(step, configuration);
    boolean server = effective.provider() != Provider.NONE && agents.asksAModel(step);
    var status = !server ? Status.RULES : configuration.enabled() ? Status.MODEL : Status.OFF;
    var worker = workers.of(step);
    var input = new LinkedHashMap<String, String>();
    worker.ifPresent(found -> found.fields().forEach(field -> input.put(field.getName(), StrictJson.word(field.getType()))));
    return new Agent(
        step, inWords(step), status, agents.asksAModel(step), server ? effective.provider().word() : null, server ? effective.name() : null,
        server ? effective.temperature() : null, server ? effective.timeout().toSeconds() : null,
        prompts.of(step, effective.prompt()).version(), effective.prompt(), prompts.variants(step),
        worker.filter(found -> found.input() != null).isPresent(), input,
        models.breaker(step).filter(any -> server).map(breaker -> breaker.getState().name()).orElse(null),
        models.gate(step).filter(any -> server).map(gate -> new Queue(gate.inside(), gate.waiting(), limits.concurrency())).orElse(null),
        view(ledger.of(step, Math.clamp(days, 1, LONGEST)), Math.clamp(days, 1, LONGEST)));
  }

  private View view(Figures figures, int days) {
    var histogram = figures.histogram();
    var latency = IntStream.range(0, histogram.size())
        .mapToObj(i -> new Bucket(
            i < Figures.BUCKETS.size() ? (Double) (Figures.BUCKETS.get(i).toMillis() / 1000.0) : null,
            histogram.get(i)))
        .toList();
    return new View(
        days, figures.calls(), figures.byModel(), figures.byRules(), figures.tokensIn(), figures.tokensCached(),
        figures.tokensOut(), figures.micros() / 1e6, limits.currency(), latency, figures.errors());
  }

  /** assess-lead is "Assess lead" for people. */
  static String inWords(String step) {
    return new ElementId(step).inWords();
  }
}
