package dev.leadline.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.model.Call;
import dev.leadline.privacy.Redaction;
import dev.leadline.trace.LeadSpan;
import dev.leadline.trace.LeadTraces;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import io.camunda.client.exception.BpmnError;
import jakarta.validation.Validator;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Agents asked directly, without a job: with the same input, the same effects and the same limits. */
@Component
class Invocations {

  private static final long MOST = 1L << 53; // what JSON's readers keep exact

  private final Workers workers;
  private final Validator validator;
  private final AgentRuns runs;
  private final LeadTraces traces;
  private final StrictJson strict;

  Invocations(Workers workers, Validator validator, AgentRuns runs, LeadTraces traces, StrictJson strict) {
    this.workers = workers;
    this.validator = validator;
    this.runs = runs;
    this.traces = traces;
    this.strict = strict;
  }

  /**
   * What an agent answered.
   *
   * @param jobKey negative, for there was no job; its runs and its line on the timeline carry it
   * @param result what the step gives to a process
   * @param runs questions to the model on the way, without their texts; none when rules answered alone
   */
  record Answered(String step, long jobKey, Object result, List<RunView> runs) {}

  /** An invocation whose input is known to be good. */
  final class Invocation {
    private final Workers.Worker worker;
    private final Object input;
    private final String leadId;

    private Invocation(Workers.Worker worker, Object input, String leadId) {
      this.worker = worker;
      this.input = input;
      this.leadId = leadId;
    }

    Answered run(Call.Watcher watcher) {
      long jobKey = -ThreadLocalRandom.current().nextLong(1, MOST);
      LeadSpan directly = leadId == null ? LeadSpan.NONE : traces.begin(leadId, "ask " + worker.step());
      Object result = directly.around(span -> Call.watched(watcher, () -> call(jobKey)));
      var asked = leadId == null
          ? List.<AgentRun>of()
          : runs.findByLeadIdAndStepAndJobKeyOrderByAt(leadId, worker.step(), jobKey);
      return new Answered(worker.step(), jobKey, result, asked.stream().map(RunView::of).toList());
    }

    private Object call(long jobKey) {
      try {
        return worker.call(workers.bean(worker), input, jobKey);
      } catch (InvocationTargetException e) {
        throw inWords(e.getCause());
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  Invocation prepare(String step, JsonNode given) {
    var worker = workers.of(step).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no agent " + step));
    if (worker.input() == null)
      throw problem("%s works inside a process only: it needs its job".formatted(step));
    Object input = strict.read(given, worker.input());
    String leadId = given.path("leadId").textValue();
    if (worker.fields().stream().anyMatch(field -> field.getName().equals("leadId")) && (leadId == null || leadId.isBlank()))
      throw new InvalidInput("leadId", "is required");
    var violations = validator.validate(input);
    if (!violations.isEmpty())
      throw new InvalidInput(HttpStatus.BAD_REQUEST, violations.stream()
          .map(violation -> new InvalidInput.Field(violation.getPropertyPath().toString(), violation.getMessage()))
          .toList());
    return new Invocation(worker, input, leadId);
  }

  /** What the worker says about its input is the client's to know; anything else is ours. */
  private static RuntimeException inWords(Throwable failure) {
    return switch (failure) {
      case BpmnError error -> problem(error.getErrorCode() + ": " + error.getErrorMessage());
      case IllegalStateException e -> problem(e.getMessage());
      case IllegalArgumentException e -> problem(e.getMessage());
      case NoSuchElementException e -> problem(e.getMessage());
      case RuntimeException other -> other;
      default -> new IllegalStateException(failure);
    };
  }

  private static Refused problem(String words) {
    var status = HttpStatus.UNPROCESSABLE_ENTITY;
    return new Refused(status, Redaction.of(words));
  }
}
