package dev.leadline.model;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.leadline.provider.RetryAfter;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How requests reach a model's server: each try ends in time, a busy or broken server is asked once more, and one
 * that keeps failing is left alone.
 *
 * <p>An own client, because LangChain4j's hides the Retry-After header, its time-out ends with the first byte, and it
 * takes platform threads.
 */
final class ModelHttp implements HttpClient, HttpClientBuilder {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  /** One for all: each has a thread of its own beside the virtual ones, and connections to keep. */
  private static final java.net.http.HttpClient HTTP = java.net.http.HttpClient.newBuilder()
      .executor(Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("model-http-", 0).factory()))
      .connectTimeout(Duration.ofSeconds(5))
      .build();

  private final Duration timeout;
  private final CircuitBreaker breaker;

  ModelHttp(Duration timeout, CircuitBreaker breaker) {
    this.timeout = timeout;
    this.breaker = breaker;
  }

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    Try<byte[]> answer = twice(request, BodyHandlers.ofByteArray());
    answer.succeeded();
    return successful(answer.response, answer.response.body());
  }

  /** Reads the stream in the calling thread, to its end or until its time is over. */
  @Override
  public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    Try<InputStream> answer;
    try {
      answer = twice(request, BodyHandlers.ofInputStream());
    } catch (RuntimeException e) {
      listener.onError(e);
      return;
    }
    listener.onOpen(successful(answer.response, null));
    var tooLate = new AtomicBoolean();
    InputStream body = answer.response.body();
    Future<?> watch = CompletableFuture.runAsync(
        () -> {
          tooLate.set(true);
          close(body);
        },
        CompletableFuture.delayedExecutor(
            Math.max(0, timeout.toNanos() - answer.nanos()), TimeUnit.NANOSECONDS, Thread::startVirtualThread));
    var broken = new AtomicReference<Throwable>();
    parser.parse(body, new Passing(listener, broken));
    watch.cancel(false);
    if (broken.get() == null && !tooLate.get()) {
      answer.succeeded();
      listener.onClose();
      return;
    }
    close(body);
    RuntimeException why = tooLate.get() ? new TimeoutException("too slow") : Fault.BROKEN_OFF.raise();
    answer.failed(why);
    listener.onError(why);
  }

  /** Tells the errors of a stream to us, who know better whether its time was over. */
  private record Passing(ServerSentEventListener to, AtomicReference<Throwable> broken)
      implements ServerSentEventListener {
    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      to.onEvent(event, context);
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      to.onEvent(event);
    }

    @Override
    public void onError(Throwable error) {
      broken.compareAndSet(null, error);
    }
  }

  private <T> Try<T> twice(HttpRequest request, BodyHandler<T> handler) {
    Try<T> answer = send(request, handler);
    if (busyOrBroken(answer.response)) {
      Duration wait = wait(answer.response);
      if (wait.compareTo(LONGEST_WAIT) <= 0 && left().compareTo(wait.plus(timeout)) >= 0) {
        leaveUnread(answer.response);
        sleep(wait);
        answer = send(request, handler);
      }
    }
    if (answer.response.statusCode() / 100 == 2) return answer;
    leaveUnread(answer.response);
    // A refusal is an answer; busy or broken was counted already.
    if (busyOrBroken(answer.response)) leaveAlone(answer.response);
    else answer.succeeded();
    throw new HttpException(answer.response.statusCode(), "status " + answer.response.statusCode());
  }

  /** Who asks for more peace than we wait for is not asked again before that is over. */
  private void leaveAlone(HttpResponse<?> response) {
    RetryAfter.of(response.headers(), Instant.now()).filter(wait -> wait.compareTo(LONGEST_WAIT) > 0)
        .ifPresent(breaker::transitionToOpenStateFor);
  }

  private static Duration left() {
    return Call.current().map(Call::left).orElse(Duration.ofDays(1));
  }

  /** One request that was answered, whose end the circuit breaker still waits for. */
  private final class Try<T> {
    private final long started;
    private final HttpResponse<T> response;

    Try(long started, HttpResponse<T> response) {
      this.started = started;
      this.response = response;
    }

    long nanos() {
      return System.nanoTime() - started;
    }

    void succeeded() {
      breaker.onSuccess(nanos(), TimeUnit.NANOSECONDS);
    }

    void failed(Throwable why) {
      breaker.onError(nanos(), TimeUnit.NANOSECONDS, why);
    }
  }

  private <T> Try<T> send(HttpRequest request, BodyHandler<T> handler) {
    if (!breaker.tryAcquirePermission()) throw CallNotPermittedException.createCallNotPermittedException(breaker);
    Call.current().ifPresent(Call::tried);
    long started = System.nanoTime();
    CompletableFuture<HttpResponse<T>> answer = HTTP.sendAsync(jdk(request), handler);
    try {
      var sent = new Try<>(started, answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
      if (busyOrBroken(sent.response)) sent.failed(new IOException("status " + sent.response.statusCode()));
      return sent;
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

  private static SuccessfulHttpResponse successful(HttpResponse<?> response, byte[] body) {
    return SuccessfulHttpResponse.builder()
        .statusCode(response.statusCode())
        .headers(response.headers().map())
        .body(body)
        .build();
  }

  private static java.net.http.HttpRequest jdk(HttpRequest request) {
    var uri = URI.create(request.url());
    var builder = java.net.http.HttpRequest.newBuilder(uri);
    // Without TLS a server is asked to change to HTTP/2 in the middle, which some of those that run models dislike.
    if (uri.getScheme().equals("http")) builder.version(java.net.http.HttpClient.Version.HTTP_1_1);
    request.headers().forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    var body = request.body() == null
        ? BodyPublishers.noBody()
        : BodyPublishers.ofString(request.body(), StandardCharsets.UTF_8);
    return builder.method(request.method().name(), body).build();
  }

  private static void leaveUnread(HttpResponse<?> response) {
    if (response.body() instanceof InputStream unread) close(unread);
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException alreadyGone) {
      // Nothing is read from it any more.
    }
  }

  private static boolean busyOrBroken(HttpResponse<?> response) {
    return response.statusCode() == 429 || response.statusCode() >= 500;
  }

  /** As the server asks, or half a second; never exactly when everybody else comes back. */
  private static Duration wait(HttpResponse<?> response) {
    return RetryAfter.of(response.headers(), Instant.now()).orElse(Duration.ofMillis(500))
        .plusMillis(ThreadLocalRandom.current().nextLong(50, 500));
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
