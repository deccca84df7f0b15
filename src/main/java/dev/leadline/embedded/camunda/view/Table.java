package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.embedded.camunda.view.Column.Kind;
import dev.leadline.embedded.camunda.view.Column.Shown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.collections.IntArrayList;

/**
 * All entities of one kind in the order of their keys, kept column by column: a row is a slot in every column. So a
 * million rows take about a hundred bytes each, and a condition is tested on all of them within milliseconds.
 */
public final class Table {
  private static final int WORTH_TIDYING = 1024;

  private final String name;
  private final List<Column> columns = new ArrayList<>();
  private final List<Values<?>> values = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final List<String> sortable = new ArrayList<>();
  private final Map<String, Index> indexes = new HashMap<>();
  private final Map<Object, Integer> named = new HashMap<>();
  private final BitSet removed = new BitSet();
  private final IntArrayList free = new IntArrayList();
  private int[] order = new int[16];
  private int used;
  private int dead;
  private int slots;

  /**
   * One property of a filter.
   *
   * @param column what it is compared with, or null if {@code special} tests the rows
   * @param operators whether it takes operators, or a plain value only
   */
  record Field(Column column, boolean operators, Function<JsonNode, IntPredicate> special) {}

  /** The first column is the entity's own key. */
  Table(String name, Kind keyKind, String key) {
    this(name, keyKind, Shown.ALWAYS, key);
  }

  Table(String name, Kind keyKind, Shown shown, String key) {
    this.name = name;
    columns(keyKind, shown, key);
  }

  Table keys(String... names) {
    return columns(Kind.KEY, Shown.ALWAYS, names);
  }

  Table texts(String... names) {
    return columns(Kind.TEXT, Shown.ALWAYS, names);
  }

  Table prose(String... names) {
    return columns(Kind.PROSE, Shown.ALWAYS, names);
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
      add(new Column(column, kind, shown));
    }
    return this;
  }

  /** A text that is one of a few values. */
  Table options(String column, String... options) {
    add(new Column(column, Kind.TEXT, Shown.ALWAYS, List.of(options)));
    return this;
  }

  private void add(Column column) {
    positions.put(column.name(), columns.size());
    columns.add(column);
    values.add(column.newValues());
  }

  /** Key columns that never change after a row is added and by which rows are found at once. */
  Table indexed(String... names) {
    for (String column : names) {
      indexes.put(column, new Index(longs(column)));
    }
    return this;
  }

  /** Columns that a filter compares with a value or by operators. */
  Table operators(String... names) {
    for (String column : names) {
      fields.put(column, new Field(columns.get(indexOf(column)), true, null));
    }
    return this;
  }

  /** Columns that a filter compares with a plain value only. */
  Table plain(String... names) {
    for (String column : names) {
      fields.put(column, new Field(columns.get(indexOf(column)), false, null));
    }
    return this;
  }

  /** A property of the filter that is no column. */
  Table special(String field, Function<JsonNode, IntPredicate> test) {
    fields.put(field, new Field(null, true, test));
    return this;
  }

  Table sortedBy(String... names) {
    sortable.addAll(List.of(names));
    return this;
  }

  public String name() {
    return name;
  }

  List<Column> columns() {
    return columns;
  }

  Map<String, Field> fields() {
    return fields;
  }

  List<String> sortable() {
    return sortable;
  }

  int indexOf(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("The table %s has no column %s.".formatted(name, column));
    }
    return position;
  }

  boolean has(String column) {
    return positions.containsKey(column);
  }

  Values<?> values(String column) {
    return values.get(indexOf(column));
  }

  Values.Longs longs(String column) {
    return (Values.Longs) values(column);
  }

  Index index(String column) {
    return indexes.get(column);
  }

  Object id(int slot) {
    return values.getFirst().get(slot);
  }

  /** Whether rows stand in the order of their keys; otherwise they stand as they came. */
  boolean isOrdered() {
    return values.getFirst() instanceof Values.Longs;
  }

  IntPredicate test(String column, Predicate<Object> wanted) {
    return values(column).test(wanted);
  }

  /** A row that is not yet found by anybody. */
  Row newRow(Object key) {
    int slot = free.isEmpty() ? slots++ : free.removeAt(free.size() - 1);
    values.getFirst().set(slot, key);
    return new Row(this, slot);
  }

  Row add(Row row) {
    int slot = row.slot();
    Object id = row.id();
    int before = place(id);
    if (before >= 0 && id(order[before]).equals(id)) {
      replace(before, slot);
    } else {
      insert(before < 0 ? used : before, slot);
    }
    if (!isOrdered()) {
      named.put(id, slot);
    }
    indexes.values().forEach(index -> index.add(slot));
    return row;
  }

  /** Where in the order the key stands or belongs, or -1 for the end. */
  private int place(Object id) {
    if (!isOrdered()) {
      Integer slot = named.get(id);
      return slot == null ? -1 : IntStream.range(0, used).filter(i -> order[i] == slot).findFirst().orElse(-1);
    }
    long key = (Long) id;
    Values.Longs keys = (Values.Longs) values.getFirst();
    if (used == 0 || keys.at(order[used - 1]) < key) {
      return -1;
    }
    int low = 0;
    int high = used - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys.at(order[middle]) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void replace(int place, int slot) {
    int old = order[place];
    if (removed.get(old)) {
      removed.clear(old);
      dead--;
    } else {
      indexes.values().forEach(index -> index.remove(old));
      clear(old);
    }
    order[place] = slot;
    values.getFirst().set(old, null);
    free.addInt(old);
  }

  private void insert(int place, int slot) {
    if (used == order.length) {
      order = Arrays.copyOf(order, used + (used >> 1));
    }
    System.arraycopy(order, place, order, place + 1, used - place);
    order[place] = slot;
    used++;
  }

  void remove(Object key) {
    int slot = slot(key);
    if (slot < 0) {
      return;
    }
    indexes.values().forEach(index -> index.remove(slot));
    named.remove(key);
    clear(slot);
    removed.set(slot);
    dead++;
    if (dead > WORTH_TIDYING && dead > used / 4) {
      tidy();
    }
  }

  private void clear(int slot) {
    for (int i = 1; i < values.size(); i++) {
      values.get(i).set(slot, null);
    }
  }

  private void tidy() {
    int kept = 0;
    for (int i = 0; i < used; i++) {
      int slot = order[i];
      if (removed.get(slot)) {
        values.getFirst().set(slot, null);
        free.addInt(slot);
      } else {
        order[kept++] = slot;
      }
    }
    used = kept;
    removed.clear();
    dead = 0;
  }

  /** The slot of the key, or -1. */
  int slot(Object key) {
    if (!isOrdered()) {
      return named.getOrDefault(key, -1);
    }
    int place = place(key);
    return place < 0 || !id(order[place]).equals(key) || removed.get(order[place]) ? -1 : order[place];
  }

  Row row(Object key) {
    int slot = slot(key);
    return slot < 0 ? null : new Row(this, slot);
  }

  /** All rows, in their order. */
  Stream<Row> rows() {
    return Arrays.stream(slots()).mapToObj(slot -> new Row(this, slot));
  }

  List<Row> by(String column, Long key) {
    return Arrays.stream(indexes.get(column).slots(key)).mapToObj(slot -> new Row(this, slot)).toList();
  }

  Entity copy(int slot) {
    Object[] copied = new Object[values.size()];
    for (int i = 0; i < copied.length; i++) {
      copied[i] = values.get(i).get(slot);
    }
    return new Entity(this, copied);
  }

  /** Copies of all rows. */
  public Stream<Entity> all() {
    return Arrays.stream(slots()).mapToObj(this::copy);
  }

  int size() {
    return used - dead;
  }

  /** Calls the visitor with every slot, in their order or from the last to the first. */
  void visit(boolean backwards, IntConsumer visitor) {
    for (int i = 0; i < used; i++) {
      int slot = order[backwards ? used - 1 - i : i];
      if (dead == 0 || !removed.get(slot)) {
        visitor.accept(slot);
      }
    }
  }

  int[] slots() {
    int[] live = new int[size()];
    int[] next = {0};
    visit(false, slot -> live[next[0]++] = slot);
    return live;
  }

  /** The table at one moment. */
  record Snapshot(Table table, int[] slots, List<Values<?>> values) {}

  Snapshot snapshot() {
    List<Values<?>> frozen = new ArrayList<>();
    values.forEach(column -> frozen.add(column.snapshot()));
    return new Snapshot(this, slots(), frozen);
  }

  /** Takes the first rows, whose columns were filled one by one, as its content. */
  void restored(int rows) {
    slots = rows;
    for (int slot = 0; slot < rows; slot++) {
      add(new Row(this, slot));
    }
  }
}
