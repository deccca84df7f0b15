package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.Memory;
import dev.leadline.enrichment.EnrichmentCache.Known;
import dev.leadline.provider.Unavailable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EnrichmentCacheTest {

  private static final Set<Field> SIZE = Set.of(Field.SIZE);

  private final CachedAnswers database = Memory.of(CachedAnswers.class);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final EnrichmentSettings settings = new EnrichmentSettings(
      Duration.ofHours(24), Map.of(Field.FOUNDED, Duration.ofDays(10), Field.LOCATION, Duration.ofHours(1)),
      Duration.ofDays(30));
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Instant now = Instant.parse("2026-03-02T09:00:00Z");
  private final EnrichmentCache cache = cache();

  @AfterEach
  void stop() {
    cache.stop();
  }

  @Test
  void whatWasSaidIsNotAskedAgain() {
    assertThat(ask(SIZE).asked()).isTrue();
    assertThat(ask(SIZE).asked()).isFalse();
    assertThat(ask(SIZE).findings()).extracting(Finding::value).containsExactly("answer 1");

    assertThat(questions).hasValue(1);
    assertThat(counted("miss")).isEqualTo(1);
    assertThat(counted("memory")).isEqualTo(2);
  }

  @Test
  void anotherInstanceFindsItInTheDatabase() {
    ask(SIZE);
    var other = cache();
    assertThat(other.get("apollo", "company/acme.test", SIZE, true, this::answer)).map(Known::asked).contains(false);
    other.stop();

    assertThat(questions).hasValue(1);
    assertThat(counted("database")).isEqualTo(1);
  }

  @Test
  void notKnowingIsAnAnswer() {
    cache.get("apollo", "company/nobody.test", SIZE, true, () -> { questions.incrementAndGet(); return List.of(); });
    cache.get("apollo", "company/nobody.test", SIZE, true, this::answer);

    assertThat(questions).hasValue(1);
  }

  @Test
  void whatIsNoLongerFreshIsUsedOnceMoreWhileItIsAskedForAgain() {
    ask(SIZE);
    now = now.plus(Duration.ofHours(25));

    var stale = ask(SIZE);
    assertThat(stale.findings()).extracting(Finding::value).containsExactly("answer 1");
    assertThat(stale.asked()).isTrue();
    await().untilAsserted(() ->
        assertThat(ask(SIZE).findings()).extracting(Finding::value).containsExactly("answer 2"));
    assertThat(ask(SIZE).asked()).isFalse();
    assertThat(questions).hasValue(2);
    assertThat(counted("stale")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void everyFieldIsFreshForItsOwnTime() {
    ask(SIZE);
    now = now.plus(Duration.ofHours(2));
    assertThat(ask(SIZE).asked()).isFalse();
    assertThat(ask(Set.of(Field.FOUNDED)).asked()).isFalse();
    now = now.plus(Duration.ofDays(5));
    assertThat(ask(Set.of(Field.FOUNDED)).asked()).isFalse();
    assertThat(ask(Set.of(Field.FOUNDED, Field.LOCATION)).asked()).isTrue();
  }

  @Test
  void aRefreshThatFailsLeavesWhatWasKnown() {
    ask(SIZE);
    now = now.plus(Duration.ofHours(25));
    var tried = new CountDownLatch(1);
    cache.get("apollo", "company/acme.test", SIZE, true, () -> {
      tried.countDown();
      throw new Unavailable("apollo", "cannot be reached");
    });
    await().until(() -> tried.getCount() == 0);

    assertThat(cache.get("apollo", "company/acme.test", SIZE, false, this::answer).orElseThrow().findings())
        .extracting(Finding::value).containsExactly("answer 1");
  }

  @Test
  void whatIsTooOldIsForgotten() {
    ask(SIZE);
    now = now.plus(Duration.ofDays(31));

    assertThat(cache.get("apollo", "company/acme.test", SIZE, false, this::answer)).isEmpty();
    assertThat(ask(SIZE).findings()).extracting(Finding::value).containsExactly("answer 2");
  }

  @Test
  void whoeverAsksAtTheSameTimeWaitsForOneAnswer() throws Exception {
    var open = new CountDownLatch(1);
    var started = new CountDownLatch(20);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, 20).mapToObj(i -> threads.submit((Callable<Optional<Known>>) () -> {
        started.countDown();
        return cache.get("apollo", "company/acme.test", SIZE, true, () -> {
          try {
            open.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return answer();
        });
      })).toList();
      started.await();
      open.countDown();
      int paid = 0;
      for (var one : all) if (one.get().orElseThrow().asked()) paid++;
      assertThat(paid).isEqualTo(1);
    }
    assertThat(questions).hasValue(1);
  }

  @Test
  void aFailureIsNotRemembered() {
    assertThatThrownBy(() -> cache.get("apollo", "company/acme.test", SIZE, true, () -> {
      throw new Unavailable("apollo", "cannot be reached");
    })).isInstanceOf(Unavailable.class).hasMessage("cannot be reached");

    assertThat(ask(SIZE).findings()).hasSize(1);
  }

  private Known ask(Set<Field> wanted) {
    return cache.get("apollo", "company/acme.test", wanted, true, this::answer).orElseThrow();
  }

  private List<Finding> answer() {
    return List.of(new Finding(
        Field.SIZE, "answer " + questions.incrementAndGet(), "apollo", LocalDate.of(2026, 3, 2), 80));
  }

  private double counted(String result) {
    return meters.counter("leadline.enrichment.cache", "provider", "apollo", "result", result).count();
  }

  private EnrichmentCache cache() {
    return new EnrichmentCache(database, settings, meters, new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    });
  }
}
