package dev.leadline.agent;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The model of each step, as configured. */
@Component
class Models {

  private final ModelSettings settings;
  private final CircuitBreakerRegistry breakers = CircuitBreakerRegistry.of(
      CircuitBreakerConfig.custom()
          .slidingWindowSize(10)
          .minimumNumberOfCalls(5)
          .failureRateThreshold(60)
          .waitDurationInOpenState(Duration.ofSeconds(30))
          .permittedNumberOfCallsInHalfOpenState(2)
          .build());

  Models(ModelSettings settings) {
    this.settings = settings;
  }

  /** Empty when the step answers by its rules alone. */
  Optional<Model> of(String step) {
    ModelSettings own = settings.of(step);
    return own.provider() == ModelSettings.Provider.NONE
        ? Optional.empty()
        : Optional.of(new Model(chat(own), own.provider().name().toLowerCase(Locale.ROOT), own.name(), own.timeout()));
  }

  private ChatModel chat(ModelSettings own) {
    String url = own.baseUrl() == null ? null : own.baseUrl().toString();
    var http = new ModelHttp(own.timeout(), breakers.circuitBreaker(own.provider() + " " + url));
    var listeners = List.of(Call.tokens());
    return switch (own.provider()) {
      case NONE -> throw new IllegalStateException("no model");
      case OPENAI -> OpenAiChatModel.builder()
          .httpClientBuilder(http)
          .baseUrl(url)
          .apiKey(own.apiKey() == null ? "none" : own.apiKey())
          .modelName(own.name())
          .temperature(own.temperature())
          .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
          .strictJsonSchema(true)
          .maxRetries(0)
          .listeners(listeners)
          .build();
      case ANTHROPIC -> AnthropicChatModel.builder()
          .httpClientBuilder(http)
          .baseUrl(url)
          .apiKey(own.apiKey())
          .modelName(own.name())
          .temperature(own.temperature())
          .maxTokens(2000)
          .maxRetries(0)
          .listeners(listeners)
          .build();
      case OLLAMA -> OllamaChatModel.builder()
          .httpClientBuilder(http)
          .baseUrl(url == null ? "http://localhost:11434" : url)
          .modelName(own.name())
          .temperature(own.temperature())
          .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
          .maxRetries(0)
          .listeners(listeners)
          .build();
    };
  }

  /** A model that can be asked, and the time it has for one try. */
  record Model(ChatModel chat, String provider, String name, Duration timeout) {}
}
