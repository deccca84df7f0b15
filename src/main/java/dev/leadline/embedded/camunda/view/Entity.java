package dev.leadline.embedded.camunda.view;

import java.util.LinkedHashMap;
import java.util.Map;

/** One entity as it was when it was asked for. */
public final class Entity {
  private final Table table;
  private final Object[] values;

  Entity(Table table, Object[] values) {
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
}
