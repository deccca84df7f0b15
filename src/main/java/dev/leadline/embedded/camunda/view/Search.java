package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** One search as every {@code /search} of the API understands it: filter, sort, page. */
final class Search {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 100;

  private final Table table;
  private final Filter filter;
  private final List<Integer> sorted = new ArrayList<>();
  private final Comparator<Object[]> order;
  private final JsonNode page;

  Search(Table table, JsonNode body) {
    this.table = table;
    filter = new Filter(table, body.get("filter"));
    order = order(body.path("sort"));
    page = body.path("page");
  }

  /** The page of rows, copied, and the number of all that match. */
  Found run() {
    List<Row> all = new ArrayList<>();
    for (Row row : filter.candidates()) {
      if (filter.matches(row)) {
        all.add(row);
      }
    }
    if (!sorted.isEmpty() || filter.candidates() != table.rows()) {
      all.sort((left, right) -> order.compare(sortValues(left), sortValues(right)));
    }
    List<Row> items = window(all).stream().map(Row::copy).toList();
    return new Found(
        items,
        all.size(),
        items.isEmpty() ? null : cursor(items.getFirst()),
        items.isEmpty() ? null : cursor(items.getLast()));
  }

  private List<Row> window(List<Row> all) {
    int limit = number("limit", LIMIT);
    int start;
    int end;
    if (page.hasNonNull("before")) {
      Object[] before = position(page.get("before"));
      end = (int) all.stream().takeWhile(row -> order.compare(sortValues(row), before) < 0).count();
      start = Math.max(0, end - limit);
    } else {
      start = number("from", 0);
      if (page.hasNonNull("after")) {
        Object[] after = position(page.get("after"));
        start = (int) all.stream().takeWhile(row -> order.compare(sortValues(row), after) <= 0).count();
      }
      start = Math.min(start, all.size());
      end = (int) Math.min(all.size(), (long) start + limit);
    }
    return all.subList(start, end);
  }

  private int number(String field, int absent) {
    JsonNode value = page.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || value.asInt() < 0) {
      throw new InvalidQuery("The value for page.%s is '%s' but must be a non-negative number."
          .formatted(field, value.asText()));
    }
    return value.asInt();
  }

  private Comparator<Object[]> order(JsonNode sort) {
    List<Comparator<Object[]>> comparators = new ArrayList<>();
    for (JsonNode criterion : sort) {
      String field = criterion.path("field").asText();
      if (table.column(field) == null) {
        throw new InvalidQuery("The sort field '%s' is unknown for %s.".formatted(field, table.name()));
      }
      boolean descending = criterion.path("order").asText("ASC").equalsIgnoreCase("DESC");
      comparators.add(at(sorted.size(), descending));
      sorted.add(table.indexOf(field));
    }
    comparators.add(at(sorted.size(), false));
    return comparators.stream().reduce(Comparator::thenComparing).orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Comparator<Object[]> at(int position, boolean descending) {
    Comparator<Comparable<Object>> natural = (Comparator<Comparable<Object>>) (Comparator<?>) Comparator.naturalOrder();
    Comparator<Comparable<Object>> wanted = descending ? Collections.reverseOrder(natural) : natural;
    Comparator<Comparable<Object>> nullsLast = Comparator.nullsLast(wanted);
    return (left, right) ->
        nullsLast.compare((Comparable<Object>) left[position], (Comparable<Object>) right[position]);
  }

  private Object[] sortValues(Row row) {
    Object[] values = new Object[sorted.size() + 1];
    for (int i = 0; i < sorted.size(); i++) {
      Object value = row.values[sorted.get(i)];
      values[i] = value instanceof Comparable<?> ? value : value == null ? null : value.toString();
    }
    values[sorted.size()] = row.id();
    return values;
  }

  private String cursor(Row row) {
    try {
      return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(sortValues(row)));
    } catch (IOException e) {
      throw new IllegalStateException("A cursor of plain values cannot fail.", e);
    }
  }

  private Object[] position(JsonNode cursor) {
    try {
      JsonNode values = JSON.readTree(Base64.getDecoder().decode(cursor.asText()));
      Object[] position = new Object[sorted.size() + 1];
      if (values == null || values.size() != position.length) {
        throw new IllegalArgumentException("other sort");
      }
      for (int i = 0; i < position.length; i++) {
        Column column = table.columns().get(i < sorted.size() ? sorted.get(i) : 0);
        JsonNode value = values.get(i);
        position[i] = value.isNull() ? null : column.kind() == Column.Kind.DATE ? value.asLong() : column.parse(value);
      }
      return position;
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidQuery("The cursor '%s' is not one of this search.".formatted(cursor.asText()));
    }
  }
}
