package dev.leadline.agent;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * How requests reach a model's server: each try ends in time, a busy or broken server is asked once more, and one
 * that keeps failing is left alone.
 *
 * <p>An own client, because LangChain4j's hides the Retry-After header and its time-out ends with the first byte.
 */
final class ModelHttp implements HttpClient, HttpClientBuilder {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final java.net.http.HttpClient http;
  private final Duration timeout;
  private final CircuitBreaker breaker;

  ModelHttp(Duration timeout, CircuitBreaker breaker) {
    this.timeout = timeout;
    this.breaker = breaker;
    this.http = java.net.http.HttpClient.newBuilder()
        .connectTimeout(timeout.compareTo(Duration.ofSeconds(5)) < 0 ? timeout : Duration.ofSeconds(5))
        .build();
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    HttpResponse<byte[]> response = send(request);
    if (busyOrBroken(response)) {
      Duration wait = wait(response);
      if (wait.compareTo(LONGEST_WAIT) <= 0) {
        sleep(wait);
        response = send(request);
      }
    }
    if (response.statusCode() / 100 != 2)
      throw new HttpException(response.statusCode(), "status " + response.statusCode());
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(response.body())
        .build();
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    if (!breaker.tryAcquirePermission()) throw CallNotPermittedException.createCallNotPermittedException(breaker);
    Call.tried();
    long started = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(jdk(request), BodyHandlers.ofByteArray());
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (busyOrBroken(response)) failed(started, new IOException("status " + response.statusCode()));
      else breaker.onSuccess(System.nanoTime() - started, TimeUnit.NANOSECONDS);
      return response;
    } catch (java.util.concurrent.TimeoutException e) {
      answer.cancel(true);
      failed(started, e);
      throw new TimeoutException(e);
    } catch (ExecutionException e) {
      failed(started, e.getCause());
      if (e.getCause() instanceof java.net.http.HttpTimeoutException late) throw new TimeoutException(late);
      throw new UncheckedIOException(new IOException(e.getCause()));
    } catch (InterruptedException e) {
      answer.cancel(true);
      breaker.releasePermission();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void failed(long started, Throwable why) {
    breaker.onError(System.nanoTime() - started, TimeUnit.NANOSECONDS, why);
  }

  private static java.net.http.HttpRequest jdk(HttpRequest request) {
    var builder = java.net.http.HttpRequest.newBuilder(URI.create(request.url()));
    request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    var body = request.body() == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8);
    return builder.method(request.method().name(), body).build();
  }

  private static boolean busyOrBroken(HttpResponse<?> response) {
    return response.statusCode() == 429 || response.statusCode() >= 500;
  }

  /** As the server asks, or half a second; never exactly when everybody else comes back. */
  private static Duration wait(HttpResponse<?> response) {
    Duration asked = response.headers().firstValue("retry-after").map(ModelHttp::retryAfter).orElse(null);
    return (asked == null ? Duration.ofMillis(500) : asked)
        .plusMillis(ThreadLocalRandom.current().nextLong(50, 500));
  }

  private static Duration retryAfter(String header) {
    try {
      if (header.chars().allMatch(Character::isDigit)) return Duration.ofSeconds(Long.parseLong(header));
      Instant then = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), then);
      return left.isNegative() ? Duration.ZERO : left;
    } catch (DateTimeParseException | NumberFormatException e) {
      return null;
    }
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    throw new UnsupportedFeatureException("answers are not streamed");
  }

  @Override
  public Duration connectTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder connectTimeout(Duration ignored) {
    return this;
  }

  @Override
  public Duration readTimeout() {
    return timeout;
  }

  @Override
  public HttpClientBuilder readTimeout(Duration ignored) {
    return this;
  }

  @Override
  public HttpClient build() {
    return this;
  }
}
