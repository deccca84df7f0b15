package dev.leadline.provider;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How each provider is reached and how much of it may be used, under leadline.providers. */
@ConfigurationProperties("leadline")
record ProviderSettings(Map<String, One> providers) {

  ProviderSettings {
    providers = providers == null ? Map.of() : Map.copyOf(providers);
  }

  /**
   * One provider.
   *
   * @param enabled null is: when there is a key
   * @param url of its server, without a path
   * @param id what goes with the key and is no secret: Google's search engine, Salesforce's consumer key
   * @param key from the environment (LEADLINE_PROVIDERS_APOLLO_KEY) and in no file
   * @param refreshToken Salesforce's, if it does not log in by client credentials; from the environment
   * @param timeout for one try, of which there are two at most
   * @param perSecond most questions a second, besides those a minute; 0 is: no limit of its own
   * @param patience how long a question waits for its turn at most, whether too many are asked at once, a second or a minute
   * @param price of one answered question about a company or person, in the currency of the table's cap
   */
  record One(
      Boolean enabled, URI url, String id, String key, String refreshToken,
      @DefaultValue("5s") Duration timeout, @DefaultValue("20s") Duration patience,
      @DefaultValue("60") int perMinute, @DefaultValue("0") int perSecond, @DefaultValue("4") int atOnce,
      @DefaultValue("0") BigDecimal price) {

    One {
      if (!timeout.isPositive() || timeout.compareTo(Duration.ofSeconds(20)) > 0)
        throw new IllegalArgumentException("leadline.providers.*.timeout must be more than 0 and at most 20 s");
      if (perMinute < 1 || atOnce < 1 || perSecond < 0)
        throw new IllegalArgumentException("leadline.providers.*.per-minute and .at-once must be at least 1");
      if (price.signum() < 0) throw new IllegalArgumentException("leadline.providers.*.price must not be negative");
    }

    boolean on() {
      return enabled == null ? key != null && !key.isBlank() : enabled;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
      return "One[%s, %s, %d a minute, %d at once]".formatted(url, timeout, perMinute, atOnce);
    }
  }
}
