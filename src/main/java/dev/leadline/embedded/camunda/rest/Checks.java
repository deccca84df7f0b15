package dev.leadline.embedded.camunda.rest;

import dev.leadline.embedded.camunda.commands.Refusal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a request, all of it at once, in the words of Camunda's gateway. */
final class Checks {
  private final List<String> problems = new ArrayList<>();

  Checks expect(boolean holds, String otherwise, Object... details) {
    if (!holds) {
      problems.add(otherwise.formatted(details));
    }
    return this;
  }

  /** The field must be there and not blank. */
  Checks required(Body body, String field) {
    boolean blank = body.json().path(field).isTextual() && body.json().path(field).textValue().isBlank();
    return expect(body.has(field) && !blank, "No %s provided", field);
  }

  Checks positive(Body body, String field) {
    Long value = body.number(field);
    return expect(value == null || value > 0, "The value for %s is '%d' but must be greater than 0", field, value);
  }

  /** Of two ways to name something exactly one is used. */
  Checks oneOf(Body body, String one, String other) {
    return expect(body.has(one) || body.has(other), "At least one of [%s, %s] is required", one, other)
        .expect(!body.has(one) || !body.has(other), "Only one of [%s, %s] is allowed", one, other);
  }

  Checks date(Body body, String field, String called) {
    String text = body.text(field, "");
    try {
      if (!text.isEmpty()) {
        OffsetDateTime.parse(text);
      }
      return this;
    } catch (DateTimeException e) {
      return expect(
          false, "The provided %s '%s' cannot be parsed as a date according to RFC 3339, section 5.6", called, text);
    }
  }

  /** The only tenant is the default one. */
  Checks tenant(Body body, String request) {
    String tenant = body.text("tenantId", "<default>");
    return expect(
        tenant.equals("<default>"),
        "Expected to handle request %s with tenant identifier '%s', but multi-tenancy is disabled",
        request, tenant);
  }

  Checks operationReference(Body body) {
    Long value = body.number("operationReference");
    return expect(
        value == null || value > 0, "The value for operationReference is '%d' but must be > 0", value);
  }

  /** A list of pairs of elements, none without both ends. */
  Checks mappings(Body body, String field) {
    List<Body> pairs = body.objects(field);
    return expect(!pairs.isEmpty(), "No %s provided", field)
        .expect(
            pairs.stream()
                .allMatch(one -> !one.text("sourceElementId", "").isEmpty() && !one.text("targetElementId", "").isEmpty()),
            "All [sourceElementId, targetElementId] are required");
  }

  void done() {
    if (!problems.isEmpty()) {
      throw Refusal.invalid(String.join(". ", problems) + ".");
    }
  }
}
