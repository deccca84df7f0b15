package dev.leadline.calendar;

import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.springframework.stereotype.Component;
import org.xml.sax.SAXException;

/**
 * Calendars of a CalDAV server (RFC 4791): free-busy by REPORT, events by PUT and DELETE, over basic authentication. A
 * calendar is the path of its collection, for example /calendars/alex/work/.
 *
 * <p>A change names the entity tag of what it changes (If-Match), so that no colleague's change is lost.
 */
@Component
class CalDav implements Calendar {

  static final String NAME = "caldav";

  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final String FREE_BUSY = """
      <?xml version="1.0" encoding="utf-8"?>
      <C:free-busy-query xmlns:C="urn:ietf:params:xml:ns:caldav"><C:time-range start="%s" end="%s"/></C:free-busy-query>
      """;

  private static final String CALENDAR_QUERY = """
      <?xml version="1.0" encoding="utf-8"?>
      <C:calendar-query xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
      <D:prop><C:calendar-data/></D:prop>
      <C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
      <C:time-range start="{start}" end="{end}"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>
      """;
  /** How servers answer a report they do not know; Radicale with the status 207 of another one. */
  private static final Set<Integer> UNSUPPORTED = Set.of(207, 400, 403, 405, 415, 501);

  private final Provider server;
  private final Clock clock;

  CalDav(Providers providers, Clock clock) {
    this.server = providers.named(NAME);
    this.clock = clock;
  }

  private record Stored(String version, String text) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean on() {
    return server.on();
  }

  @Override
  public Spans busy(String calendar, Span within) {
    var request = request(collection(calendar))
        .header("Depth", "1").header("Content-Type", "application/xml; charset=utf-8")
        .method("REPORT", BodyPublishers.ofString(FREE_BUSY.formatted(utc(within.start()), utc(within.end()))));
    Optional<Spans> told = server.ask(request.build(), reply -> {
      if (reply.status() == 404) throw unknown(calendar);
      if (UNSUPPORTED.contains(reply.status())) return Optional.empty();
      return Optional.of(Ics.busy(reply.ok().text()));
    });
    return told.orElseGet(() -> eventsOf(calendar, within)).and(Spans.of(List.of(within)));
  }

  /** For servers without free-busy-query: the events themselves, by calendar-query (RFC 4791, 7.8). */
  private Spans eventsOf(String calendar, Span within) {
    var request = request(collection(calendar))
        .header("Depth", "1").header("Content-Type", "application/xml; charset=utf-8")
        .method("REPORT", BodyPublishers.ofString(
            CALENDAR_QUERY.replace("{start}", utc(within.start())).replace("{end}", utc(within.end()))));
    return server.ask(request.build(), reply -> {
      var busy = Spans.NONE;
      for (String text : calendarData(reply.ok().body())) busy = busy.or(Ics.busyBy(text, within));
      return busy;
    });
  }

  private static List<String> calendarData(byte[] multistatus) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var data = factory.newDocumentBuilder().parse(new ByteArrayInputStream(multistatus))
          .getElementsByTagNameNS("urn:ietf:params:xml:ns:caldav", "calendar-data");
      return IntStream.range(0, data.getLength()).mapToObj(i -> data.item(i).getTextContent()).toList();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException("no multistatus", e);
    }
  }

  @Override
  public void put(String calendar, Event event) {
    String path = path(calendar, event.uid());
    if (event.sequence() == 0 && put(path, "If-None-Match", "*", Ics.stored(event, clock.instant()), calendar)) return;
    for (int attempt = 1; attempt <= 2; attempt++) {
      Optional<Stored> known = get(path);
      boolean done = known.isPresent()
          ? put(path, "If-Match", known.get().version(), Ics.moved(known.get().text(), event, clock.instant()), calendar)
          : put(path, "If-None-Match", "*", Ics.stored(event, clock.instant()), calendar);
      if (done) return;
    }
    throw new Unavailable(NAME, "has an event that somebody else keeps changing");
  }

  private Optional<Stored> get(String path) {
    return server.ask(request(path).GET().build(), reply -> reply.status() == 404
        ? Optional.<Stored>empty()
        : Optional.of(new Stored(reply.ok().headers().firstValue("etag").orElse("*"), reply.text())));
  }

  /** @return false when the condition does not hold */
  private boolean put(String path, String condition, String value, String text, String calendar) {
    var request = request(path)
        .header(condition, value).header("Content-Type", "text/calendar; charset=utf-8")
        .PUT(BodyPublishers.ofString(text));
    return server.ask(request.build(), reply -> {
      if (reply.status() == 412) return false;
      // 409: the collection does not exist (RFC 4918, 9.7.1)
      if (reply.status() == 404 || reply.status() == 409) throw unknown(calendar);
      reply.ok();
      return true;
    });
  }

  @Override
  public void remove(String calendar, String uid) {
    server.<Reply>ask(request(path(calendar, uid)).DELETE().build(), reply ->
        reply.status() == 404 || reply.status() == 410 ? reply : reply.ok());
  }

  private HttpRequest.Builder request(String path) {
    String user = server.id() + ":" + server.key();
    return HttpRequest.newBuilder(server.address(path)).header(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)));
  }

  private static Unavailable unknown(String calendar) {
    return new Unavailable(NAME, "does not know the calendar “%s”".formatted(calendar));
  }

  private static String path(String calendar, String uid) {
    return collection(calendar) + URLEncoder.encode(uid, StandardCharsets.UTF_8) + ".ics";
  }

  private static String collection(String calendar) {
    return calendar.endsWith("/") ? calendar : calendar + "/";
  }

  private static String utc(Instant at) {
    return UTC.format(at);
  }
}
