package dev.leadline.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;

/** What is configured about the embedded servers: which are somebody else's, and where ours keep and listen. */
final class Configuration {

  private final Binder binder;

  Configuration(ConfigurableEnvironment environment) {
    // The Camunda starter adds a last source "modes/…" with default addresses; nobody configured those.
    this.binder =
        new Binder(
            ConfigurationPropertySources.from(
                environment.getPropertySources().stream()
                    .filter(source -> !source.getName().startsWith("modes/"))
                    .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                    .toList()),
            new PropertySourcesPlaceholdersResolver(environment));
  }

  boolean wantsCamunda() {
    return !text("camunda.client.mode", "").equals("saas")
        && none("camunda.client.rest-address", "camunda.client.grpc-address", "camunda.client.cloud.cluster-id");
  }

  boolean wantsMongo() {
    return none("spring.data.mongodb.uri", "spring.data.mongodb.host");
  }

  boolean wantsMail() {
    return none("spring.mail.host", "leadline.mail.imap.host");
  }

  Path data() {
    return Path.of(text("leadline.data", "./data"));
  }

  /** Of the address in whose name mail goes out; "" when none is set. */
  String ownDomain() {
    String sender = text("leadline.sender.email", "");
    return sender.substring(sender.lastIndexOf('@') + 1);
  }

  /** Of the application itself. */
  Port webPort() {
    return new Port(text("server.address", "0.0.0.0"), Math.max(0, number("server.port", 8080)), "server.port");
  }

  int number(String property, int otherwise) {
    try {
      return binder.bind(property, Integer.class).orElse(otherwise);
    } catch (RuntimeException e) {
      throw new EmbeddedFailure("The property %s is \"%s\", not a number.".formatted(property, text(property, "")));
    }
  }

  Duration duration(String property, Duration otherwise) {
    try {
      return binder.bind(property, Duration.class).orElse(otherwise);
    } catch (RuntimeException e) {
      throw new EmbeddedFailure(
          "The property %s is \"%s\", not a duration such as 90d.".formatted(property, text(property, "")));
    }
  }

  boolean flag(String property) {
    return binder.bind(property, Boolean.class).orElse(false);
  }

  private String text(String property, String otherwise) {
    return binder.bind(property, String.class).orElse(otherwise);
  }

  private boolean none(String... properties) {
    return Arrays.stream(properties).allMatch(property -> text(property, "").isBlank());
  }
}
