package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * One search as every {@code /search} of the API understands it: filter, sort, page. It looks at each row once and
 * keeps no more of them than the page needs.
 */
final class Search {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ORDERS = List.of("ASC", "DESC");
  private static final Set<String> PARTS = Set.of("filter", "sort", "page");
  private static final int LIMIT = 100;
  private static final int LARGEST = 10_000;

  /** One criterion; what has no value comes last either way. */
  private record Criterion(Values<?> values, Nearest.Order order, Column column, boolean descending) {

    int compare(int left, int right) {
      return order.compare(left, right);
    }

    int compare(int slot, Object value) {
      boolean absent = values.isAbsent(slot);
      if (absent || value == null) {
        return absent == (value == null) ? 0 : absent ? 1 : -1;
      }
      int order = values.compare(slot, value);
      return descending ? -order : order;
    }
  }

  private final Table table;
  private final Filter filter;
  private final Criterion[] criteria;
  private final boolean byKey;
  private final Object[] after;
  private final Object[] before;
  private final int from;
  private final int limit;

  Search(Table table, JsonNode body) {
    this.table = table;
    body.fieldNames().forEachRemaining(name -> {
      if (!PARTS.contains(name)) {
        throw InvalidQuery.unreadable(name);
      }
    });
    filter = new Filter(table, body.path("filter"));
    criteria = criteria(body.path("sort"));
    byKey = table.isOrdered() && table.indexOf(criteria[0].column().name()) == 0;
    JsonNode page = body.path("page");
    after = page.hasNonNull("after") ? cursor(page.get("after")) : null;
    before = page.hasNonNull("before") ? cursor(page.get("before")) : null;
    if (after != null && before != null) {
      throw InvalidQuery.of("Both after and before cannot be set at the same time.");
    }
    if ((after != null || before != null) && page.hasNonNull("from")) {
      throw InvalidQuery.of("Both after/before and from cannot be set at the same time.");
    }
    from = number(page, "from", 0);
    limit = Math.min(number(page, "limit", LIMIT), LARGEST);
  }

  /** The page of rows, copied, and the number of all that match. */
  Found run() {
    return run(slot -> true);
  }

  /** The same among the rows that a condition besides the filter holds for. */
  Found run(IntPredicate restriction) {
    boolean backwards = criteria[0].descending() == (before == null);
    Nearest.Order order = before == null ? this::compare : (left, right) -> compare(right, left);
    Page page = new Page(order, byKey && filter.candidates() == null, restriction);
    if (filter.candidates() == null) {
      table.visit(backwards, page);
    } else {
      Arrays.stream(filter.candidates()).forEach(page);
    }
    int[] slots = page.slots();
    List<Entity> items = Arrays.stream(slots).skip(from).mapToObj(table::copy).toList();
    return items.isEmpty()
        ? new Found(items, page.total, null, null)
        : new Found(items, page.total, cursor(slots[from]), cursor(slots[slots.length - 1]));
  }

  /** Collects the slots of the page; if the rows come in the wanted order already, the first are the page. */
  private final class Page implements IntConsumer {
    private final Nearest nearest;
    private final boolean inOrder;
    private final IntPredicate restriction;
    private int[] first = new int[128];
    private int taken;
    private int total;

    Page(Nearest.Order order, boolean inOrder, IntPredicate restriction) {
      nearest = new Nearest(order, (long) from + limit);
      this.inOrder = inOrder;
      this.restriction = restriction;
    }

    @Override
    public void accept(int slot) {
      if (!filter.matches(slot) || !restriction.test(slot)) {
        return;
      }
      total++;
      if (inOrder && taken >= (long) from + limit || !inWindow(slot)) {
        return;
      }
      if (!inOrder) {
        nearest.offer(slot);
        return;
      }
      if (taken == first.length) {
        first = Arrays.copyOf(first, taken * 2);
      }
      first[taken++] = slot;
    }

    int[] slots() {
      int[] slots = inOrder ? Arrays.copyOf(first, taken) : nearest.sorted();
      if (before != null) {
        for (int i = 0, j = slots.length - 1; i < j; i++, j--) {
          int slot = slots[i];
          slots[i] = slots[j];
          slots[j] = slot;
        }
      }
      return slots;
    }
  }

  private boolean inWindow(int slot) {
    return (after == null || compare(slot, after) > 0) && (before == null || compare(slot, before) < 0);
  }

  private int compare(int left, int right) {
    for (Criterion criterion : criteria) {
      int order = criterion.compare(left, right);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compare(int slot, Object[] cursor) {
    for (int i = 0; i < cursor.length; i++) {
      int order = criteria[i].compare(slot, cursor[i]);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int number(JsonNode page, String field, int absent) {
    JsonNode value = page.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return absent;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw InvalidQuery.unreadable("page." + field);
    }
    if (value.intValue() < 0) {
      throw InvalidQuery.of(
          "The value for page.%s is '%d' but must be a non-negative number.".formatted(field, value.intValue()));
    }
    return value.intValue();
  }

  private Criterion[] criteria(JsonNode sort) {
    List<Criterion> all = new ArrayList<>();
    for (JsonNode criterion : sort) {
      if (!criterion.hasNonNull("field")) {
        throw InvalidQuery.of("Sort field must not be null.");
      }
      String field = criterion.path("field").asText();
      if (!table.sortable().contains(field)) {
        throw InvalidQuery.unknownOption(field, "field", table.sortable());
      }
      String order = criterion.hasNonNull("order") ? criterion.path("order").asText() : "ASC";
      if (!ORDERS.contains(order.toUpperCase(Locale.ROOT))) {
        throw InvalidQuery.unknownOption(order, "order", ORDERS);
      }
      all.add(criterion(table.indexOf(field), order.equalsIgnoreCase("DESC")));
    }
    all.add(criterion(0, false));
    return all.toArray(Criterion[]::new);
  }

  private Criterion criterion(int position, boolean descending) {
    Column column = table.columns().get(position);
    Values<?> values = table.values(column.name());
    return new Criterion(values, values.order(descending), column, descending);
  }

  private String cursor(int slot) {
    List<Object> values = new ArrayList<>();
    for (Criterion criterion : criteria) {
      values.add(criterion.values().get(slot));
    }
    try {
      return Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(values));
    } catch (IOException e) {
      throw new IllegalStateException("A cursor of plain values cannot fail.", e);
    }
  }

  /** The values of the row that the cursor stands for. */
  private Object[] cursor(JsonNode cursor) {
    try {
      JsonNode values = JSON.readTree(Base64.getDecoder().decode(cursor.asText()));
      if (values == null || values.size() != criteria.length) {
        throw new IllegalArgumentException("of another search");
      }
      Object[] read = new Object[criteria.length];
      for (int i = 0; i < read.length; i++) {
        read[i] = values.get(i).isNull() ? null : value(criteria[i].column(), values.get(i));
      }
      return read;
    } catch (IOException | IllegalArgumentException e) {
      throw InvalidQuery.of("The cursor '%s' is not one of this search.".formatted(cursor.asText()));
    }
  }

  private static Object value(Column column, JsonNode value) {
    return switch (column.kind()) {
      case KEY, DATE -> {
        if (!value.isIntegralNumber()) {
          throw new IllegalArgumentException("of another search");
        }
        yield value.longValue();
      }
      case INT -> value.intValue();
      case BOOL -> value.booleanValue();
      default -> value.asText();
    };
  }
}
