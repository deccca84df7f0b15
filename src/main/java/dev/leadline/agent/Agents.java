package dev.leadline.agent;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.leadline.engine.CurrentJob;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.lead.PlainText;
import dev.leadline.model.Call;
import dev.leadline.model.Fault;
import dev.leadline.model.ModelLimits;
import dev.leadline.model.Models;
import dev.leadline.model.Prompts;
import dev.leadline.model.StepModel;
import dev.leadline.model.Tokens;
import dev.leadline.privacy.Redaction;
import dev.leadline.trace.LeadSpan;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
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
  private static final int LONGEST_TEXT = 20_000;

  /** Ids of a dossier's facts, as an answer cites them. */
  private static final Pattern FACT = Pattern.compile("\"([a-z]\\d{1,4})\"");

  private final Function<String, Optional<Models.Model>> models;
  private final Function<String, StepModel> stepModels;
  private final UnaryOperator<AgentRun> runs;
  private final UnaryOperator<String> names;
  private final Ledger ledger;
  private final Prompts prompts;
  private final AgentMeters meters;
  private final ModelLimits limits;
  private final Clock clock;
  private final Set<String> steps = new ConcurrentSkipListSet<>();
  private final Set<String> byRulesOnly = new ConcurrentSkipListSet<>();

  @Autowired
  Agents(
      Models models, AgentRuns runs, Leads leads, Ledger ledger, Prompts prompts, MeterRegistry meters,
      ModelLimits limits, Clock clock) {
    this(
        models::of, step -> new StepModel(step, models.capabilities(step), prompts), runs::save,
        lead -> leads.findById(lead).map(Lead::name).orElse(null), ledger, prompts, meters, limits, clock);
  }

  /** @param names of leads by their ids, null for one that is gone: they are masked in what is kept */
  Agents(
      Function<String, Optional<Models.Model>> models, Function<String, StepModel> stepModels,
      UnaryOperator<AgentRun> runs, UnaryOperator<String> names, Ledger ledger, Prompts prompts,
      MeterRegistry meters, ModelLimits limits, Clock clock) {
    this.models = models;
    this.stepModels = stepModels;
    this.runs = runs;
    this.names = names;
    this.ledger = ledger;
    this.prompts = prompts;
    this.meters = new AgentMeters(meters);
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Turns an annotated interface into questions to the step's model, as it is configured when the question is asked.
   * A step without a name for one fails here.
   */
  public <T> T create(String step, Class<T> service) {
    StepModel model = stepModel(step);
    return AiServices.builder(service)
        .chatModel(model)
        .systemMessageTransformer((text, asked) -> model.system(text, asked, service))
        .build();
  }

  /** The step's model for those who write their messages themselves; asked within {@link #ask} only. */
  public ChatModel model(String step) {
    return stepModel(step);
  }

  /** Of a step that thinks without a model: it is listed, counted and measured like the others. */
  public RulesOnly byRules(String step) {
    steps.add(step);
    byRulesOnly.add(step);
    return new RulesOnly(step);
  }

  /** Answers of a step that asks no model. */
  public final class RulesOnly {

    private final String step;

    private RulesOnly(String step) {
      this.step = step;
    }

    public <T> T answer(Supplier<T> rules) {
      return answerByRules(step, rules, System.nanoTime());
    }
  }

  /** What such an answer of the step's model costs, in the currency of the prices; 0 while its price is unknown. */
  public BigDecimal cost(String step, TokenUsage used) {
    return models.apply(step).map(Models.Model::price)
        .map(price -> BigDecimal.valueOf(price.of(Tokens.of(used)), 6))
        .orElse(BigDecimal.ZERO);
  }

  private StepModel stepModel(String step) {
    steps.add(step);
    return stepModels.apply(step);
  }

  /** All that think. */
  Set<String> steps() {
    return Set.copyOf(steps);
  }

  /** Whether the step has a model or would like one. */
  boolean asksAModel(String step) {
    return !byRulesOnly.contains(step);
  }

  /**
   * Asks the step's model; answers by rules if there is none, it cannot be reached or makes no sense.
   *
   * @param step job type
   */
  public <T> Answer<T> ask(String step, String leadId, long jobKey, Supplier<T> question, Supplier<T> rules) {
    long started = System.nanoTime();
    Models.Model model = models.apply(step).orElse(null);
    if (model == null) return Answer.byRules(answerByRules(step, rules, started));
    T value = null;
    Fault fault = null;
    AgentRun run;
    try (LeadSpan span = AgentSpan.invokes(step, model)) {
      var call = Call.begin(model);
      try {
        ledger.allow(step, leadId, model);
        value = question.get();
        if (value == null) fault = Fault.NONSENSE;
      } catch (RuntimeException e) {
        fault = Fault.of(e);
        // Only its kind: the message carries what the model said, and with it what the lead wrote.
        if (fault.isABudget()) log.debug("{} answers by rules: {}", step, fault);
        else log.warn("{} answers by rules: {} ({})", step, fault, e.getClass().getSimpleName());
      } finally {
        Call.end();
      }
      run = run(step, leadId, jobKey, model, call, fault);
      AgentSpan.invoked(span, run);
    }
    keep(run);
    Answer<T> answer = fault == null
        ? Answer.byModel(value, model.name())
        : Answer.byRules(rules.get(), fault.inWords(model.timeout()));
    meters.answered(step, fault, since(started));
    return answer;
  }

  private <T> T answerByRules(String step, Supplier<T> rules, long started) {
    T value = rules.get();
    LeadSpan.current().with("leadline.source", Answer.Source.RULES.name());
    ledger.keepByRules(step);
    meters.answered(step, null, since(started));
    return value;
  }

  private AgentRun run(
      String step, String leadId, long jobKey, Models.Model model, Call call, Fault fault) {
    Tokens tokens = call.tokens();
    String name = names.apply(leadId);
    var job = CurrentJob.of(jobKey);
    return new AgentRun(
        UUID.randomUUID().toString(), step, leadId, jobKey,
        job.map(CurrentJob::processInstanceKey).orElse(null), job.flatMap(CurrentJob::turnOf).orElse(null),
        model.provider(), model.name(), prompts.of(step, model.prompt()).version(), model.prompt(),
        fault == null ? Answer.Source.MODEL : Answer.Source.RULES,
        tokens.in(), tokens.cached(), tokens.out(),
        model.price() == null ? null : model.price().of(tokens), limits.currency(),
        call.took().toMillis(), call.waited().toMillis(), call.tries(), fault,
        text(call.system(), name), text(call.asked(), name), text(call.answered(), name),
        FACT.matcher(call.answered()).results().map(found -> found.group(1)).distinct().toList(),
        clock.instant(), ledger.expireAt());
  }

  private void keep(AgentRun run) {
    runs.apply(run);
    ledger.keep(run);
    meters.asked(run);
  }

  private static String text(String said, String name) {
    return Redaction.of(PlainText.cut(said, LONGEST_TEXT), name);
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
