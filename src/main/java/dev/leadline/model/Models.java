package dev.leadline.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.leadline.model.ModelSettings.Provider;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The model of each step, as files, environment and pages configure it. */
@Component
public class Models {

  private final ModelSettings settings;
  private final ModelLimits limits;
  private final Function<String, AgentConfiguration> changed;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();
  private final Cache<ModelSettings, Model> built = Caffeine.newBuilder().maximumSize(200).build();
  private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(
      CircuitBreakerConfig.custom()
          .slidingWindowSize(10)
          .minimumNumberOfCalls(5)
          .failureRateThreshold(60)
          .waitDurationInOpenState(Duration.ofSeconds(30))
          .permittedNumberOfCallsInHalfOpenState(2)
          .build());

  @Autowired
  Models(ModelSettings settings, ModelLimits limits, AgentConfigurations configurations) {
    this(settings, limits, configurations::of);
  }

  public Models(ModelSettings settings, ModelLimits limits, Function<String, AgentConfiguration> changed) {
    this.settings = settings;
    this.limits = limits;
    this.changed = changed;
  }

  /**
   * A model that can be asked, and what a step has of it.
   *
   * @param streaming null when it only answers as a whole
   * @param timeout for one try
   * @param prompt variant of the step's prompts; null is the plain ones
   * @param price null when it is unknown
   * @param tokensPerDay of this step; null is no limit
   */
  public record Model(
      ChatModel chat, StreamingChatModel streaming, String provider, String name, Duration timeout, String prompt,
      ModelLimits.Price price, Gate gate, Gate.Urgency urgency, Duration longestWait, CircuitBreaker breaker,
      Long tokensPerDay) {

    Model withTokensPerDay(Long tokens) {
      return new Model(
          chat, streaming, provider, name, timeout, prompt, price, gate, urgency, longestWait, breaker, tokens);
    }
  }

  /** What the step's model can do, which is a matter of its provider; complains about half a configuration. */
  public Set<Capability> capabilities(String step) {
    ModelSettings own = settings.of(step);
    if (own.provider() != Provider.NONE) limits.mustKnowThePriceOf(own.name());
    return own.provider() == Provider.OPENAI || own.provider() == Provider.OLLAMA
        ? Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
        : Set.of();
  }

  /** Empty when the step answers by its rules alone. */
  public Optional<Model> of(String step) {
    if (settings.of(step).provider() == Provider.NONE) return Optional.empty();
    AgentConfiguration now = changed.apply(step);
    if (!now.enabled()) return Optional.empty();
    return Optional.of(built.get(settings.of(step).with(now), this::build).withTokensPerDay(now.tokensPerDay()));
  }

  /** What holds for the step when it is configured so; provider NONE means rules. */
  public ModelSettings effective(String step, AgentConfiguration configuration) {
    return settings.of(step).with(configuration);
  }

  /** Empty for a step without a provider. */
  public Optional<Gate> gate(String step) {
    ModelSettings own = settings.of(step);
    return own.provider() == Provider.NONE ? Optional.empty() : Optional.of(gate(own));
  }

  public Optional<CircuitBreaker> breaker(String step) {
    ModelSettings own = settings.of(step);
    return own.provider() == Provider.NONE ? Optional.empty() : Optional.of(breakers.circuitBreaker(server(own)));
  }

  /** Builds the step's models anew, and lets its provider be asked again. */
  public void reset(String step) {
    built.invalidateAll();
    breaker(step).ifPresent(breaker -> breaker.reset());
  }

  private Gate gate(ModelSettings own) {
    return gates.computeIfAbsent(server(own), name -> new Gate(limits.concurrency(), limits.queue().places()));
  }

  private static String server(ModelSettings own) {
    return own.provider() + " " + own.baseUrl();
  }

  private Model build(ModelSettings own) {
    CircuitBreaker breaker = breakers.circuitBreaker(server(own));
    var clients = ModelClients.of(own, new ModelHttp(own.timeout(), breaker));
    return new Model(
        clients.whole(), clients.streaming(), own.provider().word(), own.name(), own.timeout(), own.prompt(),
        limits.price(own.name()).orElse(null), gate(own), own.urgency(), limits.queue().longest(), breaker, null);
  }
}
