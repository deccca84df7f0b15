package dev.leadline.agent;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Where thinking steps get their model, and what happens when it fails them.
 *
 * <p>A model failure is never an incident: the step answers by its rules and says so.
 */
@Component
public class Agents {

  private static final Logger log = LoggerFactory.getLogger(Agents.class);

  private final Function<String, Optional<Models.Model>> configured;
  private final Map<String, Optional<Models.Model>> models = new ConcurrentHashMap<>();
  private final AgentRuns runs;
  private final MeterRegistry meters;
  private final Clock clock;

  @Autowired
  Agents(Models models, AgentRuns runs, MeterRegistry meters, Clock clock) {
    this(models::of, runs, meters, clock);
  }

  Agents(
      Function<String, Optional<Models.Model>> configured, AgentRuns runs, MeterRegistry meters, Clock clock) {
    this.configured = configured;
    this.runs = runs;
    this.meters = meters;
    this.clock = clock;
  }

  /** Turns an annotated interface into questions to the step's model. A step without a name for one fails here. */
  public <T> T create(String step, Class<T> service) {
    return AiServices.create(service, chat(step));
  }

  /** The step's model itself, for questions that offer tools; asked within {@link #ask} like any other. */
  public ChatModel chat(String step) {
    return modelOf(step).map(Models.Model::chat).orElse(new NoModel());
  }

  /**
   * Asks the step's model; answers by rules if there is none, it cannot be reached or makes no sense.
   *
   * @param step job type
   */
  public <T> Answer<T> ask(String step, String leadId, long jobKey, Supplier<T> question, Supplier<T> rules) {
    return modelOf(step)
        .map(model -> ask(step, leadId, jobKey, model, question, rules))
        .orElseGet(() -> Answer.byRules(rules.get()));
  }

  private <T> Answer<T> ask(
      String step, String leadId, long jobKey, Models.Model model, Supplier<T> question, Supplier<T> rules) {
    long started = System.nanoTime();
    Call call = Call.start();
    RuntimeException failure = null;
    T value = null;
    try {
      value = question.get();
      if (value == null) failure = new IllegalArgumentException("no answer");
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      Call.end();
    }
    String error = failure == null ? null : failure.getClass().getSimpleName();
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    remember(new AgentRun(
        UUID.randomUUID().toString(), step, leadId, jobKey, model.provider(), model.name(),
        failure == null ? Answer.Source.MODEL : Answer.Source.RULES,
        call.tokensIn(), call.tokensOut(), took.toMillis(), call.tries(), error, clock.instant()), took);
    if (failure == null) return Answer.byModel(value, model.name());
    // Only the class: the message carries what the model said, and with it what the lead wrote.
    log.warn("{} answers by rules: {}", step, error);
    return Answer.byRules(rules.get(), ModelFailure.inWords(failure, model.timeout()));
  }

  private void remember(AgentRun run, Duration took) {
    Timer.builder("leadline.agent")
        .description("Questions to models, by who answered in the end")
        .tags("step", run.step(), "model", run.model(), "source", run.source().name(),
            "error", run.error() == null ? "none" : run.error())
        .register(meters)
        .record(took);
    meters.counter("leadline.agent.tokens", "step", run.step(), "kind", "in").increment(run.tokensIn());
    meters.counter("leadline.agent.tokens", "step", run.step(), "kind", "out").increment(run.tokensOut());
    runs.save(run);
  }

  private Optional<Models.Model> modelOf(String step) {
    return models.computeIfAbsent(step, configured);
  }

  /** Stands where no model is configured; it is never asked. */
  private static final class NoModel implements ChatModel {
    @Override
    public ChatResponse doChat(ChatRequest request) {
      throw new LangChain4jException("no model configured");
    }
  }
}
