package dev.leadline.trace;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** A collector of traces that speaks OTLP over HTTP, binary, as OpenTelemetry's own classes read it. */
public final class OtlpCollector implements AutoCloseable {

  /** One span as it came in; ids in hexadecimal, parent "" for a root. */
  public record Told(
      String trace, String id, String parent, String name, Span.SpanKind kind, long began, long ended, boolean failed,
      Map<String, String> attributes) {

    public String get(String attribute) {
      return attributes.get(attribute);
    }

    private static Told of(Span span) {
      return new Told(
          hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()), span.getName(), span.getKind(),
          span.getStartTimeUnixNano(), span.getEndTimeUnixNano(),
          span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR, map(span.getAttributesList()));
    }
  }

  public final List<Told> spans = new CopyOnWriteArrayList<>();
  /** Everything that came in, as text. */
  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<Headers> headers = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final HttpServer server;
  private volatile boolean hanging;

  public OtlpCollector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  /** To look at traces by hand: says where it is, and tells every lead's story when Enter is pressed. */
  public static void main(String[] arguments) throws IOException {
    try (var collector = new OtlpCollector()) {
      System.out.println("management.otlp.tracing.endpoint=" + collector.address());
      while (System.in.read() >= 0)
        collector.spans.stream().filter(span -> span.parent().isEmpty())
            .forEach(root -> System.out.println(collector.story(root)));
    }
  }

  /** Without a path. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Says so many times that it is too busy. */
  public OtlpCollector isBusy(int times) {
    refusals.set(times);
    return this;
  }

  /** Takes requests and never answers. */
  public OtlpCollector hangs() {
    hanging = true;
    return this;
  }

  private void receive(HttpExchange exchange) throws IOException {
    headers.add(exchange.getRequestHeaders());
    if (hanging) await();
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    var body = zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
    var request = ExportTraceServiceRequest.parseFrom(body);
    requests.add(request.toString());
    request.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(Told::of)
        .forEach(spans::add);
    byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void await() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public List<Told> named(String name) {
    return spans.stream().filter(span -> span.name().equals(name)).toList();
  }

  public Stream<Told> childrenOf(Told parent) {
    return spans.stream().filter(span -> span.parent().equals(parent.id()))
        .sorted(Comparator.comparingLong(Told::began));
  }

  /** All of a trace that begins with the root, indented, in order of time. */
  public String story(Told root) {
    var story = new StringBuilder();
    tell(root, root.began(), "", story);
    return story.toString();
  }

  private void tell(Told span, long began, String indent, StringBuilder story) {
    story.append("%8.3f s %9.3f ms  %s%s%s %s%n".formatted(
        (span.began() - began) / 1e9, (span.ended() - span.began()) / 1e6, indent, span.name(),
        span.failed() ? " !" : "", span.attributes()));
    childrenOf(span).forEach(child -> tell(child, began, indent + "  ", story));
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static Map<String, String> map(List<KeyValue> attributes) {
    return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, attribute -> text(attribute.getValue())));
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case ARRAY_VALUE -> value.getArrayValue().getValuesList().stream().map(OtlpCollector::text).toList().toString();
      default -> value.toString();
    };
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
