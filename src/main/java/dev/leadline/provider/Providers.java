package dev.leadline.provider;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** All providers there are settings for, by name. */
@Component
public class Providers {

  private final Map<String, Provider> providers = new TreeMap<>();

  @Autowired
  Providers(ProviderSettings settings, MeterRegistry meters, Clock clock) {
    // Redirects are not followed: a provider's address is configured, not found out.
    var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    settings.providers().forEach((name, own) -> providers.put(name, new Provider(name, own, http, meters, clock)));
  }

  public Provider named(String name) {
    Provider provider = providers.get(name);
    if (provider == null) throw new IllegalStateException("leadline.providers.%s is not configured".formatted(name));
    return provider;
  }

  Map<String, Provider> all() {
    return providers;
  }
}
