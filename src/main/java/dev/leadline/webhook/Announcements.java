package dev.leadline.webhook;

import dev.leadline.relay.Relay;
import dev.leadline.timeline.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Turns what happens into messages for those who subscribed. A message carries references, not people: who may know
 * more asks the API for the lead.
 */
@Component
class Announcements {

  static final String TEST = "webhook.test";

  private final Subscribers subscribers;
  private final Relay relay;
  private final WebhookSettings settings;

  Announcements(Subscribers subscribers, @Qualifier("webhookRelay") Relay relay, WebhookSettings settings) {
    this.subscribers = subscribers;
    this.relay = relay;
    this.settings = settings;
  }

  @EventListener
  void happened(Happening happening) {
    var wanted = subscribers.of(happening.event());
    if (wanted.isEmpty()) return;
    String id = id(happening.event() + " " + happening.entry());
    var data = new LinkedHashMap<String, Object>();
    data.put("leadId", happening.leadId());
    data.put("page", settings.address("/leads/" + happening.leadId()));
    data.put("lead", settings.address("/api/v1/leads/" + happening.leadId()));
    String body = body(happening.event(), happening.at(), data);
    wanted.forEach(subscription -> send(subscription, id, happening.event(), happening.leadId(), body));
  }

  void test(Subscription subscription, Instant now) {
    send(
        subscription, id(UUID.randomUUID().toString()), TEST, null,
        body(TEST, now, Map.of("page", settings.address("/webhooks"))));
  }

  /** In order for one lead; one lead does not wait for another. */
  private void send(Subscription subscription, String id, String event, String leadId, String body) {
    relay.add(
        subscription.id() + "/" + id, subscription.id() + "/" + leadId, event, leadId,
        Map.of("subscription", subscription.id(), "event", id, "body", body));
  }

  private static String body(String event, Instant at, Map<String, Object> data) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", event);
    body.put("timestamp", at.toString());
    body.put("data", data.entrySet().stream().collect(
        LinkedHashMap::new, (all, one) -> all.put(one.getKey(), one.getValue().toString()), Map::putAll));
    return Deliveries.json(body);
  }

  private static String id(String of) {
    return "msg_" + UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString().replace("-", "");
  }
}
