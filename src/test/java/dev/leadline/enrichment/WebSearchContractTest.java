package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import dev.leadline.provider.Unavailable;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebSearchContractTest {

  /** One in the morning at Google's. */
  private final Clock clock = Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
  private final ProviderServer server = new ProviderServer();

  enum Kind { SANDBOX, GOOGLE, DUCKDUCKGO }

  private WebSearch search(Kind kind) {
    var providers = server.providers(clock, GoogleSearch.NAME, DuckDuckGo.NAME);
    return switch (kind) {
      case SANDBOX -> new SandboxSearch();
      case GOOGLE -> {
        server.usually(WebSearchContractTest::google);
        yield new GoogleSearch(providers, clock);
      }
      case DUCKDUCKGO -> {
        server.usually(WebSearchContractTest::duckDuckGo);
        yield new DuckDuckGo(providers);
      }
    };
  }

  /** 23 pages about Nordkap, ten at a time. */
  private static Answer google(Asked asked) {
    if (!asked.path().equals("/customsearch/v1") || !"the-secret-key".equals(asked.query().get("key"))
        || !"the-id".equals(asked.query().get("cx")))
      return Answer.json(400, """
          {"error": {"code": 400, "message": "API key not valid. Please pass a valid API key.", "status": "INVALID_ARGUMENT",
            "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]}}""");
    if (!asked.query().get("q").contains("Nordkap")) return Answer.json("""
        {"kind": "customsearch#search", "searchInformation": {"totalResults": "0"}}""");
    int start = Integer.parseInt(asked.query().get("start"));
    int count = Integer.parseInt(asked.query().get("num"));
    String items = IntStream.range(start, Math.min(24, start + count)).mapToObj(i -> """
        {"kind": "customsearch#result", "title": "Nordkap %d", "htmlTitle": "<b>Nordkap</b> %d",
         "link": "https://www.nordkap.test/%d", "snippet": "Freight\\nforwarding"}""".formatted(i, i, i))
        .collect(Collectors.joining(","));
    return Answer.json("{\"kind\": \"customsearch#search\", \"items\": [" + items + "]}");
  }

  private static Answer duckDuckGo(Asked asked) {
    if (!asked.query().get("q").contains("Nordkap")) return Answer.json("""
        <html><body><div class="result results_links result--no-result"><div class="no-results">No results found</div></div></body></html>""");
    return Answer.json("""
        <html><body><div id="links" class="results">
          <div class="result results_links results_links_deep result--ad"><a class="result__a" href="https://duckduckgo.com/y.js?ad_domain=x">Ad</a></div>
          <div class="result results_links results_links_deep web-result"><div class="links_main links_deep result__body">
            <h2 class="result__title"><a rel="nofollow" class="result__a"
              href="//duckduckgo.com/l/?uddg=https%3A%2F%2Fwww.nordkap.test%2Fabout%3Fa%3D1%26b%3D2&amp;rut=0e1f">Nordkap &amp; Co | <b>About</b></a></h2>
            <a class="result__snippet" href="//duckduckgo.com/l/?uddg=x"><b>Freight</b> forwarding since 1987</a></div></div>
          <div class="result web-result"><h2><a class="result__a" href="https://news.test/nordkap">Nordkap news</a></h2></div>
          <div class="result web-result"><h2><a class="result__a" href="javascript:alert(1)">Bad</a></h2></div>
          <div class="result web-result"><h2><a class="result__a" href="//duckduckgo.com/l/?uddg=file%3A%2F%2F%2Fetc%2Fpasswd">Bad</a></h2></div>
        </div></body></html>""");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void pagesAreFoundAsPlainText(Kind kind) {
    var hits = search(kind).search("Nordkap Logistik freight", 2);

    assertThat(hits).hasSize(2).allSatisfy(hit -> {
      assertThat(hit.address()).matches("https?://.+");
      assertThat(hit.title()).contains("Nordkap").doesNotContain("<");
      assertThat(hit.snippet()).doesNotContain("<", "\n");
    });
  }

  @ParameterizedTest
  @EnumSource
  void nothingFoundIsAnAnswer(Kind kind) {
    assertThat(search(kind).search("zzzz qqqq", 5)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
  void whoCannotAnswerSaysSo(Kind kind) {
    var search = search(kind);
    server.thenHangs();
    assertThatThrownBy(() -> search.search("Nordkap", 5)).isInstanceOf(Unavailable.class).hasMessage("does not answer in 1 s");
    server.then(200, "hello");
    assertThatThrownBy(() -> search.search("Nordkap", 5)).hasMessage("answers in a way that makes no sense");
  }

  @Test
  void googlesPagesAreTurned() {
    var google = search(Kind.GOOGLE);

    assertThat(google.search("Nordkap", 15)).hasSize(15).extracting(WebSearch.Hit::address).doesNotHaveDuplicates();
    assertThat(server.asked).extracting(asked -> asked.query().get("start")).containsExactly("1", "11");
    assertThat(server.asked).extracting(asked -> asked.query().get("num")).containsExactly("10", "5");
  }

  @Test
  void googlesDayIsUsedUp() {
    var google = search(Kind.GOOGLE);
    String body = """
        {"error": {"code": 429, "message": "Quota exceeded for quota metric 'Queries' and limit 'Queries per day' of service \
        'customsearch.googleapis.com' for consumer 'project_number:1'.", "status": "RESOURCE_EXHAUSTED",
          "errors": [{"domain": "global", "reason": "rateLimitExceeded"}]}}""";
    server.then(429, body).then(429, body);

    assertThatThrownBy(() -> google.search("Nordkap", 5)).hasMessage("has no searches left for today");
    assertThatThrownBy(() -> google.search("Nordkap", 5)).hasMessage("is left alone for another 23 hours, as it asked");
  }

  @Test
  void googlesOlderWayToRefuse() {
    var google = search(Kind.GOOGLE);
    server.then(403, """
        {"error": {"code": 403, "message": "Custom Search API has not been used in project 1 before or it is disabled.",
          "status": "PERMISSION_DENIED", "errors": [{"domain": "usageLimits", "reason": "accessNotConfigured"}]}}""");
    assertThatThrownBy(() -> google.search("Nordkap", 5)).hasMessage("does not allow this with our key");
    server.then(403, """
        {"error": {"errors": [{"domain": "usageLimits", "reason": "dailyLimitExceeded", "message": "Daily Limit Exceeded"}],
          "code": 403, "message": "Daily Limit Exceeded"}}""");
    assertThatThrownBy(() -> google.search("Nordkap", 5)).hasMessage("has no searches left for today");
  }

  @Test
  void duckDuckGosLinksAreUnwrapped() {
    assertThat(search(Kind.DUCKDUCKGO).search("Nordkap", 10)).containsExactly(
        new WebSearch.Hit("Nordkap & Co | About", "https://www.nordkap.test/about?a=1&b=2", "Freight forwarding since 1987"),
        new WebSearch.Hit("Nordkap news", "https://news.test/nordkap", ""));
  }

  @Test
  void duckDuckGosPuzzleIsForPeople() {
    var duck = search(Kind.DUCKDUCKGO);
    server.then(202, """
        <html><body><form id="challenge-form"><div class="anomaly-modal__title">Unfortunately, bots use DuckDuckGo too.</div></form></body></html>""");

    assertThatThrownBy(() -> duck.search("Nordkap", 5)).hasMessage("wants to see a person");
    assertThatThrownBy(() -> duck.search("Nordkap", 5)).hasMessage("is left alone for another 10 minutes, as it asked");
  }

  @Test
  void whenGoogleFailsDuckDuckGoAnswers() {
    server.usually(asked -> asked.path().startsWith("/html") ? duckDuckGo(asked) : Answer.json(403, "{}"));
    var providers = server.providers(clock, GoogleSearch.NAME, DuckDuckGo.NAME);
    var both = new SearchInOrder(new GoogleSearch(providers, clock), new DuckDuckGo(providers), new SandboxSearch());

    assertThat(both.search("Nordkap", 5)).hasSize(2);
    int asked = server.asked.size();
    assertThat(both.search(" nordkap ", 5)).hasSize(2);
    assertThat(server.asked).hasSize(asked);

    server.usually(any -> Answer.json(500, ""));
    assertThatThrownBy(() -> both.search("Nordkap again", 5)).isInstanceOf(Unavailable.class).hasMessage(
        "is not to be had: google answers with status 500; duckduckgo answers with status 500");
    assertThat(both.search("Nordkap nordkap-logistik.example", 5)).isNotEmpty();
  }

  @Test
  void withoutAKeyTheSandboxAnswers() {
    var off = ProviderServer.off(GoogleSearch.NAME, DuckDuckGo.NAME);
    var none = new SearchInOrder(new GoogleSearch(off, clock), new DuckDuckGo(off), new SandboxSearch());

    assertThat(none.search("Nordkap Logistik", 5)).isNotEmpty();
  }
}
