package dev.leadline.replies;

import dev.leadline.mail.smtp.AccessTokens;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** All folders in which mail to us arrives; each is read on its own, what they bring is one. */
@Component
class Inboxes implements SmartLifecycle, HealthIndicator {

  private final Map<String, Inbox> all = new LinkedHashMap<>();
  private volatile boolean running;

  Inboxes(InboxesSettings settings, AccessTokens tokens, Positions positions, Mailroom mailroom, Clock clock) {
    settings.configured().forEach((name, one) -> all.put(name, new Inbox(one, tokens, positions, mailroom, clock)));
  }

  @Override
  public void start() {
    running = true;
    all.values().forEach(Inbox::start);
  }

  @Override
  public void stop() {
    running = false;
    all.values().forEach(Inbox::stop);
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** It is up without reading: what was sent is not lost, and comes when the server is back. */
  @Override
  public Health health() {
    if (all.isEmpty()) return Health.up().withDetail("inbox", "no mail is read").build();
    var health = Health.up();
    all.forEach((name, inbox) -> health.withDetail(name, inbox.standing()));
    return health.build();
  }
}
