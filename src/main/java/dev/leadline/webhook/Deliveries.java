package dev.leadline.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.relay.Carrier;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Undeliverable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Carries what happened to those who subscribed to it. */
@Component
class Deliveries implements Carrier {

  private static final ObjectMapper JSON = new ObjectMapper();
  /** Gone: whoever answers so does not want to be called any more (RFC 9110, 15.5.11). */
  private static final int GONE = 410;

  private final Subscribers subscribers;
  private final Post post;
  private final WebhookSettings settings;
  private final Clock clock;

  Deliveries(Subscribers subscribers, Post post, WebhookSettings settings, Clock clock) {
    this.subscribers = subscribers;
    this.post = post;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String carry(Parcel parcel) {
    var subscription = subscribers.find(parcel.content().get("subscription"))
        .orElseThrow(() -> new Undeliverable("There is no such subscription any more"));
    if (!subscription.on()) throw new Undeliverable("The subscription is switched off");
    Instant now = clock.instant();
    String id = parcel.content().get("event");
    String body = parcel.content().get("body");
    int status;
    try {
      status = post.send(
          subscription.url(),
          Map.of(
              Seal.ID, id,
              Seal.TIME, String.valueOf(now.getEpochSecond()),
              Seal.SIGNATURE, Seal.sign(subscription.secrets(now), id, now, body)),
          body);
    } catch (IOException e) {
      throw new UncheckedIOException("The address " + e.getMessage(), e);
    }
    if (status == GONE) {
      subscribers.change(subscription.id(), known -> known.switchedOff("The address answered 410: gone"));
      throw new Undeliverable("The address answered 410: gone");
    }
    if (status / 100 != 2) throw new UncheckedIOException(new IOException("The address answered with status " + status));
    if (subscription.failures() > 0) subscribers.change(subscription.id(), known -> known.withFailures(0));
    return "Answered with status " + status;
  }

  /** Whoever cannot be reached for so long is not called any more, until a person switches it on again. */
  @Override
  public void gaveUp(Parcel parcel, String because) {
    subscribers.change(parcel.content().get("subscription"), known -> {
      var failed = known.withFailures(known.failures() + 1);
      boolean enough = known.on() && failed.failures() >= settings.giveUp();
      return enough ? failed.switchedOff("%d deliveries in a row were given up".formatted(failed.failures())) : failed;
    });
  }

  @Override
  public String words(RuntimeException failure) {
    if (!(failure instanceof UncheckedIOException why)) return failure.getClass().getSimpleName();
    return why.getMessage().startsWith("The address") ? why.getMessage() : why.getCause().getMessage();
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
