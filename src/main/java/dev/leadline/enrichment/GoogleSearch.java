package dev.leadline.enrichment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.lead.PlainText;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Google Programmable Search (customsearch/v1): ten results a page; a free key has 100 pages a day. */
@Component
class GoogleSearch implements WebSearch {

  static final String NAME = "google";
  private static final int PER_PAGE = 10;
  /** Where Google's day ends. */
  private static final ZoneId PACIFIC = ZoneId.of("America/Los_Angeles");

  private final Provider google;
  private final Clock clock;

  GoogleSearch(Providers providers, Clock clock) {
    this.google = providers.named(NAME);
    this.clock = clock;
  }

  boolean on() {
    return google.on() && google.id() != null && !google.id().isBlank();
  }

  void reset() {
    google.reset();
  }

  @Override
  public List<Hit> search(String query, int limit) {
    var hits = new ArrayList<Hit>();
    for (int start = 1; hits.size() < limit; start += PER_PAGE) {
      int more = Math.min(PER_PAGE, limit - hits.size());
      JsonNode items = google.ask(request(query, start, more), this::items);
      for (JsonNode item : items) hits.add(hit(item));
      if (items.size() < more) break;
    }
    return List.copyOf(hits);
  }

  private HttpRequest request(String query, int start, int count) {
    String address = UriComponentsBuilder.fromPath("/customsearch/v1")
        .queryParam("key", "{key}").queryParam("cx", "{cx}").queryParam("q", "{q}")
        .queryParam("num", count).queryParam("start", start)
        .encode().buildAndExpand(google.key(), google.id(), query).toUriString();
    return HttpRequest.newBuilder(google.address(address)).header("Accept", "application/json").GET().build();
  }

  private JsonNode items(Reply reply) {
    if (reply.status() == 429 || reply.status() == 403) throw refusal(reply);
    if (reply.status() == 400 && reply.error().toString().contains("API_KEY_INVALID"))
      throw new Unavailable(NAME, "does not accept our key");
    return reply.ok().json().path("items");
  }

  /** Google says in words, and in more than one way, whether a minute or a day is used up, or the key may not. */
  private Unavailable refusal(Reply reply) {
    JsonNode error = reply.error().path("error");
    String words = (error.path("message").asText() + " " + error.path("errors")).toLowerCase(Locale.ROOT);
    if (words.contains("per day") || words.contains("dailylimitexceeded")) {
      var midnight = LocalDate.now(clock.withZone(PACIFIC)).plusDays(1).atStartOfDay(PACIFIC).toInstant();
      return new Unavailable(NAME, "has no searches left for today", Duration.between(clock.instant(), midnight));
    }
    boolean busy = reply.status() == 429 || words.contains("ratelimitexceeded");
    return busy ? reply.busy(Duration.ofMinutes(1)) : new Unavailable(NAME, "does not allow this with our key");
  }

  private static Hit hit(JsonNode item) {
    return new Hit(PlainText.line(item.path("title").asText()), item.path("link").asText(),
        PlainText.line(item.path("snippet").asText()));
  }
}
