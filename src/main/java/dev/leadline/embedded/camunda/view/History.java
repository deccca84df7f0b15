package dev.leadline.embedded.camunda.view;

import java.util.ArrayDeque;
import java.util.Comparator;

/** What is over, and when it is forgotten: the view takes a quarter of the heap, and nothing ended too long ago. */
final class History {
  private static final int BYTES_PER_ROW = 120;
  private static final long ROWS = Runtime.getRuntime().maxMemory() / 4 / BYTES_PER_ROW;
  private static final int DECISIONS = 10_000;
  private static final long AGE = 90L * 24 * 60 * 60 * 1000;

  private final Tables tables;
  private final ArrayDeque<Long> ended = new ArrayDeque<>();
  private final ArrayDeque<String> evaluated = new ArrayDeque<>();

  History(Tables tables) {
    this.tables = tables;
  }

  void restored() {
    tables.processInstances.rows()
        .filter(row -> row.get("endDate") != null)
        .sorted(Comparator.comparing(row -> row.key("endDate")))
        .forEach(row -> ended.add((Long) row.id()));
    tables.decisionInstances.rows()
        .filter(row -> row.key("processInstanceKey") == null || row.key("processInstanceKey") < 0)
        .sorted(Comparator.comparing(row -> row.key("evaluationDate")))
        .forEach(row -> evaluated.add((String) row.id()));
  }

  void ended(long instanceKey, long time) {
    ended.add(instanceKey);
    while (rows() > ROWS && ended.size() > 1 || isOld(ended.peekFirst(), time)) {
      forget(ended.removeFirst());
    }
  }

  private long rows() {
    return tables.ofInstances.stream().mapToLong(Table::size).sum();
  }

  private boolean isOld(Long instanceKey, long now) {
    Row row = instanceKey == null ? null : tables.processInstances.row(instanceKey);
    return row != null && row.key("endDate") < now - AGE;
  }

  private void forget(long instanceKey) {
    for (Table table : tables.ofInstances) {
      table.by("processInstanceKey", instanceKey).forEach(row -> table.remove(row.id()));
    }
    tables.processInstances.remove(instanceKey);
  }

  /** A decision that was evaluated outside of any instance. */
  void evaluated(String id) {
    evaluated.add(id);
    if (evaluated.size() > DECISIONS) {
      tables.decisionInstances.remove(evaluated.removeFirst());
    }
  }
}
