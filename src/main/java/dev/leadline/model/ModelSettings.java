package dev.leadline.model;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which model answers, for all steps and, where it differs, for one.
 *
 * @param provider null is none: every step answers by its rules and nothing is called
 * @param baseUrl null is the provider's own address; set it for any server that speaks the same protocol
 * @param apiKey comes from the environment (LEADLINE_MODEL_APIKEY) and belongs in no file
 * @param timeout for one try, at most 50 s, because the engine hands a job to another worker after two minutes
 * @param maxTokens how long an answer may become; null is the provider's own limit
 * @param prompt variant of the step's prompt files; null is the plain ones
 * @param urgency who goes first when questions queue
 * @param steps by job type; what a step leaves out is as for all
 */
@ConfigurationProperties("leadline.model")
public record ModelSettings(
    Provider provider,
    URI baseUrl,
    String name,
    String apiKey,
    Duration timeout,
    Double temperature,
    Integer maxTokens,
    String prompt,
    Gate.Urgency urgency,
    Map<String, ModelSettings> steps) {

  public static final Duration LONGEST = Duration.ofSeconds(50);

  private static final ModelSettings EMPTY =
      new ModelSettings(null, null, null, null, null, null, null, null, null, null);

  public enum Provider {
    NONE,
    OPENAI,
    ANTHROPIC,
    OLLAMA;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public ModelSettings {
    steps = steps == null ? Map.of() : Map.copyOf(steps);
    if (timeout != null && (timeout.compareTo(LONGEST) > 0 || !timeout.isPositive()))
      throw new IllegalArgumentException("leadline.model.timeout must be more than 0 and at most 50 s");
  }

  /** What holds for a step. A key, an address and a name are never inherited by another server. */
  public ModelSettings of(String step) {
    ModelSettings own = steps.entrySet().stream()
        .filter(entry -> plain(entry.getKey()).equals(plain(step)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(EMPTY);
    boolean sameServer =
        (own.provider == null || own.provider == provider) && (own.baseUrl == null || own.baseUrl.equals(baseUrl));
    return new ModelSettings(
            or(own.provider, or(provider, Provider.NONE)),
            sameServer ? or(own.baseUrl, baseUrl) : own.baseUrl,
            sameServer ? or(own.name, name) : own.name,
            sameServer ? or(own.apiKey, apiKey) : own.apiKey,
            or(own.timeout, or(timeout, Duration.ofSeconds(20))),
            or(own.temperature, or(temperature, 0.2)),
            or(own.maxTokens, maxTokens),
            or(own.prompt, prompt),
            or(own.urgency, or(urgency, Gate.Urgency.INTRO)),
            null)
        .complete(step);
  }

  /** The same server, asked as somebody configured it at run time. */
  ModelSettings with(AgentConfiguration changed) {
    return new ModelSettings(
        provider, baseUrl,
        or(changed.model(), name),
        apiKey,
        changed.timeoutSeconds() == null ? timeout : Duration.ofSeconds(changed.timeoutSeconds()),
        or(changed.temperature(), temperature),
        or(changed.maxTokens(), maxTokens),
        or(changed.prompt(), prompt),
        urgency, null);
  }

  private ModelSettings complete(String step) {
    if (provider == Provider.NONE) return this;
    String who = "leadline.model.provider is %s for %s, but ".formatted(provider.word(), step);
    if (name == null || name.isBlank())
      throw new IllegalArgumentException(who + "leadline.model.name does not say which model");
    if (provider == Provider.ANTHROPIC && (apiKey == null || apiKey.isBlank()))
      throw new IllegalArgumentException(who + "there is no key; set LEADLINE_MODEL_APIKEY");
    return this;
  }

  /** Environment variables cannot carry the dashes of a job type, nor the dots of a model. */
  static String plain(String name) {
    return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
  }

  private static <T> T or(T own, T common) {
    return own != null ? own : common;
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "ModelSettings[%s, %s, %s, %s]".formatted(provider, baseUrl, name, timeout);
  }
}
