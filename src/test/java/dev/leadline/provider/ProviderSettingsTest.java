package dev.leadline.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;

class ProviderSettingsTest {

  @Test
  void asDeliveredEveryProviderIsOff() throws IOException {
    assertThat(settings(Map.of()).providers())
        .containsKeys("apollo", "peopledatalabs", "google", "duckduckgo", "hubspot", "salesforce", "pipedrive")
        .allSatisfy((name, own) -> {
          assertThat(own.on()).isFalse();
          assertThat(own.url().getScheme()).isEqualTo("https");
          assertThat(own.timeout()).isEqualTo(Duration.ofSeconds(5));
        });
  }

  @Test
  void theEnvironmentSwitchesThemOn() throws IOException {
    var providers = settings(Map.of(
        "LEADLINE_PROVIDERS_PEOPLEDATALABS_KEY", "k", "LEADLINE_PROVIDERS_DUCKDUCKGO_ENABLED", "true",
        "LEADLINE_PROVIDERS_SALESFORCE_URL", "https://acme.my.salesforce.com",
        "LEADLINE_PROVIDERS_SALESFORCE_REFRESHTOKEN", "r", "LEADLINE_PROVIDERS_SALESFORCE_ID", "i",
        "LEADLINE_PROVIDERS_SALESFORCE_KEY", "s")).providers();

    assertThat(providers.get("peopledatalabs").on()).isTrue();
    assertThat(providers.get("peopledatalabs").url()).isEqualTo(URI.create("https://api.peopledatalabs.com"));
    assertThat(providers.get("duckduckgo").on()).isTrue();
    assertThat(providers.get("apollo").on()).isFalse();
    assertThat(providers.get("salesforce")).satisfies(own -> {
      assertThat(own.url()).isEqualTo(URI.create("https://acme.my.salesforce.com"));
      assertThat(own.refreshToken()).isEqualTo("r");
      assertThat(own.id()).isEqualTo("i");
    });
  }

  @Test
  void whatCannotBeIsRefusedAtTheStart() {
    for (var wrong : Map.of("TIMEOUT", "21s", "PERMINUTE", "0", "ATONCE", "0", "PRICE", "-1").entrySet())
      assertThatThrownBy(() -> settings(Map.of("LEADLINE_PROVIDERS_APOLLO_" + wrong.getKey(), wrong.getValue())))
          .isInstanceOf(BindException.class).hasRootCauseMessage(switch (wrong.getKey()) {
            case "TIMEOUT" -> "leadline.providers.*.timeout must be more than 0 and at most 20 s";
            case "PRICE" -> "leadline.providers.*.price must not be negative";
            default -> "leadline.providers.*.per-minute and .at-once must be at least 1";
          });
  }

  /** As application.yaml and the environment say. */
  private static ProviderSettings settings(Map<String, Object> environment) throws IOException {
    var all = new StandardEnvironment();
    all.getPropertySources().forEach(source -> all.getPropertySources().remove(source.getName()));
    all.getPropertySources().addLast(
        new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    new YamlPropertySourceLoader().load("file", new ClassPathResource("application.yaml"))
        .forEach(all.getPropertySources()::addLast);
    return Binder.get(all).bind("leadline", ProviderSettings.class).get();
  }
}
