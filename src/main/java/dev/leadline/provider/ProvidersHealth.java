package dev.leadline.provider;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says how each provider stands. Leadline works without any of them, so none makes it unhealthy. */
@Component("providersHealthIndicator")
class ProvidersHealth implements HealthIndicator {

  private final Providers providers;

  ProvidersHealth(Providers providers) {
    this.providers = providers;
  }

  @Override
  public Health health() {
    var health = Health.up();
    providers.all().forEach((name, provider) -> health.withDetail(name, provider.on() ? provider.state() : "off"));
    return health.build();
  }
}
