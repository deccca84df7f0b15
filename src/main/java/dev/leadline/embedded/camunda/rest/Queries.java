package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.commands.Refusal;
import dev.leadline.embedded.camunda.view.Entity;
import dev.leadline.embedded.camunda.view.Found;
import dev.leadline.embedded.camunda.view.Table;
import dev.leadline.embedded.camunda.view.Tables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Searching any table and getting one of its entities. */
final class Queries {
  private final Broker broker;

  Queries(Broker broker) {
    this.broker = broker;
  }

  Router.Endpoint search(Function<Tables, Table> table) {
    return call -> page(call, broker.currentView().search(table, call.any().json()));
  }

  static void page(Call call, Found found) {
    page(call, found, found.items().stream().map(entity -> entity.render(false)).toList());
  }

  static void page(Call call, Found found, List<Map<String, Object>> items) {
    Map<String, Object> page = new LinkedHashMap<>();
    page.put("totalItems", found.total());
    page.put("hasMoreTotalItems", false);
    if (found.startCursor() != null) {
      page.put("startCursor", found.startCursor());
      page.put("endCursor", found.endCursor());
    }
    call.json(200, Map.of("items", items, "page", page));
  }

  /** The entity whose key is the path parameter of that name. */
  Router.Endpoint one(String name, String key, Function<Tables, Table> table) {
    return call -> call.json(200, entity(name, key, table, call).render(true));
  }

  Entity entity(String name, String key, Function<Tables, Table> table, Call call) {
    long wanted = call.key(key);
    Entity entity = broker.currentView().find(table, wanted);
    if (entity == null) {
      throw Refusal.notFound("%s with key '%d' not found".formatted(name, wanted));
    }
    return entity;
  }
}
