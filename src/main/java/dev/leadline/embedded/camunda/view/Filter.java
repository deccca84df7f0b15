package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The filter of a search: which rows to look at, and which of them match. */
final class Filter {
  private final Table table;
  private final List<Predicate<Row>> conditions = new ArrayList<>();
  private Collection<Row> candidates;

  Filter(Table table, JsonNode filter) {
    this.table = table;
    this.candidates = table.rows();
    read(filter, conditions, true);
  }

  Collection<Row> candidates() {
    return candidates;
  }

  boolean matches(Row row) {
    for (Predicate<Row> condition : conditions) {
      if (!condition.test(row)) {
        return false;
      }
    }
    return true;
  }

  private void read(JsonNode filter, List<Predicate<Row>> target, boolean outer) {
    if (filter == null || filter.isNull()) {
      return;
    }
    if (!filter.isObject()) {
      throw new InvalidQuery("The property 'filter' must be an object.");
    }
    for (Map.Entry<String, JsonNode> field : filter.properties()) {
      JsonNode operand = field.getValue();
      if (operand.isNull() || operand.isArray() && operand.isEmpty()) {
        continue;
      }
      if (field.getKey().equals("$or")) {
        target.add(any(operand));
      } else if (table.filter(field.getKey()) != null) {
        target.add(table.filter(field.getKey()).apply(operand));
      } else {
        Column column = table.column(field.getKey());
        if (column == null) {
          throw new InvalidQuery("The filter property '%s' is unknown for %s.".formatted(field.getKey(), table.name()));
        }
        target.add(condition(column, operand));
        if (outer) {
          narrow(column, operand);
        }
      }
    }
  }

  private Predicate<Row> any(JsonNode alternatives) {
    List<List<Predicate<Row>>> parsed = new ArrayList<>();
    for (JsonNode alternative : alternatives) {
      List<Predicate<Row>> all = new ArrayList<>();
      read(alternative, all, false);
      parsed.add(all);
    }
    return row -> parsed.stream().anyMatch(all -> all.stream().allMatch(condition -> condition.test(row)));
  }

  private void narrow(Column column, JsonNode operand) {
    JsonNode wanted = operand.isObject() ? operand.get("$eq") : operand;
    if (wanted == null || wanted.isNull()) {
      return;
    }
    Collection<Row> found = null;
    if (table.isIndexed(column.name())) {
      found = table.by(column.name(), column.parse(wanted));
    } else if (table.indexOf(column.name()) == 0) {
      Row row = table.row(column.parse(wanted));
      found = row == null ? List.of() : List.of(row);
    }
    if (found != null && found.size() <= candidates.size()) {
      candidates = found;
    }
  }

  private Predicate<Row> condition(Column column, JsonNode operand) {
    int position = table.indexOf(column.name());
    Predicate<Object> test = value(column, operand);
    return row -> test.test(row.values[position]);
  }

  /** The test that a filter value, plain or with operators, means for the values of a column. */
  static Predicate<Object> value(Column column, JsonNode operand) {
    if (!operand.isObject()) {
      Object wanted = column.parse(operand);
      return value -> wanted.equals(value);
    }
    Predicate<Object> all = value -> true;
    for (Map.Entry<String, JsonNode> operator : operand.properties()) {
      JsonNode wanted = operator.getValue();
      if (!wanted.isNull() && !(wanted.isArray() && wanted.isEmpty())) {
        all = all.and(operation(column, operator.getKey(), wanted));
      }
    }
    return all;
  }

  private static Predicate<Object> operation(Column column, String operator, JsonNode operand) {
    return switch (operator) {
      case "$eq" -> equal(column.parse(operand));
      case "$neq" -> equal(column.parse(operand)).negate();
      case "$in" -> in(column, operand);
      case "$notIn" -> in(column, operand).negate();
      case "$exists" -> operand.asBoolean() ? value -> value != null : value -> value == null;
      case "$like" -> like(operand.asText());
      case "$gt" -> compared(column.parse(operand), order -> order > 0);
      case "$gte" -> compared(column.parse(operand), order -> order >= 0);
      case "$lt" -> compared(column.parse(operand), order -> order < 0);
      case "$lte" -> compared(column.parse(operand), order -> order <= 0);
      default -> throw new InvalidQuery("The operator '%s' of '%s' is unknown.".formatted(operator, column.name()));
    };
  }

  private static Predicate<Object> equal(Object wanted) {
    return wanted::equals;
  }

  private static Predicate<Object> in(Column column, JsonNode operand) {
    List<Object> wanted = new ArrayList<>();
    operand.forEach(one -> wanted.add(column.parse(one)));
    return wanted::contains;
  }

  /** {@code *} stands for any text, {@code ?} for one character, a backslash makes them literal. */
  private static Predicate<Object> like(String wildcard) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wildcard.length(); i++) {
      char c = wildcard.charAt(i);
      if (c == '\\' && i + 1 < wildcard.length()) {
        regex.append(Pattern.quote(String.valueOf(wildcard.charAt(++i))));
      } else {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    return new Like(Pattern.compile(regex.toString(), Pattern.DOTALL));
  }

  /** Remembers its last answer, because neighbouring rows mostly share one and the same text. */
  private static final class Like implements Predicate<Object> {
    private final Pattern pattern;
    private Object last;
    private boolean matched;

    Like(Pattern pattern) {
      this.pattern = pattern;
    }

    @Override
    public boolean test(Object value) {
      if (value != last) {
        last = value;
        matched = value != null && pattern.matcher(value.toString()).matches();
      }
      return matched;
    }
  }

  @SuppressWarnings("unchecked")
  private static Predicate<Object> compared(Object wanted, java.util.function.IntPredicate order) {
    return value -> value != null && order.test(((Comparable<Object>) value).compareTo(wanted));
  }
}
