package dev.leadline.evals;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.leadline.ThinkingSteps;
import dev.leadline.agent.AgentRun;
import dev.leadline.agent.Answer;
import dev.leadline.agent.ConfiguredAgents;
import dev.leadline.evals.Figure.Slice;
import dev.leadline.evals.Figure.Value;
import dev.leadline.evals.Sheet.Certainty;
import dev.leadline.research.RecordedSites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of one evaluation: the content of the JSON file, and all that report and comparison know. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Run(Instant at, int repetitions, List<Step> steps) {

  private static final JsonMapper JSON = JsonMapper.builder()
      .addModule(new JavaTimeModule())
      .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  /**
   * One step.
   *
   * @param by "rules" or provider and name of the model
   * @param confusion how often which answer came where another was expected
   * @param calibration how often it was right, by how sure it was
   * @param millis latency of the step with everything it did, by percentile
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Step(
      String step, String by, List<Result> figures, Map<String, Map<String, Integer>> confusion,
      List<Bin> calibration, Double brier, Map<String, Double> millis, Use use) {}

  record Result(String name, Value all, Value tuned, Value heldOut, Map<String, Case> cases) {}

  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Case(double right, double of, boolean heldOut, List<String> wrong) {}

  record Bin(double confidence, int right, int of) {}

  /** What the model used; money is null where a price is missing (leadline.model.prices). */
  record Use(int calls, int fellBackToRules, long tokensIn, long tokensOut, Double money, Map<String, Double> millis) {}

  /** Lets every exam be taken as often as asked, by whatever the steps are configured to answer with. */
  static Run of(List<Exam> exams, int repetitions, ConfiguredAgents agents) {
    var steps = new ArrayList<Step>();
    try (var thinking = new ThinkingSteps(agents.agents(), RecordedSites.of(Corpus.sites()))) {
      for (Exam exam : exams) {
        var sheet = new Sheet();
        int before = agents.runs().size();
        for (int i = 0; i < repetitions; i++) exam.take(thinking, sheet);
        var calls = agents.runs().subList(before, agents.runs().size());
        steps.add(step(exam, agents.of(exam.step()), sheet, calls));
      }
    }
    return new Run(Instant.now().truncatedTo(ChronoUnit.SECONDS), repetitions, steps);
  }

  private static Step step(Exam exam, String by, Sheet sheet, List<AgentRun> calls) {
    return new Step(
        exam.step(), by, sheet.figures().stream().map(Run::result).toList(), sheet.confusion(),
        bins(sheet.certainties()), sheet.certainties().isEmpty() ? null : Statistics.brier(sheet.certainties()),
        percentiles(sheet.millis()), calls.isEmpty() ? null : use(calls));
  }

  private static Result result(Figure figure) {
    var cases = new LinkedHashMap<String, Case>();
    figure.cases().forEach((id, one) -> {
      var mean = Figure.mean(one);
      cases.put(id, new Case(mean.right(), mean.of(), one.heldOut(), one.wrong()));
    });
    return new Result(
        figure.name(), figure.value(Slice.ALL), figure.value(Slice.TUNED), figure.value(Slice.HELD_OUT), cases);
  }

  private static List<Bin> bins(List<Certainty> certainties) {
    return certainties.stream()
        .collect(Collectors.groupingBy(Certainty::confidence, TreeMap::new, Collectors.toList()))
        .entrySet().stream()
        .map(bin -> new Bin(
            bin.getKey(), (int) bin.getValue().stream().filter(Certainty::right).count(), bin.getValue().size()))
        .toList();
  }

  private static Map<String, Double> percentiles(List<Double> millis) {
    var percentiles = new LinkedHashMap<String, Double>();
    if (millis.isEmpty()) return percentiles;
    percentiles.put("p50", Statistics.percentile(millis, 0.5));
    percentiles.put("p95", Statistics.percentile(millis, 0.95));
    percentiles.put("max", Statistics.percentile(millis, 1));
    return percentiles;
  }

  private static Use use(List<AgentRun> calls) {
    long in = calls.stream().mapToLong(AgentRun::tokensIn).sum();
    long out = calls.stream().mapToLong(AgentRun::tokensOut).sum();
    return new Use(
        calls.size(), (int) calls.stream().filter(call -> call.source() == Answer.Source.RULES).count(), in, out,
        calls.stream().anyMatch(call -> call.cost() == null)
            ? null
            : calls.stream().mapToLong(AgentRun::cost).sum() / 1e6,
        percentiles(calls.stream().map(call -> (double) call.latencyMillis()).toList()));
  }

  Step step(String name) {
    return steps.stream().filter(step -> step.step().equals(name)).findFirst().orElseThrow();
  }

  void write(Path file) {
    try {
      JSON.writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Run read(Path file) {
    return read(file, Run.class);
  }

  static <T> T read(Path file, Class<T> type) {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
