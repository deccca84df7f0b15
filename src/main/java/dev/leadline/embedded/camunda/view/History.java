package dev.leadline.embedded.camunda.view;

import java.util.ArrayDeque;
import java.util.Comparator;

/** What is over, and when it is forgotten: as {@link Retention} says, or when the view takes half of the heap. */
final class History {
  private static final int BYTES_PER_ROW = 120;
  private static final long ROWS = Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_ROW;
  private static final int DECISIONS = 10_000;

  private final Tables tables;
  private final Retention retention;
  private final ArrayDeque<Long> ended = new ArrayDeque<>();
  private final ArrayDeque<String> evaluated = new ArrayDeque<>();

  History(Tables tables, Retention retention) {
    this.tables = tables;
    this.retention = retention;
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
    forgetUntil(time);
  }

  /** Forgets what is over its time or number at this time, in milliseconds. */
  void forgetUntil(long now) {
    while (ended.size() > retention.keep() || rows() > ROWS && ended.size() > 1 || isOld(ended.peekFirst(), now)) {
      forget(ended.removeFirst());
    }
  }

  private long rows() {
    return tables.ofInstances.stream().mapToLong(Table::size).sum();
  }

  private boolean isOld(Long instanceKey, long now) {
    Row row = instanceKey == null ? null : tables.processInstances.row(instanceKey);
    return row != null && row.key("endDate") < now - retention.keepFor().toMillis();
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
