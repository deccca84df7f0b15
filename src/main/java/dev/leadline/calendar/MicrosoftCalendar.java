package dev.leadline.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Calendars of Microsoft 365 by Microsoft Graph v1.0 (learn.microsoft.com/graph): calendarView and events, with the
 * client credentials of an application that may read and write calendars. A calendar is its owner's address.
 *
 * <p>Graph gives events ids of its own; ours are found by the UID in an extended property.
 */
@Component
class MicrosoftCalendar implements Calendar {

  static final String PROVIDER = "microsoft";
  static final String LOGIN = "microsoftlogin";

  private static final String NAME = "microsoft";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UID = "String {7c0f5b0e-6f0e-4d1b-9d53-3d1a7d1f2b60} Name LeadlineUid";
  private static final int MOST_PAGES = 10;

  private final Provider graph;
  private final Login login;

  MicrosoftCalendar(Providers providers, Clock clock) {
    this.graph = providers.named(PROVIDER);
    Provider directory = providers.named(LOGIN);
    this.login = new Login(directory, "/" + text(directory.id()) + "/oauth2/v2.0/token", Map.of(
        "grant_type", "client_credentials", "client_id", text(graph.id()), "client_secret", text(graph.key()),
        "scope", "https://graph.microsoft.com/.default"), clock);
  }

  /** An event as it is there. */
  private record Known(String id, String version) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean on() {
    return graph.on();
  }

  /** Page by page. */
  @Override
  public Spans busy(String calendar, Span within) {
    var busy = new ArrayList<Span>();
    URI next = graph.address("%s/calendarView?startDateTime=%s&endDateTime=%s&%s&%s".formatted(
        user(calendar), within.start(), within.end(), "%24select=start,end,showAs,isCancelled",
        "%24top=100"));
    for (int page = 1; next != null; page++) {
      if (page > MOST_PAGES) throw new Unavailable(NAME, "has more events than can be read");
      JsonNode view = ask("GET", next, null, null, reply -> ok(reply, calendar).json());
      if (!view.path("value").isArray()) throw new Unavailable(NAME, "answers in a way that makes no sense");
      for (JsonNode event : view.path("value")) {
        boolean free = event.path("showAs").asText().equals("free") || event.path("isCancelled").asBoolean();
        Instant start = moment(event.path("start"));
        Instant end = moment(event.path("end"));
        if (!free && start.isBefore(end)) busy.add(new Span(start, end));
      }
      next = next(view.path("@odata.nextLink").asText(""));
    }
    return Spans.of(busy);
  }

  /** Links are followed to Graph alone, because our token goes there. */
  private URI next(String link) {
    if (link.isEmpty()) return null;
    if (!link.startsWith(graph.address("/").toString())) throw new Unavailable(NAME, "links to somebody else");
    return URI.create(link);
  }

  @Override
  public void put(String calendar, Event event) {
    for (int attempt = 1; attempt <= 2; attempt++) {
      Optional<Known> known = find(calendar, event.uid());
      if (known.isEmpty()) {
        insert(calendar, event);
        return;
      }
      var path = graph.address(user(calendar) + "/events/" + encoded(known.get().id()));
      boolean changed = ask("PATCH", path, known.get().version(), body(event), reply -> {
        if (reply.status() == 412) return false;
        ok(reply, calendar);
        return true;
      });
      if (changed) return;
    }
    throw new Unavailable(NAME, "has an event that somebody else keeps changing");
  }

  /** With a transaction id, by which Graph takes a repeated request once. */
  private void insert(String calendar, Event event) {
    var body = body(event)
        .put("transactionId", UUID.nameUUIDFromBytes(event.uid().getBytes(StandardCharsets.UTF_8)).toString());
    body.putArray("singleValueExtendedProperties").addObject().put("id", UID).put("value", event.uid());
    ask("POST", graph.address(user(calendar) + "/events"), null, body, reply -> ok(reply, calendar));
  }

  private Optional<Known> find(String calendar, String uid) {
    String filter = "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')"
        .formatted(UID, uid.replace("'", "''"));
    var path = graph.address(
        user(calendar) + "/events?%24select=id&%24filter=" + encoded(filter));
    return ask("GET", path, null, null, reply -> {
      JsonNode found = ok(reply, calendar).json().path("value").path(0);
      return found.isMissingNode()
          ? Optional.<Known>empty()
          : Optional.of(new Known(found.path("id").asText(), found.path("@odata.etag").asText("*")));
    });
  }

  @Override
  public void remove(String calendar, String uid) {
    find(calendar, uid).ifPresent(known -> ask(
        "DELETE", graph.address(user(calendar) + "/events/" + encoded(known.id())), null, null,
        reply -> reply.status() == 404 ? reply : ok(reply, calendar)));
  }

  private static ObjectNode body(Event event) {
    var body = JSON.createObjectNode().put("subject", event.title()).put("showAs", "busy");
    body.putObject("start").put("dateTime", local(event.time().start())).put("timeZone", "UTC");
    body.putObject("end").put("dateTime", local(event.time().end())).put("timeZone", "UTC");
    body.putObject("location").put("displayName", event.location());
    if (event.sequence() == 0) body.putObject("body").put("contentType", "text").put("content", event.notes());
    return body;
  }

  private <T> T ask(String method, URI address, String version, ObjectNode body, Function<Reply, T> read) {
    return login.with(token -> {
      var request = HttpRequest.newBuilder(address)
          .header("Authorization", "Bearer " + token).header("Accept", "application/json")
          .header("Prefer", "outlook.timezone=\"UTC\"");
      if (version != null) request.header("If-Match", version);
      if (body != null) request.header("Content-Type", "application/json");
      request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
      Optional<T> answer = graph.ask(request.build(), reply ->
          reply.status() == 401 ? Optional.empty() : Optional.of(read.apply(reply)));
      return answer.orElseThrow(Login.Refused::new);
    });
  }

  private static Reply ok(Reply reply, String calendar) {
    if (reply.status() == 404)
      throw new Unavailable(NAME, "does not know the calendar “%s”".formatted(calendar));
    return reply.ok();
  }

  /** 2026-12-01T09:00:00.0000000, in the zone that was asked for. */
  private static Instant moment(JsonNode at) {
    return LocalDateTime.parse(at.path("dateTime").asText()).toInstant(ZoneOffset.UTC);
  }

  private static String local(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC).toString();
  }

  private static String user(String calendar) {
    return "/v1.0/users/" + encoded(calendar);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
