package dev.leadline.evals;

import dev.leadline.agent.ConfiguredAgents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Evaluates thinking steps: {@code run [steps] [--repetitions n] [--out directory]}, {@code compare
 * before.json after.json}, {@code accept}. See docs/evaluate.md.
 */
public final class Evals {

  private static final int REPETITIONS = 4;

  private Evals() {}

  public static void main(String[] arguments) throws IOException {
    var words = new ArrayList<>(List.of(arguments));
    String what = words.isEmpty() ? "run" : words.removeFirst();
    switch (what) {
      case "run" -> run(words);
      case "compare" -> {
        if (words.size() != 2) throw usage();
        Comparison.of(Run.read(Path.of(words.get(0))), Run.read(Path.of(words.get(1)))).differences()
            .forEach(System.out::println);
      }
      case "accept" -> accept();
      default -> throw usage();
    }
    System.exit(0);
  }

  private static void run(List<String> words) throws IOException {
    int repetitions = Integer.parseInt(option(words, "--repetitions", Integer.toString(REPETITIONS)));
    Path directory = Path.of(option(words, "--out", "target/evals"));
    var agents = new ConfiguredAgents();
    Run run = Run.of(exams(words), repetitions, agents);
    Files.createDirectories(directory);
    String name = run.at().toString().replaceAll("[^0-9]", "") + "-"
        + run.steps().stream().map(Run.Step::by).distinct().collect(Collectors.joining("-")).replaceAll("[^\\w.-]+", "-");
    run.write(directory.resolve(name + ".json"));
    Files.writeString(directory.resolve(name + ".html"), new Report(run).html());
    print(run);
    System.out.printf("%nReport: %s%nResult: %s%n", directory.resolve(name + ".html"), directory.resolve(name + ".json"));
  }

  private static void accept() throws IOException {
    Run run = byRules();
    var objections = Baseline.read().objections(run);
    objections.forEach(System.out::println);
    Baseline.read().accept(run);
    System.out.printf("%s has the figures of now. Say in the commit why one fell.%n", Baseline.FILE);
  }

  /** All exams, once, by rules: nothing in it is left to chance. */
  static Run byRules() {
    return Run.of(exams(List.of()), 1, ConfiguredAgents.none());
  }

  /** Those named, or all; found by themselves. */
  static List<Exam> exams(List<String> steps) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AssignableTypeFilter(Exam.class));
    List<Exam> all = scanner.findCandidateComponents(Exam.class.getPackageName()).stream()
        .map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
        .map(Evals::created)
        .sorted(Comparator.comparing(Exam::step))
        .toList();
    var known = all.stream().map(Exam::step).toList();
    steps.stream().filter(step -> !known.contains(step)).findFirst().ifPresent(step -> {
      throw new IllegalArgumentException("No exam for %s; there are %s".formatted(step, known));
    });
    return all.stream().filter(exam -> steps.isEmpty() || steps.contains(exam.step())).toList();
  }

  private static Exam created(Class<?> type) {
    try {
      var constructor = type.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (Exam) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " needs a constructor without parameters", e);
    }
  }

  private static void print(Run run) {
    for (var step : run.steps()) {
      System.out.printf("%n%s, by %s, %d times%n", step.step(), step.by(), run.repetitions());
      System.out.printf(
          "  %-28s %6s  %-15s %7s %7s %8s %6s%n", "", "all", "95 %", "tuned", "held out", "pass^" + run.repetitions(), "cases");
      for (var figure : step.figures())
        System.out.printf(
            Locale.ROOT, "  %-28s %6.3f  %.3f – %.3f   %7.3f %7.3f  %7.3f %6d%n", figure.name(), figure.all().value(),
            figure.all().low(), figure.all().high(), figure.tuned().value(), figure.heldOut().value(),
            figure.all().alwaysRight(), figure.all().cases());
      if (!step.confusion().isEmpty()) confusion(step.confusion());
      if (step.brier() != null) {
        System.out.printf(Locale.ROOT, "  calibration: Brier %.3f; right, by how much was known:", step.brier());
        step.calibration().forEach(bin ->
            System.out.printf(Locale.ROOT, " %.0f %%: %d of %d;", 100 * bin.confidence(), bin.right(), bin.of()));
        System.out.println();
      }
      if (!step.millis().isEmpty()) System.out.println("  milliseconds " + rounded(step.millis()));
      if (step.use() != null)
        System.out.printf(
            Locale.ROOT, "  model: %d calls, %d answered by rules instead, %d tokens in, %d out%s, milliseconds %s%n",
            step.use().calls(), step.use().fellBackToRules(), step.use().tokensIn(), step.use().tokensOut(),
            step.use().money() == null ? "" : String.format(Locale.ROOT, ", cost %.4f", step.use().money()),
            rounded(step.use().millis()));
    }
  }

  /** What was expected by row, what came by column, with recall and precision. */
  private static void confusion(Map<String, Map<String, Integer>> confusion) {
    var words = Stream.concat(confusion.keySet().stream(), confusion.values().stream().flatMap(got -> got.keySet().stream()))
        .distinct().sorted().toList();
    System.out.printf("  %-22s %s%n", "confused", words.stream().map("%5.4s"::formatted).collect(Collectors.joining()));
    for (String word : words) {
      var got = confusion.getOrDefault(word, Map.of());
      int hits = got.getOrDefault(word, 0);
      int of = got.values().stream().mapToInt(Integer::intValue).sum();
      int taken = confusion.values().stream().mapToInt(row -> row.getOrDefault(word, 0)).sum();
      System.out.printf(
          Locale.ROOT, "  %-22s %s   recall %.3f, precision %.3f%n", word,
          words.stream().map(other -> "%5s".formatted(got.containsKey(other) ? got.get(other) : "·"))
              .collect(Collectors.joining()),
          (double) hits / of, (double) hits / taken);
    }
  }

  private static String rounded(Map<String, Double> millis) {
    return millis.entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.1f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String option(List<String> words, String name, String otherwise) {
    int at = words.indexOf(name);
    if (at < 0) return otherwise;
    if (at + 1 >= words.size()) throw usage();
    words.remove(at);
    return words.remove(at);
  }

  private static IllegalArgumentException usage() {
    return new IllegalArgumentException(
        "run [step …] [--repetitions 4] [--out directory] | "
            + "compare before.json after.json | accept");
  }
}
