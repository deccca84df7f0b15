package dev.leadline.provider;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A provider's server: answers as the test has recorded it, or misbehaves as it is told to, one request at a time. */
public final class ProviderServer implements AutoCloseable {

  /** One request as it came in. */
  public record Asked(String method, String path, Map<String, String> query, Headers headers, String body) {
    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** One answer. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public static Answer json(String body) {
      return new Answer(200, Map.of(), body);
    }

    public static Answer json(int status, String body) {
      return new Answer(status, Map.of(), body);
    }
  }

  private interface Reaction {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Deque<Reaction> next = new ConcurrentLinkedDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private volatile Function<Asked, Answer> usually = asked -> Answer.json(404, "{}");
  private Duration timeout = Duration.ofSeconds(1);

  public ProviderServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::react);
    server.start();
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it says when it was told nothing else. */
  public ProviderServer usually(Function<Asked, Answer> answer) {
    usually = answer;
    return this;
  }

  /** Whose providers wait as long as they may, for tests in which none is to be slow. */
  public ProviderServer patient() {
    timeout = Duration.ofSeconds(20);
    return this;
  }

  public ProviderServer then(int status, Map<String, String> headers, String body) {
    next.add(exchange -> send(exchange, new Answer(status, headers, body)));
    return this;
  }

  /** Forgets what it was told to say next. @return whether there was anything */
  public boolean forget() {
    boolean any = !next.isEmpty();
    next.clear();
    return any;
  }

  public ProviderServer then(int status, String body) {
    return then(status, Map.of(), body);
  }

  public ProviderServer thenHangs() {
    next.add(exchange -> closing.await());
    return this;
  }

  /** Sends the status, then a byte now and then. */
  public ProviderServer thenDrips() {
    next.add(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      while (closing.getCount() > 0) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
        Thread.sleep(50);
      }
    });
    return this;
  }

  public ProviderServer thenHangsUp() {
    next.add(HttpExchange::close);
    return this;
  }

  private void react(HttpExchange exchange) throws IOException {
    var asked = new Asked(
        exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query(exchange.getRequestURI().getRawQuery()),
        exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    this.asked.add(asked);
    try {
      Reaction told = next.poll();
      if (told != null) told.to(exchange);
      else send(exchange, usually.apply(asked));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) exchange.getResponseBody().write(bytes);
  }

  private static Map<String, String> query(String raw) {
    var query = new LinkedHashMap<String, String>();
    if (raw == null) return query;
    for (String part : raw.split("&")) {
      String[] pair = part.split("=", 2);
      query.merge(decoded(pair[0]), pair.length > 1 ? decoded(pair[1]) : "", (one, two) -> one + "|" + two);
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  /** Providers that are all at this server, with a key, and a time-out of a second unless it is patient. */
  public Providers providers(Clock clock, MeterRegistry meters, String... names) {
    var settings = new LinkedHashMap<String, ProviderSettings.One>();
    for (String name : names)
      settings.put(name, settings(1_000, 4));
    return new Providers(new ProviderSettings(settings), meters, clock);
  }

  public Providers providers(Clock clock, String... names) {
    return providers(clock, new SimpleMeterRegistry(), names);
  }

  ProviderSettings.One settings(int perMinute, int atOnce) {
    return new ProviderSettings.One(
        true, address(), "the-id", "the-secret-key", null, timeout, Duration.ofMillis(200), perMinute, 0, atOnce,
        new BigDecimal("0.10"));
  }

  /** Providers that are known, but have no key. */
  public static Providers off(String... names) {
    var settings = new LinkedHashMap<String, ProviderSettings.One>();
    for (String name : names)
      settings.put(name, new ProviderSettings.One(
          null, URI.create("http://127.0.0.1:1"), null, null, null, Duration.ofSeconds(1), Duration.ofMillis(200), 60, 0, 4, BigDecimal.ONE));
    return new Providers(new ProviderSettings(settings), new SimpleMeterRegistry(), Clock.systemUTC());
  }
}
