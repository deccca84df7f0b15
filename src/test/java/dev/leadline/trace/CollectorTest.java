package dev.leadline.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.leadline.trace.OtlpCollector.Told;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.boot.actuate.autoconfigure.tracing.TracingProperties;
import org.springframework.boot.actuate.autoconfigure.tracing.otlp.OtlpTracingProperties;

class CollectorTest {

  private static final Duration SHORT = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final OtlpCollector otlp = new OtlpCollector();
  private final OtlpTracingProperties where = new OtlpTracingProperties();
  private final TracingProperties settings = new TracingProperties();
  private final Collector collector = new Collector();

  /** It says at length that a collector is away, which is what some of these are about. */
  private static final Logger EXPORTER = Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");

  CollectorTest() {
    EXPORTER.setLevel(Level.OFF);
    settings.getSampling().setProbability(1);
  }

  @AfterEach
  void close() {
    collector.destroy();
    otlp.close();
  }

  @Test
  void withoutAnEndpointNobodyIsTold() {
    where.setEndpoint(" ");
    LeadTraces traces = traces(collector);

    assertThat(traces.on()).isFalse();
    assertThat(traces.root("lead-1", "register-lead", Instant.now())).isSameAs(LeadSpan.NONE);
    try (var span = traces.begin("lead-1", "research-lead").with("a", "b").failed("X")) {
      assertThat(span.child("part")).isSameAs(LeadSpan.current()).isSameAs(LeadSpan.NONE);
      assertThat(MDC.get("traceId")).isNull();
    }
    collector.destroy();
    assertThat(otlp.headers).isEmpty();
  }

  @Test
  void whatHappensToALeadIsOneTraceEvenAfterARestart() {
    where.setEndpoint(otlp.address());
    where.setHeaders(Map.of("Authorization", "Basic c2VjcmV0"));
    var first = traces(collector);
    first.root("lead-1", "register-lead", Instant.now()).close();
    collector.destroy();
    var later = new Collector();
    try (var step = traces(later).begin("lead-1", "send-email")) {
      assertThat(MDC.get("traceId")).isEqualTo(TraceIds.of("lead-1").trace());
      LeadSpan.current().request("send mail").close();
      assertThat(LeadSpan.current()).isSameAs(step);
    }
    later.destroy();
    untilTold(3);

    Told root = otlp.named("register-lead").getFirst();
    assertThat(root.parent()).isEmpty();
    assertThat(otlp.childrenOf(root)).extracting(Told::name).containsExactly("send-email");
    assertThat(otlp.childrenOf(otlp.named("send-email").getFirst())).extracting(Told::name).containsExactly("send mail");
    assertThat(otlp.spans).extracting(Told::trace).containsOnly(root.trace());
    assertThat(otlp.headers).allMatch(sent -> sent.getFirst("Authorization").equals("Basic c2VjcmV0"));
    assertThat(LeadSpan.current()).isSameAs(LeadSpan.NONE);
    assertThat(MDC.get("traceId")).isNull();
  }

  @Test
  void aSampleHasWholeLeads() {
    where.setEndpoint(otlp.address());
    settings.getSampling().setProbability(0.5f);
    var traces = traces(collector);
    IntStream.range(0, 400).forEach(lead -> {
      traces.root("lead-" + lead, "register-lead", Instant.now()).close();
      traces.begin("lead-" + lead, "research-lead").around(span -> {
        span.child("part").close();
        return null;
      });
    });
    collector.destroy();

    await().atMost(PATIENCE).untilAsserted(() -> {
      var sizes = otlp.spans.stream().collect(Collectors.groupingBy(Told::trace, Collectors.counting()));
      assertThat(sizes.values()).containsOnly(3L);
      assertThat(sizes.size()).isCloseTo(200, within(60));
    });
  }

  @Test
  void aBusyCollectorIsAskedAgain() {
    where.setEndpoint(otlp.isBusy(1).address());
    traces(collector).begin("lead-1", "research-lead").close();
    collector.destroy();
    untilTold(1);

    assertThat(otlp.named("research-lead")).hasSize(1);
    assertThat(otlp.headers).hasSize(2);
  }

  @Test
  void nobodyWaitsForACollectorThatHangs() {
    where.setEndpoint(otlp.hangs().address());
    assertThat(tellALot()).isLessThan(SHORT);
    assertThat(otlp.headers).isNotEmpty();
  }

  @Test
  void nobodyWaitsForACollectorThatIsAway() throws IOException {
    try (var taken = new ServerSocket(0)) {
      where.setEndpoint("http://127.0.0.1:" + taken.getLocalPort());
    }
    assertThat(tellALot()).isLessThan(SHORT);
  }

  @Test
  void anEndpointThatIsNoneIsSaidAtTheStart() {
    where.setEndpoint("localhost:4318");
    assertThatThrownBy(() -> traces(collector)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("http");
  }

  private void untilTold(int spans) {
    await().atMost(PATIENCE).until(() -> otlp.spans.size() >= spans);
  }

  private Duration tellALot() {
    var began = Instant.now();
    var traces = traces(collector);
    for (int i = 0; i < 20_000; i++) traces.begin("lead-" + i, "research-lead").close();
    collector.destroy();
    return Duration.between(began, Instant.now());
  }

  private LeadTraces traces(Collector collector) {
    return collector.leadTraces(where, settings, "leadline", false);
  }
}
