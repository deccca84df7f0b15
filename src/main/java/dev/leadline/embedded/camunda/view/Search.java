package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * One search as every {@code /search} of the API understands it: filter, sort, page. It looks at each row once and
 * keeps no more of them than the page needs.
 */
final class Search {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT = 100;
  private static final int LARGEST = 10_000;

  private final Table table;
  private final Filter filter;
  private final List<Integer> sorted = new ArrayList<>();
  private final Comparator<Row> order;
  private final Row after;
  private final Row before;
  private final int from;
  private final int limit;

  Search(Table table, JsonNode body) {
    this.table = table;
    filter = new Filter(table, body.get("filter"));
    order = order(body.path("sort"));
    JsonNode page = body.path("page");
    after = page.hasNonNull("after") ? cursor(page.get("after")) : null;
    before = page.hasNonNull("before") ? cursor(page.get("before")) : null;
    from = after == null && before == null ? number(page, "from", 0) : 0;
    limit = Math.min(number(page, "limit", LIMIT), LARGEST);
  }

  /** The page of rows, copied, and the number of all that match. */
  Found run() {
    Comparator<Row> wanted = before == null ? order : order.reversed();
    boolean inOrder = before == null && sorted.isEmpty() && filter.candidates() == table.rows();
    long size = (long) from + limit;
    PriorityQueue<Row> nearest = new PriorityQueue<>(wanted.reversed());
    List<Row> kept = new ArrayList<>();
    int total = 0;
    for (Row row : filter.candidates()) {
      if (!filter.matches(row)) {
        continue;
      }
      total++;
      if (!inWindow(row)) {
        continue;
      }
      if (inOrder) {
        if (kept.size() < size) {
          kept.add(row);
        }
      } else if (nearest.size() < size) {
        nearest.add(row);
      } else if (size > 0 && wanted.compare(row, nearest.peek()) < 0) {
        nearest.poll();
        nearest.add(row);
      }
    }
    kept.addAll(nearest);
    kept.sort(order);
    List<Row> items = kept.stream().skip(from).map(Row::copy).toList();
    return items.isEmpty()
        ? new Found(items, total, null, null)
        : new Found(items, total, cursor(items.getFirst()), cursor(items.getLast()));
  }

  private boolean inWindow(Row row) {
    return (after == null || order.compare(row, after) > 0) && (before == null || order.compare(row, before) < 0);
  }

  private static int number(JsonNode page, String field, int absent) {
    JsonNode value = page.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || value.asInt() < 0) {
      throw new InvalidQuery(
          "The value for page.%s is '%s' but must be a non-negative number.".formatted(field, value.asText()));
    }
    return value.asInt();
  }

  private Comparator<Row> order(JsonNode sort) {
    List<Comparator<Row>> comparators = new ArrayList<>();
    for (JsonNode criterion : sort) {
      String field = criterion.path("field").asText();
      Column column = table.column(field);
      if (column == null || column.kind() == Column.Kind.JSON) {
        throw new InvalidQuery("The sort field '%s' is unknown for %s.".formatted(field, table.name()));
      }
      int position = table.indexOf(field);
      comparators.add(by(position, criterion.path("order").asText("ASC").equalsIgnoreCase("DESC")));
      sorted.add(position);
    }
    comparators.add(by(0, false));
    return comparators.stream().reduce(Comparator::thenComparing).orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private static Comparator<Row> by(int position, boolean descending) {
    Comparator<Comparable<Object>> natural =
        (Comparator<Comparable<Object>>) (Comparator<?>) Comparator.naturalOrder();
    Comparator<Comparable<Object>> nullsLast =
        Comparator.nullsLast(descending ? Collections.reverseOrder(natural) : natural);
    return (left, right) ->
        nullsLast.compare((Comparable<Object>) left.values[position], (Comparable<Object>) right.values[position]);
  }

  private String cursor(Row row) {
    List<Object> values = new ArrayList<>();
    sorted.forEach(position -> values.add(row.values[position]));
    values.add(row.id());
    try {
      return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(values));
    } catch (IOException e) {
      throw new IllegalStateException("A cursor of plain values cannot fail.", e);
    }
  }

  /** A row that stands where the cursor's row stood. */
  private Row cursor(JsonNode cursor) {
    try {
      JsonNode values = JSON.readTree(Base64.getDecoder().decode(cursor.asText()));
      if (values == null || values.size() != sorted.size() + 1) {
        throw new IllegalArgumentException("of another search");
      }
      Row row = table.newRow(null);
      for (int i = 0; i <= sorted.size(); i++) {
        int position = i < sorted.size() ? sorted.get(i) : 0;
        Column column = table.columns().get(position);
        JsonNode value = values.get(i);
        row.values[position] =
            value.isNull() ? null : column.kind() == Column.Kind.DATE ? (Long) value.asLong() : column.parse(value);
      }
      return row;
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidQuery("The cursor '%s' is not one of this search.".formatted(cursor.asText()));
    }
  }
}
