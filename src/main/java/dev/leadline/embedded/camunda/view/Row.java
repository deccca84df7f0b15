package dev.leadline.embedded.camunda.view;

/** One entity inside the view: a place in its table, valid only while nothing changes. */
final class Row {
  private final Table table;
  private final int slot;

  Row(Table table, int slot) {
    this.table = table;
    this.slot = slot;
  }

  int slot() {
    return slot;
  }

  Object get(String column) {
    return table.values(column).get(slot);
  }

  String text(String column) {
    return (String) get(column);
  }

  Long key(String column) {
    return (Long) get(column);
  }

  /** Sets a value; keys of -1 and empty texts count as absent. */
  Row set(String column, Object value) {
    boolean absent = value instanceof Long key && key == -1 || value instanceof String text && text.isEmpty();
    table.values(column).set(slot, absent ? null : value);
    return this;
  }

  /** Sets a key that is shown as -1 where there is none, as a cluster does for decisions outside any process. */
  Row setKey(String column, long key) {
    table.values(column).set(slot, key);
    return this;
  }

  Object id() {
    return table.id(slot);
  }
}
