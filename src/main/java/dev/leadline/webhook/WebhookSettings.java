package dev.leadline.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls are signed, and how patient we are with those we call, under leadline.webhook.
 *
 * @param secrets of those who call us, several while one follows the other; from the environment and in no file. Without
 *     one every call is refused
 * @param window how old, or how far in the future, the time-stamp of a call may be
 * @param privateAddresses whether a subscription may name an address that the internet cannot reach, or one without TLS
 * @param retry pauses before the second, third, … attempt
 * @param atOnce most deliveries under way at the same time
 * @param giveUp a subscription is switched off after this many deliveries that were given up, one after the other
 * @param keep how long it is shown what was delivered
 * @param publicAddress under which subscribers reach the pages and the API
 */
@ConfigurationProperties("leadline.webhook")
record WebhookSettings(
    List<String> secrets,
    @DefaultValue("5m") Duration window,
    @DefaultValue("false") boolean privateAddresses,
    @DefaultValue({"10s", "1m", "5m", "30m", "2h", "6h", "12h"}) List<Duration> retry,
    @DefaultValue("8") int atOnce,
    @DefaultValue("10") int giveUp,
    @DefaultValue("30d") Duration keep,
    @DefaultValue("http://localhost:8080") URI publicAddress) {

  WebhookSettings {
    secrets = secrets == null ? List.of() : secrets.stream().filter(secret -> !secret.isBlank()).toList();
  }

  URI address(String path) {
    return URI.create(publicAddress.toString().replaceFirst("/+$", "") + path);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "WebhookSettings[%s, %d secrets]".formatted(publicAddress, secrets.size());
  }
}
