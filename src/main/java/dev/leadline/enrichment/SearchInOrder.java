package dev.leadline.enrichment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.leadline.agent.BeginsAnew;
import dev.leadline.agent.tools.RunAgent;
import dev.leadline.provider.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Primary;
import org.springframework.stereotype.Component;

/**
 * The search that everybody uses: Google, else DuckDuckGo, as far as they are switched on. Without either, and for
 * whatever names a company of the samples, the sandbox.
 */
@Primary
@Component
class SearchInOrder implements WebSearch, BeginsAnew {

  private final GoogleSearch google;
  private final DuckDuckGo duck;
  private final SandboxSearch sandbox;
  private final Cache<String, List<Hit>> recent =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofHours(24)).build();

  SearchInOrder(GoogleSearch google, DuckDuckGo duck, SandboxSearch sandbox) {
    this.google = google;
    this.duck = duck;
    this.sandbox = sandbox;
  }

  @Override
  public List<Hit> search(String query, int limit) {
    if (limit < 1 || limit > 20) throw new IllegalArgumentException("limit is 1 to 20");
    var engines = new ArrayList<WebSearch>();
    if (google.on()) engines.add(google);
    if (duck.on()) engines.add(duck);
    if (engines.isEmpty() || query.toLowerCase(Locale.ROOT).contains(".example")) return sandbox.search(query, limit);

    String key = limit + " " + query.strip().toLowerCase(Locale.ROOT);
    List<Hit> known = recent.getIfPresent(key);
    if (known != null) return known;
    var reasons = new ArrayList<String>();
    for (WebSearch engine : engines) {
      try {
        List<Hit> hits = engine.search(query, limit);
        recent.put(key, hits);
        return hits;
      } catch (Unavailable why) {
        reasons.add(why.provider() + " " + why.getMessage());
      }
    }
    throw new Unavailable("web search", "is not to be had: " + String.join("; ", reasons));
  }

  @Override
  public String step() {
    return RunAgent.STEP;
  }

  @Override
  public void beginAnew() {
    recent.invalidateAll();
    google.reset();
    duck.reset();
  }
}
