package dev.leadline.enrichment;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.leadline.provider.Unavailable;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Remembers what providers said, in the database and before it in memory, so that nothing is paid for twice: however
 * many ask for the same at once, the provider is asked once.
 */
@Component
class EnrichmentCache {

  private static final Logger log = LoggerFactory.getLogger(EnrichmentCache.class);
  private static final int MOST_IN_MEMORY = 5_000;

  private final CachedAnswers answers;
  private final EnrichmentSettings settings;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ExecutorService threads = Context.taskWrapping(
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("enrich-", 0).factory()));
  private final AsyncCache<String, CachedAnswer> memory = Caffeine.newBuilder()
      .maximumSize(MOST_IN_MEMORY).expireAfterWrite(Duration.ofHours(24)).executor(threads).buildAsync();
  private final Set<String> refreshing = ConcurrentHashMap.newKeySet();

  EnrichmentCache(CachedAnswers answers, EnrichmentSettings settings, MeterRegistry meters, Clock clock) {
    this.answers = answers;
    this.settings = settings;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * What is known.
   *
   * @param asked whether the provider was asked for this, now or in a moment, so that it costs something
   */
  record Known(List<Finding> findings, Instant at, boolean asked) {}

  /**
   * What the provider says, from memory where that will do. What is no longer fresh is returned once more while it is
   * asked for again in the background.
   *
   * @param wanted the fields that decide what is fresh
   * @param mayAsk false when only what is remembered is wanted
   * @return empty when it is not remembered and may not be asked
   * @throws Unavailable as the provider does
   */
  Optional<Known> get(
      String provider, String about, Set<Field> wanted, boolean mayAsk, Supplier<List<Finding>> provided) {
    String key = provider + "/" + about;
    CachedAnswer known = remembered(key);
    if (known != null) {
      boolean fresh = known.askedAt().plus(settings.fresh(wanted)).isAfter(clock.instant());
      boolean again = !fresh && mayAsk && refresh(key, provider, provided);
      if (!fresh) count(provider, "stale");
      return Optional.of(new Known(known.findings(), known.askedAt(), again));
    }
    if (!mayAsk) return Optional.empty();
    var mine = new boolean[1];
    CachedAnswer answer = wait(memory.get(key, (same, executor) -> {
      mine[0] = true;
      return CompletableFuture.supplyAsync(() -> ask(key, provider, provided), executor);
    }));
    count(provider, mine[0] ? "miss" : "memory");
    return Optional.of(new Known(answer.findings(), answer.askedAt(), mine[0]));
  }

  /** Forgets everything. */
  void clear() {
    memory.synchronous().invalidateAll();
    answers.deleteAll();
  }

  private CachedAnswer remembered(String key) {
    String provider = key.substring(0, key.indexOf('/'));
    var here = memory.getIfPresent(key);
    if (here != null && here.isDone() && !here.isCompletedExceptionally() && usable(here.join())) {
      count(provider, "memory");
      return here.join();
    }
    if (here != null && !here.isDone()) return null;
    var stored = answers.findById(key).filter(this::usable);
    stored.ifPresent(answer -> {
      count(provider, "database");
      memory.put(key, CompletableFuture.completedFuture(answer));
    });
    if (stored.isEmpty() && here != null) memory.synchronous().invalidate(key);
    return stored.orElse(null);
  }

  private boolean usable(CachedAnswer answer) {
    return answer.expiresAt().isAfter(clock.instant());
  }

  private CachedAnswer ask(String key, String provider, Supplier<List<Finding>> provided) {
    Instant now = clock.instant();
    return answers.save(new CachedAnswer(key, provider, provided.get(), now, now.plus(settings.keep())));
  }

  /** Whether this call began to ask again; somebody else may be at it. */
  private boolean refresh(String key, String provider, Supplier<List<Finding>> provided) {
    if (!refreshing.add(key)) return false;
    threads.execute(() -> {
      try {
        memory.put(key, CompletableFuture.completedFuture(ask(key, provider, provided)));
      } catch (Unavailable why) {
        log.info("{} {}; what it said before stays", provider, why.getMessage());
      } finally {
        refreshing.remove(key);
      }
    });
    return true;
  }

  private static CachedAnswer wait(CompletableFuture<CachedAnswer> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  private void count(String provider, String result) {
    meters.counter("leadline.enrichment.cache", "provider", provider, "result", result).increment();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
