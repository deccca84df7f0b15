package dev.leadline.enrichment;

import dev.leadline.lead.PlainText;
import dev.leadline.provider.Provider;
import dev.leadline.provider.Providers;
import dev.leadline.provider.Reply;
import dev.leadline.provider.Unavailable;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.springframework.stereotype.Component;

/**
 * DuckDuckGo's page for browsers without scripts (html.duckduckgo.com/html). It has no contract: it shows a puzzle for
 * people when it takes us for a robot, which we are, and then it is left alone.
 */
@Component
class DuckDuckGo implements WebSearch {

  static final String NAME = "duckduckgo";
  private static final Duration PUZZLED = Duration.ofMinutes(10);
  private static final Pattern TARGET = Pattern.compile("[?&]uddg=([^&]+)");

  private final Provider duck;

  DuckDuckGo(Providers providers) {
    this.duck = providers.named(NAME);
  }

  boolean on() {
    return duck.on();
  }

  void reset() {
    duck.reset();
  }

  @Override
  public List<Hit> search(String query, int limit) {
    var request = HttpRequest.newBuilder(duck.address("/html/?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8)))
        .header("Accept", "text/html")
        .header("User-Agent", "Leadline/1.0")
        .GET().build();
    return duck.ask(request, reply -> hits(reply, limit));
  }

  private static List<Hit> hits(Reply reply, int limit) {
    Document page = Jsoup.parse(reply.text());
    if (reply.status() == 202 || page.selectFirst("#challenge-form, [class*=anomaly-modal]") != null)
      throw new Unavailable(NAME, "wants to see a person", PUZZLED);
    reply.ok();
    var results = page.select(".result:not(.result--ad):has(a.result__a)");
    if (results.isEmpty() && page.selectFirst(".no-results, .result--no-result") == null)
      throw new Unavailable(NAME, "answers in a way that makes no sense");
    return results.stream().map(DuckDuckGo::hit).flatMap(Optional::stream).limit(limit).toList();
  }

  private static Optional<Hit> hit(Element result) {
    Element link = result.selectFirst("a.result__a");
    Element snippet = result.selectFirst(".result__snippet");
    return target(link.attr("href")).map(address -> new Hit(
        PlainText.line(link.text()), address, snippet == null ? "" : PlainText.line(snippet.text())));
  }

  /** Where a link leads; links go over duckduckgo.com/l/ with the target as a parameter, or straight there. */
  private static Optional<String> target(String href) {
    var wrapped = TARGET.matcher(href);
    try {
      String target = wrapped.find() ? URLDecoder.decode(wrapped.group(1), StandardCharsets.UTF_8) : href;
      URI address = URI.create(target);
      String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
      boolean web = (scheme.equals("http") || scheme.equals("https")) && address.getHost() != null;
      return web && !address.getHost().endsWith("duckduckgo.com") ? Optional.of(target) : Optional.empty();
    } catch (IllegalArgumentException notAnAddress) {
      return Optional.empty();
    }
  }
}
