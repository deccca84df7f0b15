package dev.leadline.embedded.camunda.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** One entity of the view: values in the order of its table's columns. */
public final class Row {
  private final Table table;
  final Object[] values;

  Row(Table table, Object[] values) {
    this.table = table;
    this.values = values;
  }

  public Object get(String column) {
    return values[table.indexOf(column)];
  }

  public String text(String column) {
    return (String) get(column);
  }

  public Long key(String column) {
    return (Long) get(column);
  }

  /** Sets a value; keys of -1 and empty texts count as absent. */
  Row set(String column, Object value) {
    boolean absent = value instanceof Long key && key == -1 || value instanceof String text && text.isEmpty();
    values[table.indexOf(column)] = absent ? null : table.canonical(value);
    return this;
  }

  Object id() {
    return values[0];
  }

  /** The entity as the API shows it, in a list or alone. */
  public Map<String, Object> render(boolean alone) {
    Map<String, Object> rendered = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      Column column = table.columns().get(i);
      boolean shown = column.shown() == Column.Shown.ALWAYS || alone && column.shown() == Column.Shown.ALONE;
      if (shown && values[i] != null) {
        rendered.put(column.name(), column.render(values[i]));
      }
    }
    return rendered;
  }

  Row copy() {
    return new Row(table, values.clone());
  }
}
