package dev.leadline.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import dev.leadline.provider.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * What every calendar promises, against simulated servers that speak the protocols of CalDAV, Google and Microsoft by
 * their documentation, and a real database for the embedded one.
 */
class CalendarContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final EmbeddedMongo DATABASE = EmbeddedMongo.start(
      new EmbeddedMongo.Settings(Path.of("target/test-data", UUID.randomUUID().toString()), "127.0.0.1", 0));
  private static final MongoClient CLIENT = MongoClients.create(DATABASE.uri());
  private static final Instant NINE = Instant.parse("2027-03-29T09:00:00Z");
  private static final Span WEEK = Span.of(NINE.minus(Duration.ofDays(1)), Duration.ofDays(7));
  private static final String UID = "lead-1-42@leadline";

  private final ProviderServer server = new ProviderServer();
  private final SimulatedGoogle google = new SimulatedGoogle();
  private final SimulatedGraph graph = new SimulatedGraph();
  private final SimulatedCalDav caldav = new SimulatedCalDav();

  enum Kind { EMBEDDED, CALDAV, GOOGLE, MICROSOFT }

  private Calendar calendar(Kind kind) {
    var providers = server.providers(
        Clock.systemUTC(), CalDav.NAME, GoogleCalendar.PROVIDER, GoogleCalendar.LOGIN, MicrosoftCalendar.PROVIDER,
        MicrosoftCalendar.LOGIN);
    return switch (kind) {
      case EMBEDDED -> new EmbeddedCalendar(new MongoTemplate(CLIENT, "calendar-" + UUID.randomUUID()));
      case CALDAV -> {
        server.usually(caldav::answer);
        yield new CalDav(providers, Clock.systemUTC());
      }
      case GOOGLE -> {
        server.usually(google::answer);
        yield new GoogleCalendar(providers, Clock.systemUTC());
      }
      case MICROSOFT -> {
        server.usually(graph::answer);
        yield new MicrosoftCalendar(providers, Clock.systemUTC());
      }
    };
  }

  private static String id(Kind kind) {
    return kind == Kind.CALDAV ? "/alex/work/" : "alex@harbor.example";
  }

  private static Event event(int sequence, Instant start) {
    return new Event(UID, sequence, Span.of(start, Duration.ofMinutes(30)), "Anna Berg and Alex", "About hand-offs", "");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsPutInIsBusyOnce(Kind kind) {
    var calendar = calendar(kind);
    assertThat(calendar.busy(id(kind), WEEK).list()).isEmpty();

    calendar.put(id(kind), event(0, NINE));
    calendar.put(id(kind), event(0, NINE));

    assertThat(calendar.busy(id(kind), WEEK).list()).containsExactly(event(0, NINE).time());
    assertThat(calendar.busy(id(kind), Span.of(NINE.plus(Duration.ofDays(1)), Duration.ofDays(1))).list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void movingLeavesNoGhost(Kind kind) {
    var calendar = calendar(kind);
    calendar.put(id(kind), event(0, NINE));
    var later = NINE.plus(Duration.ofHours(30));

    calendar.put(id(kind), event(1, later));
    calendar.put(id(kind), event(1, later));

    assertThat(calendar.busy(id(kind), WEEK).list()).containsExactly(event(1, later).time());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTakenOutIsFreeAgain(Kind kind) {
    var calendar = calendar(kind);
    calendar.put(id(kind), event(0, NINE));

    calendar.remove(id(kind), UID);
    calendar.remove(id(kind), UID);
    calendar.remove(id(kind), "never-there@leadline");

    assertThat(calendar.busy(id(kind), WEEK).list()).isEmpty();
    calendar.put(id(kind), event(0, NINE));
    assertThat(calendar.busy(id(kind), WEEK).list()).as("put in once more").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anEventThatSomebodyDeletedByHandIsPutInWhenItMoves(Kind kind) {
    var calendar = calendar(kind);
    calendar.put(id(kind), event(1, NINE));
    assertThat(calendar.busy(id(kind), WEEK).list()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void faultsOfTheServerAreUnavailable(Kind kind) {
    assumeTrue(kind != Kind.EMBEDDED);
    var calendar = calendar(kind);
    calendar.put(id(kind), event(0, NINE));
    server.then(503, "").then(503, "");
    assertThatThrownBy(() -> calendar.busy(id(kind), WEEK)).isInstanceOf(Unavailable.class);
    server.then(403, "{}");
    assertThatThrownBy(() -> calendar.put(id(kind), event(0, NINE))).isInstanceOf(Unavailable.class);
    server.then(200, "<html>Sign in</html>");
    assertThatThrownBy(() -> calendar.busy(id(kind), WEEK)).hasMessageContaining("makes no sense");
    server.then(429, Map.of("Retry-After", "120"), "");
    assertThatThrownBy(() -> calendar.busy(id(kind), WEEK)).hasMessageContaining("left alone");
  }

  @ParameterizedTest
  @EnumSource
  void aCalendarThatIsNotThereIsNamed(Kind kind) {
    assumeTrue(kind != Kind.EMBEDDED);
    assertThatThrownBy(() -> calendar(kind).busy("/nobody/", WEEK))
        .isInstanceOf(Unavailable.class).hasMessageContaining("/nobody/");
  }

  @ParameterizedTest
  @EnumSource
  void aChangeInBetweenIsReadBeforeItIsChangedAgain(Kind kind) {
    assumeTrue(kind != Kind.EMBEDDED);
    var calendar = calendar(kind);
    calendar.put(id(kind), event(0, NINE));
    google.changedBeforeNextPatch = true;
    graph.changedBeforeNextPatch = true;
    caldav.changedBeforeNextPut = true;

    calendar.put(id(kind), event(1, NINE.plus(Duration.ofHours(2))));

    assertThat(calendar.busy(id(kind), WEEK).list()).containsExactly(event(1, NINE.plus(Duration.ofHours(2))).time());
    if (kind == Kind.CALDAV) {
      assertThat(caldav.stored.values()).singleElement().asString()
          .as("what a colleague noted stays").contains("COMMENT:Bring the offer").contains("SEQUENCE:1");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GOOGLE", "MICROSOFT"})
  void aTokenIsUsedUntilItEndsAndRenewedWhenItIsRefused(Kind kind) {
    var calendar = calendar(kind);
    calendar.busy(id(kind), WEEK);
    calendar.busy(id(kind), WEEK);
    assertThat(logins()).isEqualTo(1);

    google.token = "t2";
    graph.token = "t2";
    calendar.busy(id(kind), WEEK);
    assertThat(logins()).isEqualTo(2);
  }

  @Test
  void googlesLogInAndQuotas() {
    var calendar = calendar(Kind.GOOGLE);
    server.then(400, "{\"error\": \"invalid_grant\", \"error_description\": \"Token has been expired or revoked.\"}");
    assertThatThrownBy(() -> calendar.busy(id(Kind.GOOGLE), WEEK)).hasMessage("does not let us log in");
    calendar.busy(id(Kind.GOOGLE), WEEK);
    server.then(403, """
        {"error": {"code": 403, "message": "Rate Limit Exceeded",
         "errors": [{"domain": "usageLimits", "reason": "rateLimitExceeded", "message": "Rate Limit Exceeded"}]}}""");
    assertThatThrownBy(() -> calendar.busy(id(Kind.GOOGLE), WEEK)).hasMessageContaining("left alone for 60 s");
  }

  @Test
  void aServerWithoutFreeBusyIsAskedForItsEvents() {
    var calendar = calendar(Kind.CALDAV);
    caldav.knowsFreeBusy = false;
    calendar.put(id(Kind.CALDAV), event(0, NINE));
    // Every working day at nine in Berlin, over the change of the clocks; one of them moved, one free, one left out.
    caldav.stored.put("/alex/work/standup.ics", """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//A colleague//EN
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:STANDARD
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:standup
        DTSTAMP:20270101T000000Z
        DTSTART;TZID=Europe/Berlin:20270322T120000
        DURATION:PT15M
        RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
        EXDATE;TZID=Europe/Berlin:20270331T120000
        END:VEVENT
        BEGIN:VEVENT
        UID:standup
        DTSTAMP:20270101T000000Z
        RECURRENCE-ID;TZID=Europe/Berlin:20270330T120000
        DTSTART;TZID=Europe/Berlin:20270330T150000
        DURATION:PT15M
        END:VEVENT
        BEGIN:VEVENT
        UID:lunch
        DTSTAMP:20270101T000000Z
        DTSTART:20270329T110000Z
        DTEND:20270329T120000Z
        TRANSP:TRANSPARENT
        END:VEVENT
        END:VCALENDAR
        """.replace("\n", "\r\n"));

    assertThat(calendar.busy(id(Kind.CALDAV), Span.of(NINE, Duration.ofDays(4))).list()).containsExactly(
        event(0, NINE).time(), quarter("2027-03-29T10:00:00Z"), quarter("2027-03-30T13:00:00Z"),
        quarter("2027-04-01T10:00:00Z"));
  }

  private static Span quarter(String start) {
    return Span.of(Instant.parse(start), Duration.ofMinutes(15));
  }

  @Test
  void nobodyIsMailedByGoogle() {
    calendar(Kind.GOOGLE).put(id(Kind.GOOGLE), event(0, NINE));
    assertThat(server.asked).filteredOn(asked -> asked.path().endsWith("/events"))
        .allMatch(asked -> asked.query().get("sendUpdates").equals("none") && !asked.body().contains("attendees"));
  }

  @Test
  void manyEventsComePageByPageAndFreeOnesDoNotCount() {
    var calendar = calendar(Kind.MICROSOFT);
    for (int i = 0; i < 250; i++) {
      graph.add("e" + i, NINE.plus(Duration.ofMinutes(30L * i)), i % 2 == 0 ? "busy" : "free");
    }
    assertThat(calendar.busy(id(Kind.MICROSOFT), WEEK).list()).hasSize(125);
    assertThat(server.asked).filteredOn(asked -> asked.path().endsWith("calendarView")).hasSize(3);
  }

  @Test
  void theTokenGoesNowhereElse() {
    var calendar = calendar(Kind.MICROSOFT);
    calendar.busy(id(Kind.MICROSOFT), WEEK);
    server.then(200, "{\"value\": [], \"@odata.nextLink\": \"https://collector.test/v1.0/next\"}");
    assertThatThrownBy(() -> calendar.busy(id(Kind.MICROSOFT), WEEK)).hasMessage("links to somebody else");
  }

  private long logins() {
    return server.asked.stream().filter(asked -> asked.path().endsWith("/token")).count();
  }

  /** Google Calendar API v3 as it is documented: freeBusy, events.insert, get, patch, delete. */
  private static final class SimulatedGoogle {
    final Map<String, ObjectNode> events = new LinkedHashMap<>();
    volatile String token = "t1";
    volatile boolean changedBeforeNextPatch;
    private int version;

    synchronized Answer answer(Asked asked) {
      if (asked.path().equals("/token")) {
        assertThat(asked.body()).contains("grant_type=refresh_token").contains("client_id=the-id");
        return Answer.json("{\"access_token\": \"%s\", \"expires_in\": 3599, \"token_type\": \"Bearer\"}".formatted(token));
      }
      if (!("Bearer " + token).equals(asked.header("Authorization"))) return error(401, "authError", "Invalid Credentials");
      if (asked.path().equals("/calendar/v3/freeBusy")) return freeBusy(json(asked.body()));
      String base = "/calendar/v3/calendars/alex@harbor.example/events";
      if (!asked.path().startsWith(base)) return error(404, "notFound", "Not Found");
      String id = asked.path().substring(base.length()).replaceFirst("^/", "");
      return switch (asked.method()) {
        case "POST" -> {
          ObjectNode event = (ObjectNode) json(asked.body());
          String given = event.path("id").asText();
          assertThat(given).matches("[a-v0-9]{5,1024}");
          // Ids of deleted events stay taken.
          yield events.containsKey(given) ? error(409, "duplicate", "The requested identifier already exists.") : put(given, event);
        }
        case "GET" -> events.containsKey(id) ? Answer.json(events.get(id).toString()) : error(404, "notFound", "Not Found");
        case "PATCH" -> {
          if (changedBeforeNextPatch) {
            changedBeforeNextPatch = false;
            put(id, events.get(id));
          }
          if (!events.get(id).path("etag").asText().equals(asked.header("If-Match")))
            yield error(412, "conditionNotMet", "Precondition Failed");
          yield put(id, events.get(id).setAll((ObjectNode) json(asked.body())));
        }
        case "DELETE" -> {
          if (!events.containsKey(id)) yield error(404, "notFound", "Not Found");
          if (events.get(id).path("status").asText().equals("cancelled")) yield error(410, "deleted", "Resource has been deleted");
          put(id, events.get(id).put("status", "cancelled"));
          yield new Answer(204, Map.of(), "");
        }
        default -> error(405, "badMethod", asked.method());
      };
    }

    private Answer put(String id, ObjectNode event) {
      events.put(id, event.put("etag", "\"" + ++version + "\"").put("id", id));
      return Answer.json(event.toString());
    }

    private Answer freeBusy(JsonNode query) {
      String id = query.at("/items/0/id").asText();
      var within = new Span(Instant.parse(query.path("timeMin").asText()), Instant.parse(query.path("timeMax").asText()));
      var answer = JSON.createObjectNode().put("kind", "calendar#freeBusy");
      var calendar = answer.putObject("calendars").putObject(id);
      if (!id.equals("alex@harbor.example")) {
        calendar.putArray("errors").addObject().put("domain", "global").put("reason", "notFound");
        calendar.putArray("busy");
        return Answer.json(answer.toString());
      }
      var busy = calendar.putArray("busy");
      for (JsonNode event : events.values()) {
        var time = new Span(
            Instant.parse(event.at("/start/dateTime").asText()), Instant.parse(event.at("/end/dateTime").asText()));
        if (!event.path("status").asText().equals("cancelled") && time.overlaps(within))
          busy.addObject().put("start", time.start().toString()).put("end", time.end().toString());
      }
      return Answer.json(answer.toString());
    }

    private static Answer error(int status, String reason, String message) {
      return Answer.json(status, """
          {"error": {"code": %d, "message": "%s", "errors": [{"domain": "global", "reason": "%s", "message": "%s"}]}}"""
          .formatted(status, message, reason, message));
    }
  }

  /** Microsoft Graph v1.0 as it is documented: calendarView with pages, events with filter, If-Match. */
  private final class SimulatedGraph {
    final Map<String, ObjectNode> events = new LinkedHashMap<>();
    volatile String token = "t1";
    volatile boolean changedBeforeNextPatch;
    private int version;

    void add(String id, Instant start, String showAs) {
      var event = JSON.createObjectNode().put("showAs", showAs);
      event.putObject("start").put("dateTime", start.toString().replace("Z", "")).put("timeZone", "UTC");
      event.putObject("end").put("dateTime", start.plusSeconds(900).toString().replace("Z", "")).put("timeZone", "UTC");
      put(id, event);
    }

    synchronized Answer answer(Asked asked) {
      if (asked.path().equals("/the-id/oauth2/v2.0/token")) {
        assertThat(asked.body()).contains("grant_type=client_credentials").contains("scope=https%3A%2F%2Fgraph.microsoft.com%2F.default");
        return Answer.json("{\"token_type\": \"Bearer\", \"expires_in\": 3599, \"access_token\": \"%s\"}".formatted(token));
      }
      if (!("Bearer " + token).equals(asked.header("Authorization")))
        return error(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.");
      String base = "/v1.0/users/alex@harbor.example/";
      if (!asked.path().startsWith(base)) return error(404, "ErrorInvalidUser", "The requested user is invalid.");
      assertThat(asked.header("Prefer")).isEqualTo("outlook.timezone=\"UTC\"");
      String rest = asked.path().substring(base.length());
      if (rest.equals("calendarView")) return view(asked);
      if (rest.equals("events") && asked.method().equals("GET")) {
        String filter = asked.query().get("$filter");
        var found = events.values().stream()
            .filter(event -> event.has("singleValueExtendedProperties")
                && filter.contains("ep/value eq '" + event.at("/singleValueExtendedProperties/0/value").asText() + "'")
                && filter.contains("ep/id eq '" + event.at("/singleValueExtendedProperties/0/id").asText() + "'"))
            .map(event -> "{\"@odata.etag\": %s, \"id\": %s}".formatted(event.get("@odata.etag"), event.get("id"))).toList();
        return Answer.json("{\"value\": [" + String.join(",", found) + "]}");
      }
      if (rest.equals("events")) return put("AAMk=" + events.size(), (ObjectNode) json(asked.body()));
      String id = rest.substring("events/".length());
      if (!events.containsKey(id)) return error(404, "ErrorItemNotFound", "The specified object was not found in the store.");
      if (asked.method().equals("DELETE")) {
        events.remove(id);
        return new Answer(204, Map.of(), "");
      }
      if (changedBeforeNextPatch) {
        changedBeforeNextPatch = false;
        put(id, events.get(id));
      }
      if (!events.get(id).path("@odata.etag").asText().equals(asked.header("If-Match")))
        return error(412, "ErrorIrresolvableConflict", "The send or update operation could not be performed.");
      return put(id, events.get(id).setAll((ObjectNode) json(asked.body())));
    }

    private Answer put(String id, ObjectNode event) {
      events.put(id, event.put("id", id).put("@odata.etag", "W/\"" + ++version + "\""));
      return Answer.json(201, event.toString());
    }

    private Answer view(Asked asked) {
      var within = new Span(
          Instant.parse(asked.query().get("startDateTime")), Instant.parse(asked.query().get("endDateTime")));
      int skip = Integer.parseInt(asked.query().getOrDefault("$skip", "0"));
      var all = events.values().stream().filter(event -> time(event).overlaps(within)).toList();
      var answer = JSON.createObjectNode();
      var page = answer.putArray("value");
      all.stream().skip(skip).limit(100).forEach(event -> {
        var one = page.addObject().put("showAs", event.path("showAs").asText()).put("isCancelled", false);
        for (String end : List.of("start", "end"))
          one.putObject(end).put("dateTime", event.at("/" + end + "/dateTime").asText() + ":00.0000000".substring(
              event.at("/" + end + "/dateTime").asText().length() > 16 ? 3 : 0)).put("timeZone", "UTC");
      });
      if (all.size() > skip + 100) answer.put("@odata.nextLink", "%s%s?startDateTime=%s&endDateTime=%s&%%24skip=%d".formatted(
          server.address(), asked.path(), within.start(), within.end(), skip + 100));
      return Answer.json(answer.toString());
    }

    private Span time(ObjectNode event) {
      return new Span(moment(event.at("/start/dateTime").asText()), moment(event.at("/end/dateTime").asText()));
    }

    private Instant moment(String local) {
      return java.time.LocalDateTime.parse(local).toInstant(java.time.ZoneOffset.UTC);
    }

    private static Answer error(int status, String code, String message) {
      return Answer.json(status, "{\"error\": {\"code\": \"%s\", \"message\": \"%s\"}}".formatted(code, message));
    }
  }

  /** A CalDAV server by RFC 4791: free-busy-query, PUT and DELETE with conditions. */
  private static final class SimulatedCalDav {
    final Map<String, String> stored = new LinkedHashMap<>();
    final Map<String, String> versions = new LinkedHashMap<>();
    volatile boolean changedBeforeNextPut;
    volatile boolean knowsFreeBusy = true;
    private int version;

    synchronized Answer answer(Asked asked) {
      String login = "Basic " + Base64.getEncoder().encodeToString("the-id:the-secret-key".getBytes());
      if (!login.equals(asked.header("Authorization"))) return new Answer(401, Map.of("WWW-Authenticate", "Basic"), "");
      String path = asked.path();
      if (!path.startsWith("/alex/work/")) return new Answer(404, Map.of(), "");
      return switch (asked.method()) {
        case "REPORT" -> report(asked);
        case "GET" -> stored.containsKey(path)
            ? new Answer(200, Map.of("ETag", versions.get(path), "Content-Type", "text/calendar"), stored.get(path))
            : new Answer(404, Map.of(), "");
        case "PUT" -> put(asked);
        case "DELETE" -> {
          versions.remove(path);
          yield new Answer(stored.remove(path) == null ? 404 : 204, Map.of(), "");
        }
        default -> new Answer(405, Map.of(), "");
      };
    }

    private Answer put(Asked asked) {
      String path = asked.path();
      if (changedBeforeNextPut && asked.header("If-Match") != null) {
        changedBeforeNextPut = false;
        store(path, stored.get(path).replace("END:VEVENT", "COMMENT:Bring the offer\r\nEND:VEVENT"));
      }
      boolean there = stored.containsKey(path);
      if ("*".equals(asked.header("If-None-Match")) && there) return new Answer(412, Map.of(), "");
      if (asked.header("If-Match") != null && !asked.header("If-Match").equals(versions.get(path)))
        return new Answer(412, Map.of(), "");
      assertThat(asked.header("Content-Type")).startsWith("text/calendar");
      assertThat(asked.body()).doesNotContain("METHOD:");
      store(path, asked.body());
      return new Answer(there ? 204 : 201, Map.of("ETag", versions.get(path)), "");
    }

    private void store(String path, String text) {
      stored.put(path, text);
      versions.put(path, "\"" + ++version + "\"");
    }

    private Answer report(Asked asked) {
      assertThat(asked.header("Depth")).isEqualTo("1");
      if (!knowsFreeBusy) return events(asked);
      assertThat(asked.body()).contains("urn:ietf:params:xml:ns:caldav").contains("free-busy-query");
      var range = java.util.regex.Pattern.compile("start=\"(\\w+)\" end=\"(\\w+)\"").matcher(asked.body());
      assertThat(range.find()).isTrue();
      var busy = new ArrayList<String>();
      for (String text : stored.values()) {
        String start = line(text, "DTSTART");
        String end = line(text, "DTEND");
        if (start.compareTo(range.group(2)) < 0 && end.compareTo(range.group(1)) > 0)
          busy.add("FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:" + start + "/" + end + "\r\n");
      }
      return new Answer(200, Map.of("Content-Type", "text/calendar"), """
          BEGIN:VCALENDAR
          VERSION:2.0
          PRODID:-//Example Corp.//CalDAV Server//EN
          BEGIN:VFREEBUSY
          DTSTAMP:20270101T000000Z
          DTSTART:%s
          DTEND:%s
          %sFREEBUSY;FBTYPE=FREE:20270330T000000Z/PT1H
          END:VFREEBUSY
          END:VCALENDAR
          """.replace("\n", "\r\n").formatted(range.group(1), range.group(2), String.join("", busy)));
    }

    /** As Radicale 3.1 answers: nothing to a report it does not know, and whole objects to a calendar-query. */
    private Answer events(Asked asked) {
      var all = asked.body().contains("calendar-query") ? stored.values() : List.<String>of();
      String found = all.stream().map(text -> "<response><href>/x</href><propstat><prop><C:calendar-data>"
              + text.replace("&", "&amp;").replace("<", "&lt;") + "</C:calendar-data></prop>"
              + "<status>HTTP/1.1 200 OK</status></propstat></response>").collect(Collectors.joining());
      return new Answer(207, Map.of("Content-Type", "text/xml"),
          "<?xml version='1.0' encoding='utf-8'?>\n<multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
              + found + "</multistatus>");
    }

    private static String line(String text, String property) {
      return text.lines().filter(line -> line.startsWith(property + ":"))
          .map(line -> line.substring(property.length() + 1)).collect(Collectors.joining());
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
