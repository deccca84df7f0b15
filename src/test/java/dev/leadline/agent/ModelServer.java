package dev.leadline.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.leadline.model.ModelSettings.Provider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/** A model's server that speaks the provider's protocol and does what the test tells it to, one request at a time. */
public final class ModelServer implements AutoCloseable {

  /** One request as it came in. */
  public record Asked(String path, Headers headers, String body) {}

  private interface Reaction {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  /** How many it was asked at once. */
  public final AtomicInteger most = new AtomicInteger();
  /** Somebody to whom it said at length that it is busy listens no more. */
  final CountDownLatch leftAlone = new CountDownLatch(1);
  private final AtomicInteger now = new AtomicInteger();
  private final Deque<Reaction> reactions = new ConcurrentLinkedDeque<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Provider provider;
  private final HttpServer server;
  /** Of the request that a thread answers; an attribute of the exchange would be everybody's. */
  private final ThreadLocal<String> body = new ThreadLocal<>();
  private volatile Duration latency = Duration.ZERO;

  ModelServer(Provider provider) throws IOException {
    this.provider = provider;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::react);
    server.start();
  }

  /** One that speaks OpenAI's protocol. */
  public static ModelServer openAi() throws IOException {
    return new ModelServer(Provider.OPENAI);
  }

  /** Answers every question, by the request's body, with words of its own. */
  public ModelServer says(UnaryOperator<String> words) {
    reactions.add(exchange -> {
      byte[] bytes = protocol(words.apply(body.get())).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    return this;
  }

  /** Answers with the model's words. */
  public ModelServer says(String words) {
    return answers(200, Map.of(), protocol(words));
  }

  /** Answers with the model's words in a stream, a few letters at a time. */
  ModelServer streams(String words) {
    return streams(words, true);
  }

  /** Answers as it is asked to: in a stream or as a whole. */
  ModelServer saysEither(String words) {
    streams(words);
    Reaction stream = reactions.pollLast();
    says(words);
    Reaction plain = reactions.pollLast();
    reactions.add(exchange -> {
      boolean streaming = asked.getLast().body().replaceAll("\\s", "").contains("\"stream\":true");
      (streaming ? stream : plain).to(exchange);
    });
    return this;
  }

  /** Begins to stream the model's words and closes the connection in the middle. */
  ModelServer breaksOff(String words) {
    return streams(words, false);
  }

  private ModelServer streams(String words, boolean toTheEnd) {
    reactions.add(exchange -> {
      exchange.getResponseHeaders().add(
          "Content-Type", provider == Provider.OLLAMA ? "application/x-ndjson" : "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      var out = exchange.getResponseBody();
      for (String part : streamed(toTheEnd ? words : words.substring(0, words.length() / 2), toTheEnd)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
      exchange.close();
    });
    return this;
  }

  private List<String> streamed(String words, boolean toTheEnd) throws IOException {
    var parts = new ArrayList<String>();
    if (provider == Provider.ANTHROPIC) {
      parts.add(event("message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"m1\",\"type\":\"message\","
          + "\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":11,\"output_tokens\":1}}}"));
      parts.add(event("content_block_start", "{\"type\":\"content_block_start\",\"index\":0,"
          + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}"));
    }
    for (int at = 0; at < words.length(); at += 7) {
      String more = JSON.writeValueAsString(words.substring(at, Math.min(words.length(), at + 7)));
      parts.add(switch (provider) {
        case OPENAI -> "data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" + more + "}}]}\n\n";
        case ANTHROPIC -> event("content_block_delta", "{\"type\":\"content_block_delta\",\"index\":0,"
            + "\"delta\":{\"type\":\"text_delta\",\"text\":" + more + "}}");
        default -> "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":" + more + "},\"done\":false}\n";
      });
    }
    if (!toTheEnd) return parts;
    switch (provider) {
      case OPENAI -> {
        parts.add("data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n");
        parts.add("data: {\"id\":\"c1\",\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":11,"
            + "\"completion_tokens\":7,\"total_tokens\":18}}\n\ndata: [DONE]\n\n");
      }
      case ANTHROPIC -> {
        parts.add(event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}"));
        parts.add(event("message_delta", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
            + "\"usage\":{\"output_tokens\":7}}"));
        parts.add(event("message_stop", "{\"type\":\"message_stop\"}"));
      }
      default -> parts.add("{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,"
          + "\"done_reason\":\"stop\",\"prompt_eval_count\":11,\"eval_count\":7}\n");
    }
    return parts;
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }

  /** Takes so long for every answer that follows. */
  public ModelServer after(Duration latency) {
    this.latency = latency;
    return this;
  }

  public ModelServer answers(int status, Map<String, String> headers, String body) {
    reactions.add(exchange -> {
      headers.forEach(exchange.getResponseHeaders()::add);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    });
    return this;
  }

  /** Calls tools, as OpenAI's protocol has it: names and arguments in turn. */
  public ModelServer calls(String... namesAndArguments) {
    var calls = JSON.createArrayNode();
    for (int i = 0; i < namesAndArguments.length; i += 2) {
      var call = calls.addObject().put("id", "call_" + i).put("type", "function");
      call.putObject("function").put("name", namesAndArguments[i]).put("arguments", namesAndArguments[i + 1]);
    }
    return answers(200, Map.of(), """
        {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,
        "finish_reason":"tool_calls","message":{"role":"assistant","content":null,"tool_calls":%s}}],
        "usage":{"prompt_tokens":900,"completion_tokens":100,"total_tokens":1000}}""".formatted(calls));
  }

  /** Does this before it gives the answer it was told last. */
  public ModelServer butFirst(Runnable before) {
    Reaction last = reactions.pollLast();
    reactions.add(exchange -> {
      before.run();
      last.to(exchange);
    });
    return this;
  }

  /** Forgets what it was asked and told to do. */
  public void reset() {
    asked.clear();
    reactions.clear();
  }

  /** Takes the request and never answers. */
  ModelServer hangs() {
    reactions.add(exchange -> closing.await());
    return this;
  }

  /** Begins to answer and never ends. */
  ModelServer drips() {
    reactions.add(exchange -> {
      exchange.sendResponseHeaders(200, 1000);
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      closing.await();
    });
    return this;
  }

  /** Says that it is busy, and goes on saying so until nobody listens any more. */
  ModelServer isBusyAtLength() {
    reactions.add(exchange -> {
      exchange.getResponseHeaders().add("Retry-After", "0");
      exchange.sendResponseHeaders(429, 0);
      try (var out = exchange.getResponseBody()) {
        while (closing.getCount() > 0) {
          out.write(new byte[64_000]);
          out.flush();
          Thread.sleep(20);
        }
      } catch (IOException gone) {
        leftAlone.countDown();
      }
    });
    return this;
  }

  /** Closes the connection without a word. */
  public ModelServer hangsUp() {
    reactions.add(HttpExchange::close);
    return this;
  }

  public URI url() {
    String base = "http://127.0.0.1:" + server.getAddress().getPort();
    return URI.create(provider == Provider.OLLAMA ? base : base + "/v1");
  }

  private void react(HttpExchange exchange) throws IOException {
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    body.set(text);
    asked.add(new Asked(exchange.getRequestURI().getPath(), exchange.getRequestHeaders(), text));
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    if (latency.isPositive()) LockSupport.parkNanos(latency.toNanos());
    Reaction reaction = reactions.size() > 1 ? reactions.poll() : reactions.peek();
    now.decrementAndGet();
    try {
      reaction.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String protocol(String words) {
    try {
      return switch (provider) {
        case OPENAI -> """
            {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":%s}}],
            "usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18}}"""
            .formatted(JSON.writeValueAsString(words));
        case ANTHROPIC -> """
            {"id":"m1","type":"message","role":"assistant","model":"m","stop_reason":"end_turn",
            "content":[{"type":"text","text":%s}],"usage":{"input_tokens":11,"output_tokens":7}}"""
            .formatted(JSON.writeValueAsString(words));
        case OLLAMA -> """
            {"model":"m","created_at":"2026-03-02T09:00:00Z","done":true,"done_reason":"stop",
            "message":{"role":"assistant","content":%s},"prompt_eval_count":11,"eval_count":7}"""
            .formatted(JSON.writeValueAsString(words));
        case NONE -> throw new IllegalArgumentException();
      };
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
