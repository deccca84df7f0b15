package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.embedded.camunda.view.Column.Kind;
import dev.leadline.embedded.camunda.view.Column.Shown;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All entities of one kind, in the order of their keys, with look-ups by the columns that lead to them. */
public final class Table {
  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Function<JsonNode, Predicate<Row>>> filters = new HashMap<>();
  private final Map<String, Map<Object, List<Row>>> indexes = new HashMap<>();
  private final TreeMap<Object, Row> rows = new TreeMap<>();
  private final Map<String, String> canonical = new HashMap<>();

  /** The first column is the entity's own key. */
  Table(String name, Kind keyKind, String key) {
    this.name = name;
    column(keyKind, Shown.ALWAYS, key);
  }

  Table keys(String... names) {
    return columns(Kind.KEY, Shown.ALWAYS, names);
  }

  Table texts(String... names) {
    return columns(Kind.TEXT, Shown.ALWAYS, names);
  }

  Table numbers(String... names) {
    return columns(Kind.INT, Shown.ALWAYS, names);
  }

  Table flags(String... names) {
    return columns(Kind.BOOL, Shown.ALWAYS, names);
  }

  Table dates(String... names) {
    return columns(Kind.DATE, Shown.ALWAYS, names);
  }

  Table json(String... names) {
    return columns(Kind.JSON, Shown.ALWAYS, names);
  }

  Table columns(Kind kind, Shown shown, String... names) {
    for (String column : names) {
      column(kind, shown, column);
    }
    return this;
  }

  private void column(Kind kind, Shown shown, String column) {
    positions.put(column, columns.size());
    columns.add(new Column(column, kind, shown));
  }

  /** Columns that never change after a row is added and by which rows are found at once. */
  Table indexed(String... names) {
    for (String column : names) {
      indexes.put(column, new HashMap<>());
    }
    return this;
  }

  /** A filter field that is no column. */
  Table filter(String field, Function<JsonNode, Predicate<Row>> filter) {
    filters.put(field, filter);
    return this;
  }

  String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  int indexOf(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("The table %s has no column %s.".formatted(name, column));
    }
    return position;
  }

  Column column(String column) {
    Integer position = positions.get(column);
    return position == null ? null : columns.get(position);
  }

  Function<JsonNode, Predicate<Row>> filter(String field) {
    return filters.get(field);
  }

  boolean isIndexed(String column) {
    return indexes.containsKey(column);
  }

  /** Short texts repeat endlessly (ids, states, types): one copy of each is enough. */
  Object canonical(Object value) {
    if (!(value instanceof String text) || text.length() > 40 || canonical.size() > 10_000) {
      return value;
    }
    String known = canonical.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  Row newRow(Object key) {
    Row row = new Row(this, new Object[columns.size()]);
    row.values[0] = key;
    return row;
  }

  Row add(Row row) {
    Row before = rows.put(row.id(), row);
    if (before != null) {
      unindex(before);
    }
    indexes.forEach((column, index) -> {
      Object value = row.get(column);
      if (value != null) {
        index.computeIfAbsent(value, any -> new ArrayList<>(4)).add(row);
      }
    });
    return row;
  }

  void remove(Object key) {
    Row row = rows.remove(key);
    if (row != null) {
      unindex(row);
    }
  }

  private void unindex(Row row) {
    indexes.forEach((column, index) -> {
      Object value = row.get(column);
      List<Row> found = value == null ? null : index.get(value);
      if (found != null && found.remove(row) && found.isEmpty()) {
        index.remove(value);
      }
    });
  }

  Row row(Object key) {
    return rows.get(key);
  }

  Collection<Row> rows() {
    return rows.values();
  }

  List<Row> by(String column, Object value) {
    return indexes.get(column).getOrDefault(value, List.of());
  }

  /** Copies of the rows that the column leads to. */
  public Stream<Row> of(String column, Object value) {
    return by(column, value).stream().map(Row::copy);
  }

  /** Copies of all rows. */
  public Stream<Row> all() {
    return rows.values().stream().map(Row::copy);
  }

  int size() {
    return rows.size();
  }
}
