package dev.leadline.calendar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;

/**
 * Google Calendar (developers.google.com/calendar/api/v3): freeBusy and events, with the refresh token of a user with
 * whom the calendars of hosts are shared for changes. A calendar's id is mostly its owner's address.
 *
 * <p>An event's id is made of its UID, so that putting it in twice is refused with 409 and means "move".
 */
@Component
class GoogleCalendar implements Calendar {

  static final String PROVIDER = "googlecalendar";
  static final String LOGIN = "googlelogin";

  private static final String NAME = "google";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUIETLY = "?sendUpdates=none";

  private final Provider google;
  private final Login login;

  GoogleCalendar(Providers providers, Clock clock) {
    this.google = providers.named(PROVIDER);
    this.login = new Login(providers.named(LOGIN), "/token", Map.of(
        "grant_type", "refresh_token", "client_id", text(google.id()), "client_secret", text(google.key()),
        "refresh_token", text(google.refreshToken())), clock);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean on() {
    return google.on();
  }

  @Override
  public Spans busy(String calendar, Span within) {
    var query = JSON.createObjectNode().put("timeMin", within.start().toString()).put("timeMax", within.end().toString());
    query.putArray("items").addObject().put("id", calendar);
    return ask("POST", "/calendar/v3/freeBusy", null, query, reply -> {
      JsonNode answer = ok(reply).json().path("calendars").path(calendar);
      // A calendar that cannot be read is an error inside a good reply.
      if (!answer.path("errors").isEmpty()) throw unknown(calendar);
      if (!answer.path("busy").isArray()) throw new IllegalArgumentException("no free-busy");
      var busy = new ArrayList<Span>();
      for (JsonNode one : answer.path("busy")) {
        busy.add(new Span(
            OffsetDateTime.parse(one.path("start").asText()).toInstant(),
            OffsetDateTime.parse(one.path("end").asText()).toInstant()));
      }
      return Spans.of(busy);
    });
  }

  @Override
  public void put(String calendar, Event event) {
    if (event.sequence() > 0 && moved(calendar, event)) return;
    if (!inserted(calendar, event) && !moved(calendar, event))
      throw new Unavailable(NAME, "neither has nor takes this event");
  }

  private boolean inserted(String calendar, Event event) {
    var body = body(event).put("id", id(event.uid()));
    return ask("POST", events(calendar) + QUIETLY, null, body, reply -> {
      if (reply.status() == 409) return false;
      if (reply.status() == 404) throw unknown(calendar);
      ok(reply);
      return true;
    });
  }

  /** Changes what is there, unless somebody else did in between: then reads it again, once. */
  private boolean moved(String calendar, Event event) {
    String path = events(calendar) + "/" + id(event.uid());
    for (int attempt = 1; attempt <= 2; attempt++) {
      Optional<String> version = ask("GET", path, null, null, reply -> reply.status() == 404
          ? Optional.<String>empty() : Optional.of(ok(reply).json().path("etag").asText()));
      if (version.isEmpty()) return false;
      boolean changed = ask("PATCH", path + QUIETLY, version.get(), body(event), reply -> {
        if (reply.status() == 412) return false;
        ok(reply);
        return true;
      });
      if (changed) return true;
    }
    throw new Unavailable(NAME, "has an event that somebody else keeps changing");
  }

  @Override
  public void remove(String calendar, String uid) {
    ask("DELETE", events(calendar) + "/" + id(uid) + QUIETLY, null, null, reply ->
        reply.status() == 404 || reply.status() == 410 ? reply : ok(reply));
  }

  private static ObjectNode body(Event event) {
    var body = JSON.createObjectNode()
        .put("summary", event.title()).put("description", event.notes()).put("location", event.location())
        .put("status", "confirmed").put("sequence", event.sequence());
    body.putObject("start").put("dateTime", event.time().start().toString()).put("timeZone", "UTC");
    body.putObject("end").put("dateTime", event.time().end().toString()).put("timeZone", "UTC");
    return body;
  }

  private <T> T ask(
      String method, String path, String version, ObjectNode body, Function<Reply, T> read) {
    return login.with(token -> {
      var request = HttpRequest.newBuilder(google.address(path))
          .header("Authorization", "Bearer " + token).header("Accept", "application/json");
      if (version != null) request.header("If-Match", version);
      if (body != null) request.header("Content-Type", "application/json");
      request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
      Optional<T> answer = google.ask(request.build(), reply ->
          reply.status() == 401 ? Optional.empty() : Optional.of(read.apply(reply)));
      return answer.orElseThrow(Login.Refused::new);
    });
  }

  /** A quota that is used up is 403 too, and told by its reason. */
  private static Reply ok(Reply reply) {
    if (reply.status() == 403) {
      String reason = reply.error().path("error").path("errors").path(0).path("reason").asText();
      if (reason.equals("rateLimitExceeded") || reason.equals("userRateLimitExceeded"))
        throw reply.busy(Duration.ofMinutes(1));
      if (reason.equals("quotaExceeded")) throw reply.busy(Duration.ofHours(1));
    }
    return reply.ok();
  }

  private static Unavailable unknown(String calendar) {
    return new Unavailable(NAME, "does not know the calendar “%s”, or does not show it to us".formatted(calendar));
  }

  private static String events(String calendar) {
    return "/calendar/v3/calendars/" + URLEncoder.encode(calendar, StandardCharsets.UTF_8) + "/events";
  }

  /** Ids are of a to v and 0 to 9 (base32hex); hexadecimal digits are. */
  static String id(String uid) {
    return DigestUtils.sha256Hex(uid);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
