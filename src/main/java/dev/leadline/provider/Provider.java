package dev.leadline.provider;

import dev.leadline.trace.LeadSpan;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/**
 * One provider, asked so that it can neither hold us up nor be flooded: every try ends in time, only some run at once
 * and a minute, one that keeps failing or asks for peace is left alone for a while.
 */
public final class Provider {

  private static final Duration A_MOMENT = Duration.ofSeconds(2);
  private static final Duration LEFT_ALONE = Duration.ofSeconds(30);
  /** Apollo, People Data Labs, HubSpot and Salesforce say in headers what is left of our quotas. */
  private static final Pattern QUOTA = Pattern.compile("(?i)x-.*(requests-left|remaining)|sforce-limit-info");

  private final String name;
  private final ProviderSettings.One settings;
  private final HttpClient http;
  private final MeterRegistry meters;
  private final Clock clock;
  private final CircuitBreaker breaker;
  private final Semaphore places;
  private final RateLimiter rate;
  private final RateLimiter pace;
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile Instant pausedUntil = Instant.MIN;
  private volatile String lastFailure;
  private volatile Map<String, String> quota = Map.of();

  Provider(String name, ProviderSettings.One settings, HttpClient http, MeterRegistry meters, Clock clock) {
    this.name = name;
    this.settings = settings;
    this.http = http;
    this.meters = meters;
    this.clock = clock;
    this.breaker = CircuitBreaker.of(name, CircuitBreakerConfig.custom()
        .slidingWindowSize(10)
        .minimumNumberOfCalls(5)
        .failureRateThreshold(50)
        .waitDurationInOpenState(LEFT_ALONE)
        .permittedNumberOfCallsInHalfOpenState(2)
        .build());
    this.places = new Semaphore(settings.atOnce(), true);
    this.rate = RateLimiter.of(name, RateLimiterConfig.custom()
        .limitRefreshPeriod(Duration.ofMinutes(1))
        .limitForPeriod(settings.perMinute())
        .timeoutDuration(settings.patience())
        .build());
    this.pace = settings.perSecond() == 0 ? null : RateLimiter.of(name + "-pace", RateLimiterConfig.custom()
        .limitRefreshPeriod(Duration.ofSeconds(1))
        .limitForPeriod(settings.perSecond())
        .timeoutDuration(settings.patience())
        .build());
  }

  public String name() {
    return name;
  }

  /** Whether it has a key, or is switched on without one. */
  public boolean on() {
    return settings.on();
  }

  public BigDecimal price() {
    return settings.price();
  }

  public String key() {
    return settings.key();
  }

  public String id() {
    return settings.id();
  }

  public String refreshToken() {
    return settings.refreshToken();
  }

  /** @param path with leading slash, and query */
  public URI address(String path) {
    return URI.create(settings.url().toString().replaceFirst("/+$", "") + path);
  }

  /**
   * Asks once, and once more where a moment later may help.
   *
   * @param read turns the reply, whatever its status, into an answer; throws Unavailable when it is none
   * @throws Unavailable whenever there is no answer, for whatever reason
   */
  public <T> T ask(HttpRequest request, Function<Reply, T> read) {
    return traced(request, read, status -> status == 429 || status >= 500);
  }

  /**
   * Has something written: like {@link #ask}, but what may have been done already, because the server broke while it
   * did it, is not asked for once more.
   */
  public <T> T tell(HttpRequest request, Function<Reply, T> read) {
    return traced(request, read, status -> status == 429);
  }

  private <T> T traced(HttpRequest request, Function<Reply, T> read, IntPredicate again) {
    return LeadSpan.current().request("ask " + name)
        .with("http.request.method", request.method())
        .with("server.address", request.uri().getHost())
        .around(span -> answer(request, again, reply -> {
          span.with("http.response.status_code", reply.status());
          return read.apply(reply);
        }));
  }

  private <T> T answer(HttpRequest request, IntPredicate again, Function<Reply, T> read) {
    refuseIfPaused();
    if (!breaker.tryAcquirePermission())
      throw refused("is left alone for a moment, because it failed too often");
    try {
      waitForTurn();
    } catch (Unavailable notNow) {
      breaker.releasePermission();
      throw notNow;
    }
    long started = System.nanoTime();
    try {
      T answer = read.apply(reply(request, again));
      breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
      answered.incrementAndGet();
      count("answered", started);
      return answer;
    } catch (Unavailable why) {
      failed(why, started);
      throw why;
    } catch (RuntimeException unexpected) {
      var why = new Unavailable(name, "answers in a way that makes no sense");
      failed(why, started);
      throw why;
    } finally {
      places.release();
    }
  }

  /** Takes a place; all waiting together, for whatever reason, ends when patience does. */
  private void waitForTurn() {
    long deadline = System.nanoTime() + settings.patience().toNanos();
    try {
      if (!isTurn(rate, deadline) || pace != null && !isTurn(pace, deadline))
        throw refused("was asked as often as it may be");
      if (!places.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS))
        throw refused("has as many open questions as it may have");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unavailable(name, "was not waited for");
    }
  }

  private static boolean isTurn(RateLimiter limit, long deadline) throws InterruptedException {
    long wait = limit.reservePermission();
    if (wait < 0 || wait > Math.max(0, deadline - System.nanoTime())) return false;
    TimeUnit.NANOSECONDS.sleep(wait);
    return true;
  }

  private void refuseIfPaused() {
    Duration left = Duration.between(clock.instant(), pausedUntil);
    if (left.isPositive()) throw refused("is left alone for another %s, as it asked".formatted(Reply.inWords(left)));
  }

  private Unavailable refused(String reason) {
    meters.counter("leadline.provider.refused", "provider", name).increment();
    return new Unavailable(name, reason);
  }

  private void failed(Unavailable why, long started) {
    failed.incrementAndGet();
    lastFailure = why.getMessage();
    if (why.leaveAlone().isPositive()) {
      pausedUntil = clock.instant().plus(why.leaveAlone());
      breaker.releasePermission();
    } else {
      breaker.onError(System.nanoTime() - started, TimeUnit.NANOSECONDS, why);
    }
    count("failed", started);
  }

  private void count(String outcome, long started) {
    Timer.builder("leadline.provider.calls")
        .description("Questions to providers of data, search and CRM")
        .tag("provider", name).tag("outcome", outcome)
        .register(meters)
        .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
  }

  /** The second reply when the first was one of those after which a moment later may help. */
  private Reply reply(HttpRequest request, IntPredicate again) {
    Reply first = send(request);
    if (!again.test(first.status())) return first;
    Duration wait = first.retryAfter().orElse(first.status() == 429 ? Duration.ofSeconds(1) : Duration.ofMillis(200));
    if (wait.compareTo(A_MOMENT) > 0) return first;
    sleep(wait.plusMillis(ThreadLocalRandom.current().nextLong(20, 200)));
    return send(request);
  }

  private Reply send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(request, WholeBody::of);
    try {
      var response = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
      remember(response.headers());
      return new Reply(name, response.statusCode(), response.headers(), response.body(), clock.instant());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Unavailable(name, "does not answer in " + Reply.inWords(settings.timeout()));
    } catch (ExecutionException e) {
      boolean tooLarge = e.getCause() instanceof IOException && e.getCause().getMessage() != null
          && e.getCause().getMessage().contains(WholeBody.TOO_LARGE);
      throw new Unavailable(name, tooLarge ? "answers with more than 2 MB" : "cannot be reached");
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new Unavailable(name, "was not waited for");
    }
  }

  private void remember(HttpHeaders headers) {
    var left = new TreeMap<String, String>();
    headers.map().forEach((header, values) -> {
      if (QUOTA.matcher(header).matches() && !values.getFirst().isBlank()) left.put(header, values.getFirst());
    });
    if (!left.isEmpty()) quota = left;
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Forgets failures and pauses. */
  public void reset() {
    breaker.reset();
    pausedUntil = Instant.MIN;
    lastFailure = null;
  }

  /** How it stands, for people. */
  State state() {
    Instant now = clock.instant();
    String words = !on() ? "off"
        : pausedUntil.isAfter(now) ? "left alone until " + pausedUntil
        : switch (breaker.getState()) {
          case OPEN, FORCED_OPEN -> "left alone, because it failed too often";
          case HALF_OPEN -> "tried again";
          default -> "asked";
        };
    return new State(words, answered.get(), failed.get(), lastFailure, quota);
  }

  /**
   * How a provider stands.
   *
   * @param lastFailure null when there was none
   * @param quota what is left of our quotas, in the provider's own words
   */
  record State(String state, long answered, long failed, String lastFailure, Map<String, String> quota) {}
}
