package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.agrona.collections.LongHashSet;

/** The filter of a search: which rows to look at, and which of them match. */
final class Filter {

  /** A condition and what a test of it costs, so that the cheap ones go first. */
  private record Condition(IntPredicate test, int cost) {}

  private final Table table;
  private final IntPredicate[] conditions;
  private int[] candidates;

  Filter(Table table, JsonNode filter) {
    this.table = table;
    List<Condition> all = new ArrayList<>();
    read(filter, all, true);
    all.sort(Comparator.comparingInt(Condition::cost));
    conditions = all.stream().map(Condition::test).toArray(IntPredicate[]::new);
  }

  /** The only slots that can match, or null for all. */
  int[] candidates() {
    return candidates;
  }

  boolean isEmpty() {
    return conditions.length == 0;
  }

  boolean matches(int slot) {
    for (IntPredicate condition : conditions) {
      if (!condition.test(slot)) {
        return false;
      }
    }
    return true;
  }

  private void read(JsonNode filter, List<Condition> target, boolean outer) {
    if (filter == null || filter.isMissingNode() || filter.isNull()) {
      return;
    }
    if (!filter.isObject()) {
      throw InvalidQuery.unreadable("filter");
    }
    for (Map.Entry<String, JsonNode> property : filter.properties()) {
      String name = property.getKey();
      JsonNode operand = property.getValue();
      Table.Field field = table.fields().get(name);
      if (field == null && !(name.equals("$or") && outer)) {
        throw InvalidQuery.unreadable("filter." + name);
      }
      if (operand.isNull() || operand.isArray() && operand.isEmpty()) {
        continue;
      }
      if (field == null) {
        target.add(any(operand));
      } else if (field.special() != null) {
        target.add(new Condition(field.special().apply(operand), 4));
      } else {
        target.add(condition(field, operand));
        if (outer) {
          narrow(field.column(), operand);
        }
      }
    }
  }

  private Condition any(JsonNode alternatives) {
    List<List<Condition>> parsed = new ArrayList<>();
    for (JsonNode alternative : alternatives) {
      List<Condition> all = new ArrayList<>();
      read(alternative, all, false);
      parsed.add(all);
    }
    IntPredicate test =
        slot -> {
          for (List<Condition> all : parsed) {
            if (all.stream().allMatch(condition -> condition.test().test(slot))) {
              return true;
            }
          }
          return false;
        };
    return new Condition(test, 3);
  }

  private void narrow(Column column, JsonNode operand) {
    JsonNode wanted = operand.isObject() ? operand.get("$eq") : operand;
    if (wanted == null || wanted.isNull()) {
      return;
    }
    int[] found = null;
    if (table.index(column.name()) != null) {
      found = table.index(column.name()).slots((Long) column.parse(column.name(), wanted));
    } else if (table.indexOf(column.name()) == 0) {
      int slot = table.slot(column.parse(column.name(), wanted));
      found = slot < 0 ? new int[0] : new int[] {slot};
    }
    if (found != null && (candidates == null || found.length <= candidates.length)) {
      candidates = found;
    }
  }

  private Condition condition(Table.Field field, JsonNode operand) {
    Column column = field.column();
    Values<?> values = table.values(column.name());
    if (operand.isObject() && !field.operators()) {
      throw InvalidQuery.unreadable("filter." + column.name());
    }
    if (values instanceof Values.Longs longs) {
      return new Condition(longs.matching(number(column, operand)), 1);
    }
    return new Condition(values.test(value(column, operand)), values instanceof Values.Codes ? 0 : 2);
  }

  /** The test that a filter value, plain or with operators, means for the values of a column. */
  static Predicate<Object> value(Column column, JsonNode operand) {
    if (!operand.isObject()) {
      return column.parse(column.name(), operand)::equals;
    }
    Predicate<Object> all = value -> true;
    for (Map.Entry<String, JsonNode> operator : operand.properties()) {
      if (isGiven(operator.getValue())) {
        all = all.and(operation(column, operator.getKey(), operator.getValue()));
      }
    }
    return all;
  }

  private static boolean isGiven(JsonNode operand) {
    return !operand.isNull() && !(operand.isArray() && operand.isEmpty());
  }

  private static Predicate<Object> operation(Column column, String operator, JsonNode operand) {
    return switch (operator) {
      case "$eq" -> column.parse(column.name(), operand)::equals;
      case "$neq" -> Predicate.not(column.parse(column.name(), operand)::equals);
      case "$in" -> all(column, operand)::contains;
      case "$notIn" -> Predicate.not(all(column, operand)::contains);
      case "$exists" -> exists(column, operand) ? value -> value != null : value -> value == null;
      case "$like" -> like(operand.asText());
      case "$gt", "$gte", "$lt", "$lte" -> compared(operator, column.parse(column.name(), operand));
      default -> throw InvalidQuery.unreadable("filter." + column.name() + "." + operator);
    };
  }

  private static Set<Object> all(Column column, JsonNode operand) {
    if (!operand.isArray()) {
      throw InvalidQuery.unreadable("filter." + column.name());
    }
    Set<Object> wanted = new HashSet<>();
    operand.forEach(one -> wanted.add(column.parse(column.name(), one)));
    return wanted;
  }

  private static boolean exists(Column column, JsonNode operand) {
    if (!operand.isBoolean()) {
      throw InvalidQuery.unreadable("filter." + column.name());
    }
    return operand.booleanValue();
  }

  @SuppressWarnings("unchecked")
  private static Predicate<Object> compared(String operator, Object wanted) {
    return value -> value != null && holds(operator, ((Comparable<Object>) value).compareTo(wanted));
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "$gt" -> order > 0;
      case "$gte" -> order >= 0;
      case "$lt" -> order < 0;
      default -> order <= 0;
    };
  }

  /** The same for keys and dates, without a box around each. */
  private static LongPredicate number(Column column, JsonNode operand) {
    if (!operand.isObject()) {
      long wanted = (Long) column.parse(column.name(), operand);
      return value -> value == wanted;
    }
    LongPredicate all = value -> true;
    for (Map.Entry<String, JsonNode> operator : operand.properties()) {
      if (isGiven(operator.getValue())) {
        all = all.and(number(column, operator.getKey(), operator.getValue()));
      }
    }
    return all;
  }

  private static LongPredicate number(Column column, String operator, JsonNode operand) {
    return switch (operator) {
      case "$eq", "$neq" -> {
        long wanted = (Long) column.parse(column.name(), operand);
        yield operator.equals("$eq") ? value -> value == wanted : value -> value != wanted;
      }
      case "$in", "$notIn" -> {
        LongHashSet wanted = new LongHashSet();
        all(column, operand).forEach(one -> wanted.add((Long) one));
        yield operator.equals("$in") ? wanted::contains : value -> !wanted.contains(value);
      }
      case "$exists" ->
          exists(column, operand) ? value -> value != Values.Longs.NONE : value -> value == Values.Longs.NONE;
      case "$gt", "$gte", "$lt", "$lte" -> compared(operator, (long) (Long) column.parse(column.name(), operand));
      default -> throw InvalidQuery.unreadable("filter." + column.name() + "." + operator);
    };
  }

  /** What is absent is the least of all numbers. */
  private static LongPredicate compared(String operator, long wanted) {
    return switch (operator) {
      case "$gt" -> value -> value > wanted;
      case "$gte" -> value -> value >= wanted;
      case "$lt" -> value -> value < wanted && value != Values.Longs.NONE;
      default -> value -> value <= wanted && value != Values.Longs.NONE;
    };
  }

  /** {@code *} stands for any text, {@code ?} for one character, a backslash makes them literal. */
  private static Predicate<Object> like(String wildcard) {
    String text = wildcard.replaceAll("^\\*|\\*$", "");
    if (!text.matches("(?s).*[*?\\\\].*")) {
      return plain(text, wildcard.startsWith("*"), wildcard.endsWith("*"));
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < wildcard.length(); i++) {
      char c = wildcard.charAt(i);
      if (c == '\\' && i + 1 < wildcard.length()) {
        regex.append(Pattern.quote(String.valueOf(wildcard.charAt(++i))));
      } else {
        regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
      }
    }
    Pattern pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    return value -> value != null && pattern.matcher(value.toString()).matches();
  }

  /** The common wildcards, without a regular expression. */
  private static Predicate<Object> plain(String text, boolean anyBefore, boolean anyAfter) {
    if (anyBefore) {
      return anyAfter
          ? value -> value != null && value.toString().contains(text)
          : value -> value != null && value.toString().endsWith(text);
    }
    return anyAfter ? value -> value != null && value.toString().startsWith(text) : text::equals;
  }
}
