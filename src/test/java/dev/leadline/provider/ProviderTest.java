package dev.leadline.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.provider.ProviderServer.Answer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Status;

class ProviderTest {

  private final Hands clock = new Hands();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ProviderServer server = new ProviderServer().usually(asked -> Answer.json("{\"said\": \"yes\"}"));
  private final Provider provider = provider(1_000, 4);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anAnswerIsReadAndCounted() {
    assertThat(said()).isEqualTo("yes");
    assertThat(meters.timer("leadline.provider.calls", "provider", "acme", "outcome", "answered").count()).isEqualTo(1);
  }

  @Test
  void busyForAMomentIsAskedOnceMore() {
    server.then(429, Map.of("Retry-After", "1"), "{}");

    assertThat(said()).isEqualTo("yes");
    assertThat(server.asked).hasSize(2);
  }

  @Test
  void busyForLongerIsLeftAloneForAsLong() {
    server.then(429, Map.of("Retry-After", "1800"), "{}");

    assertThatThrownBy(this::said).isInstanceOf(Unavailable.class).hasMessage("asks to be left alone for 30 minutes");
    assertThatThrownBy(this::said).hasMessage("is left alone for another 30 minutes, as it asked");
    assertThat(server.asked).hasSize(1);

    clock.move(Duration.ofMinutes(31));
    assertThat(said()).isEqualTo("yes");
  }

  @Test
  void aDateSaysWhenAsWell() {
    server.then(503, Map.of("Retry-After", "Mon, 02 Mar 2026 09:10:00 GMT"), "");
    assertThatThrownBy(this::said).hasMessage("answers with status 503");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void brokenForAMomentIsAskedOnceMore() {
    server.then(503, "<html>");
    assertThat(said()).isEqualTo("yes");

    server.then(500, "").then(502, "");
    assertThatThrownBy(this::said).hasMessage("answers with status 502");
  }

  @Test
  void whatIsNoAnswerSaysWhy() {
    server.then(401, "Invalid access credentials.");
    assertThatThrownBy(this::said).hasMessage("does not accept our key");
    server.then(403, "{}");
    assertThatThrownBy(this::said).hasMessage("does not allow this with our key");
    server.then(200, "<html>Welcome to the hotel network</html>");
    assertThatThrownBy(this::said).hasMessage("answers in a way that makes no sense");
    server.then(200, "");
    assertThatThrownBy(this::said).hasMessage("answers in a way that makes no sense");
  }

  @Test
  void aReplyThatIsTooLargeOrBreaksOffIsNone() {
    server.then(200, "{\"said\": \"" + "x".repeat(2_000_001) + "\"}");
    assertThatThrownBy(this::said).hasMessage("answers with more than 2 MB");
    // The JDK's client itself tries a GET again, some times, when the line breaks.
    for (int i = 0; i < 10; i++) server.thenHangsUp();
    assertThatThrownBy(this::said).hasMessage("cannot be reached");
  }

  @Test
  void aServerThatHangsOrDripsIsLeftInTime() {
    server.thenHangs();
    assertThatThrownBy(this::said).hasMessage("does not answer in 1 s");
    server.thenDrips();
    assertThatThrownBy(this::said).hasMessage("does not answer in 1 s");
  }

  @Test
  void whoFailsTooOftenIsLeftAlone() {
    for (int i = 0; i < 5; i++) {
      server.then(200, "nonsense");
      assertThatThrownBy(this::said).hasMessage("answers in a way that makes no sense");
    }
    assertThatThrownBy(this::said).hasMessage("is left alone for a moment, because it failed too often");
    assertThat(server.asked).hasSize(5);
    assertThat(provider.state().state()).isEqualTo("left alone, because it failed too often");
    assertThat(provider.state().lastFailure()).isEqualTo("answers in a way that makes no sense");

    provider.reset();
    assertThat(said()).isEqualTo("yes");
  }

  @Test
  void noMoreIsAskedInAMinuteThanAgreed() {
    var provider = provider(2, 4);
    said(provider);
    said(provider);
    assertThatThrownBy(() -> said(provider)).hasMessage("was asked as often as it may be");
    assertThat(meters.counter("leadline.provider.refused", "provider", "acme").count()).isEqualTo(1);
  }

  @Test
  void noMoreIsAskedAtOnceThanAgreed() throws Exception {
    var provider = provider(1_000, 1);
    var inside = new CountDownLatch(1);
    var done = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit((Callable<String>) () -> provider.ask(request(provider), reply -> {
        inside.countDown();
        try {
          done.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return "first";
      }));
      inside.await();
      assertThatThrownBy(() -> said(provider)).hasMessage("has as many open questions as it may have");
      done.countDown();
      assertThat(first.get()).isEqualTo("first");
    }
    assertThat(said(provider)).isEqualTo("yes");
  }

  @Test
  void whoWaitsForMoreThanOneReasonWaitsNoLongerThanForOne() throws Exception {
    var provider = new Provider(
        "acme",
        new ProviderSettings.One(
            true, server.address(), "id", "key", null, Duration.ofSeconds(20), Duration.ofSeconds(3), 1_000, 1, 1,
            BigDecimal.ZERO),
        HttpClient.newHttpClient(), meters, clock);
    server.thenHangs();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> said(provider));
      await().until(() -> server.asked.size() == 1);
      long began = System.nanoTime();
      var others = Stream.generate(() -> threads.submit(() -> said(provider))).limit(3).toList();

      for (var other : others)
        assertThatThrownBy(other::get).hasRootCauseInstanceOf(Unavailable.class);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      first.cancel(true);
    }
  }

  @Test
  void aBrokenProviderDoesNotMakeLeadlineUnhealthy() {
    var providers = server.providers(clock, "acme", "other");
    server.then(402, "{}");
    assertThatThrownBy(() -> said(providers.named("acme"))).hasMessage("has no credits left for us");

    var health = new ProvidersHealth(providers).health();
    assertThat(health.getStatus()).isEqualTo(Status.UP);
    assertThat(health.getDetails().get("acme").toString())
        .contains("left alone until 2026-03-02T10:00:00Z").contains("has no credits left for us");
    assertThat(new ProvidersHealth(ProviderServer.off("acme")).health().getDetails()).containsEntry("acme", "off");
  }

  @Test
  void whatIsLeftOfTheQuotasIsShown() {
    server.then(200, Map.of("x-24-hour-requests-left", "1993", "x-minute-requests-left", "", "Date", "x"), "{\"said\": \"yes\"}");
    said();
    said();

    assertThat(provider.state().quota()).containsExactly(Map.entry("x-24-hour-requests-left", "1993"));
  }

  @Test
  void theKeyIsInNoText() {
    assertThat(server.settings(1, 1).toString()).doesNotContain("secret");
    assertThat(new ProviderSettings(Map.of("acme", server.settings(1, 1))).toString()).doesNotContain("secret");
  }

  private Provider provider(int perMinute, int atOnce) {
    return new Provider("acme", server.settings(perMinute, atOnce), HttpClient.newHttpClient(), meters, clock);
  }

  private String said() {
    return said(provider);
  }

  private static String said(Provider provider) {
    return provider.ask(request(provider), reply -> {
      JsonNode json = reply.ok().json();
      return json.path("said").asText();
    });
  }

  private static HttpRequest request(Provider provider) {
    return HttpRequest.newBuilder(provider.address("/")).GET().build();
  }

  /** A clock that a test moves. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    void move(Duration by) {
      now = now.plus(by);
    }

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
  }
}
