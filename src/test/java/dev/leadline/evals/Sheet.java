package dev.leadline.evals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The marks of one step: what was right, how sure the step was, how long it took. */
final class Sheet {

  private final Map<String, Map<String, Case>> figures = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> confusion = new TreeMap<>();
  private final List<Certainty> certainties = new ArrayList<>();
  private final List<Double> millis = new ArrayList<>();

  /**
   * One case of one figure, with a mark for each repetition.
   *
   * @param wrong what was expected and what came, for the report; empty when all was right
   */
  record Case(boolean heldOut, List<Mark> marks, List<String> wrong) {
    boolean allRight() {
      return marks.stream().allMatch(mark -> mark.right() >= mark.of());
    }
  }

  /** So much right of so much; a plain yes or no is 1 or 0 of 1. */
  record Mark(double right, double of) {}

  /** @param confidence 0 to 1, of an answer that was right or not */
  record Certainty(double confidence, boolean right) {}

  void mark(String figure, String id, boolean heldOut, boolean right, String wrong) {
    mark(figure, id, heldOut, right ? 1 : 0, 1, wrong);
  }

  /** Marks with nothing to be right about (0 of 0) do not count. */
  void mark(String figure, String id, boolean heldOut, double right, double of, String wrong) {
    if (of == 0) return;
    Case known = figures.computeIfAbsent(figure, name -> new LinkedHashMap<>())
        .computeIfAbsent(id, name -> new Case(heldOut, new ArrayList<>(), new ArrayList<>()));
    known.marks().add(new Mark(right, of));
    if (right < of && !known.wrong().contains(wrong)) known.wrong().add(wrong);
  }

  void confused(String expected, String got) {
    confusion.computeIfAbsent(expected, name -> new TreeMap<>()).merge(got, 1, Integer::sum);
  }

  void sure(double confidence, boolean right) {
    certainties.add(new Certainty(confidence, right));
  }

  /** Lets the step answer, and remembers how long it took. */
  <T> T timed(Supplier<T> answer) {
    long started = System.nanoTime();
    T value = answer.get();
    millis.add((System.nanoTime() - started) / 1e6);
    return value;
  }

  List<Figure> figures() {
    return figures.entrySet().stream().map(entry -> new Figure(entry.getKey(), entry.getValue())).toList();
  }

  Map<String, Map<String, Integer>> confusion() {
    return confusion;
  }

  List<Certainty> certainties() {
    return certainties;
  }

  List<Double> millis() {
    return millis;
  }
}
