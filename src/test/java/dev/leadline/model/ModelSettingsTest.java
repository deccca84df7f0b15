package dev.leadline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.model.ModelSettings.Provider;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ModelSettingsTest {

  @Test
  void aFileAndTheEnvironmentBindAlike() {
    for (PropertySource<?> source : new PropertySource<?>[] {
      new MapPropertySource("file", Map.of(
          "leadline.model.provider", "openai", "leadline.model.name", "large", "leadline.model.api-key", "secret",
          "leadline.model.base-url", "http://models.example/v1", "leadline.model.steps.assess-lead.name", "small",
          "leadline.model.steps.assess-lead.timeout", "5s", "leadline.model.steps.research-lead.provider", "none")),
      new SystemEnvironmentPropertySource("systemEnvironment", Map.of(
          "LEADLINE_MODEL_PROVIDER", "openai", "LEADLINE_MODEL_NAME", "large", "LEADLINE_MODEL_APIKEY", "secret",
          "LEADLINE_MODEL_BASEURL", "http://models.example/v1", "LEADLINE_MODEL_STEPS_ASSESSLEAD_NAME", "small",
          "LEADLINE_MODEL_STEPS_ASSESSLEAD_TIMEOUT", "5s", "LEADLINE_MODEL_STEPS_RESEARCHLEAD_PROVIDER", "none"))
    }) {
      ModelSettings settings = bound(source);

      assertThat(settings.of("draft-outreach").name()).isEqualTo("large");
      assertThat(settings.of("draft-outreach").timeout()).isEqualTo(Duration.ofSeconds(20));
      assertThat(settings.of("assess-lead").name()).isEqualTo("small");
      assertThat(settings.of("assess-lead").timeout()).isEqualTo(Duration.ofSeconds(5));
      assertThat(settings.of("assess-lead").apiKey()).isEqualTo("secret");
      assertThat(settings.of("assess-lead").baseUrl()).hasToString("http://models.example/v1");
      assertThat(settings.of("research-lead").provider()).isEqualTo(Provider.NONE);
    }
  }

  private static ModelSettings bound(PropertySource<?> source) {
    var environment = new StandardEnvironment();
    environment.getPropertySources().addFirst(source);
    return new Binder(ConfigurationPropertySources.get(environment))
        .bind("leadline.model", ModelSettings.class)
        .get();
  }
}
