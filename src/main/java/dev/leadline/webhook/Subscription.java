package dev.leadline.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody who wants to be told what happens to leads.
 *
 * @param events their names, or * for all
 * @param secret by which they know that it is us
 * @param formerSecret signs too until formerUntil; null when there is none
 * @param failures deliveries given up, one after the other
 * @param off why it is switched off; null when it is on
 */
@Document("webhook_subscriptions")
record Subscription(
    @Id String id, @Version Long version, URI url, List<String> events, String secret, String formerSecret,
    Instant formerUntil, int failures, String off, Instant createdAt) {

  static final String ALL = "*";
  private static final Duration OVERLAP = Duration.ofHours(24);

  boolean on() {
    return off == null;
  }

  boolean wants(String event) {
    return on() && (events.contains(ALL) || events.contains(event));
  }

  List<String> secrets(Instant now) {
    boolean former = formerSecret != null && now.isBefore(formerUntil);
    return former ? Stream.of(secret, formerSecret).toList() : List.of(secret);
  }

  Subscription withSecret(String next, Instant now) {
    return new Subscription(id, version, url, events, next, secret, now.plus(OVERLAP), failures, off, createdAt);
  }

  Subscription withEvents(List<String> events) {
    return new Subscription(
        id, version, url, List.copyOf(events), secret, formerSecret, formerUntil, failures, off, createdAt);
  }

  Subscription switchedOff(String because) {
    return new Subscription(
        id, version, url, events, secret, formerSecret, formerUntil, failures, because, createdAt);
  }

  Subscription switchedOn() {
    return new Subscription(id, version, url, events, secret, formerSecret, formerUntil, 0, null, createdAt);
  }

  Subscription withFailures(int failures) {
    return new Subscription(
        id, version, url, events, secret, formerSecret, formerUntil, failures, off, createdAt);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "Subscription[%s, %s]".formatted(id, events);
  }
}
