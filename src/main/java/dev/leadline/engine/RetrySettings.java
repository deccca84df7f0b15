package dev.leadline.engine;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a failed job waits before it is tried again.
 *
 * @param backoff the wait before the first, second, … retry; the last one also counts for every later retry
 */
@ConfigurationProperties("leadline.retry")
record RetrySettings(@DefaultValue({"10s", "60s"}) List<Duration> backoff) {

  RetrySettings {
    if (backoff.isEmpty()) throw new IllegalArgumentException("leadline.retry.backoff needs at least one wait");
  }

  /** @param failures how often the job has failed already, this time included */
  Duration before(int failures) {
    return backoff.get(Math.clamp(failures - 1, 0, backoff.size() - 1));
  }
}
