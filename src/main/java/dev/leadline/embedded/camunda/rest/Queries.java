package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.view.Found;
import dev.leadline.embedded.camunda.view.Row;
import dev.leadline.embedded.camunda.view.Table;
import dev.leadline.embedded.camunda.view.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Searching any table and getting one of its rows. */
final class Queries {
  private final Broker broker;

  Queries(Broker broker) {
    this.broker = broker;
  }

  Router.Endpoint search(Function<Tables, Table> table) {
    return call -> {
      Found found = broker.currentView().search(table, call.body().json());
      call.json(200, page(found, found.items().stream().map(row -> row.render(false)).toList()));
    };
  }

  static Map<String, Object> page(Found found, List<Map<String, Object>> items) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("totalItems", found.total());
    page.put("hasMoreTotalItems", false);
    if (found.startCursor() != null) {
      page.put("startCursor", found.startCursor());
      page.put("endCursor", found.endCursor());
    }
    return Map.of("items", items, "page", page);
  }

  Router.Endpoint one(String name, Function<Tables, Table> table) {
    return call -> call.json(200, row(name, table, call).render(true));
  }

  Row row(String name, Function<Tables, Table> table, Call call) {
    long key = call.key("key");
    Row row = broker.currentView().find(table, key);
    if (row == null) {
      throw Refusal.notFound("%s with key '%d' not found".formatted(name, key));
    }
    return row;
  }
}
