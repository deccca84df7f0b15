package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of endpoints: method and path template lead to what answers. */
final class Router {

  /** Answers a call, now or later. */
  @FunctionalInterface
  interface Endpoint {
    void answer(Call call) throws Exception;
  }

  private record Route(String method, String[] template, Endpoint endpoint) {}

  private final List<Route> routes = new ArrayList<>();

  Router get(String template, Endpoint endpoint) {
    return add("GET", template, endpoint);
  }

  Router post(String template, Endpoint endpoint) {
    return add("POST", template, endpoint);
  }

  Router put(String template, Endpoint endpoint) {
    return add("PUT", template, endpoint);
  }

  Router patch(String template, Endpoint endpoint) {
    return add("PATCH", template, endpoint);
  }

  Router delete(String template, Endpoint endpoint) {
    return add("DELETE", template, endpoint);
  }

  /** Parts of the API that exist in Camunda but not here. */
  Router notOffered(String... prefixes) {
    for (String prefix : prefixes) {
      routes.add(new Route("*", (prefix + "/**").split("/"), call -> {
        throw Refusal.of(
            Refusal.Kind.NOT_OFFERED,
            "The embedded engine does not offer %s %s; a Camunda 8 cluster does."
                .formatted(call.method(), call.path()));
      }));
    }
    return this;
  }

  private Router add(String method, String template, Endpoint endpoint) {
    routes.add(new Route(method, template.split("/"), endpoint));
    return this;
  }

  /** Every endpoint that is offered, as method and path template. */
  List<String> offered() {
    return routes.stream()
        .filter(route -> !route.method().equals("*"))
        .map(route -> route.method() + " " + String.join("/", route.template()))
        .toList();
  }

  void answer(Call call) throws Exception {
    String[] path = call.path().split("/");
    boolean known = false;
    for (Route route : routes) {
      Map<String, String> parameters = match(route.template(), path);
      if (parameters == null) {
        continue;
      }
      if (route.method().equals("*") || route.method().equals(call.method())) {
        call.parameters(parameters);
        route.endpoint().answer(call);
        return;
      }
      known = true;
    }
    throw known
        ? Refusal.of(Refusal.Kind.METHOD_NOT_ALLOWED, "Method '%s' is not supported.".formatted(call.method()))
        : Refusal.notFound("No endpoint %s %s.".formatted(call.method(), call.path()));
  }

  private static Map<String, String> match(String[] template, String[] path) {
    Map<String, String> parameters = new HashMap<>();
    for (int i = 0; i < template.length; i++) {
      if (template[i].equals("**")) {
        return parameters;
      }
      if (i >= path.length) {
        return null;
      }
      if (template[i].startsWith("{")) {
        parameters.put(template[i].substring(1, template[i].length() - 1), path[i]);
      } else if (!template[i].equals(path[i])) {
        return null;
      }
    }
    return template.length == path.length ? parameters : null;
  }
}
