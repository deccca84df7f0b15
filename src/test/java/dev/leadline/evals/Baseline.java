package dev.leadline.evals;

import dev.leadline.evals.Run.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures that rules have reached, committed in evals/baseline.json; no change may lower one unnoticed.
 *
 * @param floors figures that must be reached whatever the baseline says, by "step / figure"
 * @param figures what was reached, by "step / figure"
 */
record Baseline(Map<String, Double> floors, Map<String, Reached> figures) {

  static final Path FILE = Path.of("evals/baseline.json");
  static final String ACCEPT = "./mvnw -q test-compile exec:exec@evals -Devals=accept";

  record Reached(double all, double tuned, double heldOut, List<String> wrong) {}

  static Baseline read() {
    return Run.read(FILE, Baseline.class);
  }

  static Map<String, Reached> reached(Run run) {
    var reached = new TreeMap<String, Reached>();
    run.steps().forEach(step -> step.figures().forEach(figure ->
        reached.put(step.step() + " / " + figure.name(), reached(figure))));
    return reached;
  }

  private static Reached reached(Result figure) {
    return new Reached(
        rounded(figure.all().value()), rounded(figure.tuned().value()), rounded(figure.heldOut().value()),
        figure.cases().entrySet().stream()
            .filter(one -> one.getValue().right() < one.getValue().of()).map(Map.Entry::getKey).toList());
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  /** One sentence for each figure that fell, is missing, or does not reach its floor. */
  List<String> objections(Run run) {
    var objections = new ArrayList<String>();
    var now = reached(run);
    figures.forEach((name, before) -> {
      Reached after = now.get(name);
      if (after == null) objections.add("%s is in %s but was not evaluated.".formatted(name, FILE));
      else if (after.all() < before.all()) objections.add(fell(name, before, after));
    });
    now.keySet().stream().filter(name -> !figures.containsKey(name)).forEach(name ->
        objections.add("%s is new and not yet in %s. Accept it: %s".formatted(name, FILE, ACCEPT)));
    floors.forEach((name, floor) -> {
      Reached after = now.get(name);
      if (after != null && after.all() < floor)
        objections.add(String.format(Locale.ROOT, "%s is %.4f, below its floor of %.2f.", name, after.all(), floor));
    });
    return objections;
  }

  private static String fell(String name, Reached before, Reached after) {
    var worse = new ArrayList<>(after.wrong());
    worse.removeAll(before.wrong());
    return String.format(
        Locale.ROOT, "%s fell from %.4f to %.4f; newly wrong: %s. Repair it, or accept it and say why: %s",
        name, before.all(), after.all(), worse, ACCEPT);
  }

  /** Takes the run's figures as the new baseline; floors stay. */
  void accept(Run run) {
    var text = new StringBuilder("{\n  \"floors\": {");
    var floor = new ArrayList<String>();
    floors.forEach((name, value) -> floor.add("\n    \"%s\": %s".formatted(name, value)));
    text.append(String.join(",", floor)).append("\n  },\n  \"figures\": {");
    var lines = new ArrayList<String>();
    reached(run).forEach((name, value) -> lines.add(
        "\n    \"%s\": {\"all\": %s, \"tuned\": %s, \"heldOut\": %s, \"wrong\": [%s]}".formatted(
            name, value.all(), value.tuned(), value.heldOut(),
            String.join(", ", value.wrong().stream().map("\"%s\""::formatted).toList()))));
    text.append(String.join(",", lines)).append("\n  }\n}\n");
    try {
      Files.writeString(FILE, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
