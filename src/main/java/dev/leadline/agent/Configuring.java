package dev.leadline.agent;

import dev.leadline.model.AgentConfiguration;
import dev.leadline.model.AgentConfigurations;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.ModelSettings;
import dev.leadline.model.Models;
import dev.leadline.model.Prompts;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;

/** How agents are configured at run time: what is allowed, and that nobody overwrites what they have not seen. */
@Component
class Configuring {

  private final Agents agents;
  private final AgentConfigurations configurations;
  private final Models models;
  private final ModelLimits limits;
  private final Prompts prompts;
  private final Clock clock;

  Configuring(
      Agents agents, AgentConfigurations configurations, Models models, ModelLimits limits, Prompts prompts,
      Clock clock) {
    this.agents = agents;
    this.configurations = configurations;
    this.models = models;
    this.limits = limits;
    this.prompts = prompts;
    this.clock = clock;
  }

  /**
   * How somebody wants an agent; null is as the files and the environment say.
   *
   * @param enabled false: only rules answer; null is true
   * @param model in the spelling of the step's provider, which only the environment changes: it goes with the key
   * @param temperature 0 to 2
   * @param timeoutSeconds for one try, 1 to 50
   * @param maxTokens of an answer, 16 to 100,000
   * @param tokensPerDay after which the agent answers by rules until midnight
   * @param prompt variant of the prompt files
   */
  record Wanted(
      Boolean enabled, String model, Double temperature, Integer timeoutSeconds, Integer maxTokens, Long tokensPerDay,
      String prompt) {

    Wanted {
      enabled = enabled == null || enabled;
      model = model == null || model.isBlank() ? null : model.strip();
      prompt = prompt == null || prompt.isBlank() ? null : prompt.strip();
    }

    static Wanted of(AgentConfiguration now) {
      return new Wanted(
          now.enabled(), now.model(), now.temperature(), now.timeoutSeconds(), now.maxTokens(), now.tokensPerDay(),
          now.prompt());
    }
  }

  AgentConfiguration now(String step) {
    return configurations.of(step);
  }

  /** All versions, the newest first. */
  List<AgentConfiguration> versions(String step) {
    return configurations.findByStepOrderByVersionDesc(step);
  }

  /**
   * Stores the next version.
   *
   * @param seen the version that was changed
   * @throws InvalidInput with every field that cannot be
   * @throws ErrorResponseException 409 when the step asks no model, 412 when there is a newer version
   */
  AgentConfiguration change(String step, Wanted wanted, long seen, String by) {
    if (!agents.asksAModel(step))
      throw new Refused(HttpStatus.CONFLICT, step + " asks no model, so there is nothing to configure");
    var wrong = problems(step, wanted);
    if (!wrong.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, wrong);
    var now = configurations.of(step);
    if (now.version() != seen) throw outdated(seen, now.version());
    var next = new AgentConfiguration(
        null, step, 0, wanted.enabled(), wanted.model(), wanted.temperature(), wanted.timeoutSeconds(),
        wanted.maxTokens(), wanted.tokensPerDay(), wanted.prompt(), null, null)
        .next(seen + 1, by, clock.instant());
    try {
      return configurations.insert(next);
    } catch (DuplicateKeyException faster) {
      throw outdated(seen, seen + 1);
    }
  }

  private List<InvalidInput.Field> problems(String step, Wanted wanted) {
    var wrong = new ArrayList<InvalidInput.Field>();
    within(wrong, "temperature", wanted.temperature(), 0, 2);
    within(wrong, "timeoutSeconds", wanted.timeoutSeconds(), 1, (int) ModelSettings.LONGEST.toSeconds());
    within(wrong, "maxTokens", wanted.maxTokens(), 16, 100_000);
    if (wanted.tokensPerDay() != null && wanted.tokensPerDay() < 1)
      wrong.add(new InvalidInput.Field("tokensPerDay", "must be at least 1"));
    if (wanted.model() != null && wanted.model().length() > 200)
      wrong.add(new InvalidInput.Field("model", "must have at most 200 characters"));
    else if (wanted.model() != null) price(wrong, step, wanted.model());
    if (wanted.prompt() != null && !prompts.variants(step).contains(wanted.prompt()))
      wrong.add(new InvalidInput.Field("prompt", "must be one of " + prompts.variants(step)));
    return wrong;
  }

  private void price(List<InvalidInput.Field> wrong, String step, String model) {
    if (models.gate(step).isEmpty()) return;
    try {
      limits.mustKnowThePriceOf(model);
    } catch (IllegalArgumentException e) {
      wrong.add(new InvalidInput.Field("model", "has no known price: " + e.getMessage()));
    }
  }

  private static void within(List<InvalidInput.Field> wrong, String field, Number value, int least, int most) {
    if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most))
      wrong.add(new InvalidInput.Field(field, "must be between %,d and %,d".formatted(least, most)));
  }

  private static Refused outdated(long seen, long now) {
    return new Refused(HttpStatus.PRECONDITION_FAILED,
        "Somebody else was faster: you changed version %d, but version %d holds".formatted(seen, now));
  }
}
