package dev.leadline.embedded;

import dev.leadline.embedded.RunningServers.Server;
import dev.leadline.embedded.camunda.EmbeddedCamunda;
import dev.leadline.embedded.camunda.view.Retention;
import dev.leadline.embedded.mail.EmbeddedMail;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts Camunda, MongoDB and a mail server in this JVM, each only if its address is not configured, and puts the
 * addresses where their clients look for them.
 *
 * <p>They start before the first bean and end after the last one. Each that runs sets {@code
 * leadline.embedded.camunda.running}, {@code .mongo.running} or {@code .mail.running} to true. The exit codes of a
 * failed start are those of {@link EmbeddedFailure}.
 */
final class EmbeddedServers implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  private static final Logger log = LoggerFactory.getLogger(EmbeddedServers.class);
  private static final String HOST = "127.0.0.1";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Configuration configuration = new Configuration(context.getEnvironment());
    if (context instanceof WebServerApplicationContext) {
      configuration.webPort().requireFree();
    }
    if (configuration.wantsCamunda() || configuration.wantsMongo() || configuration.wantsMail()) {
      long before = System.nanoTime();
      RunningServers servers = start(configuration);
      log.info("Embedded servers ready in {} ms", (System.nanoTime() - before) / 1_000_000);
      attach(servers, context);
    }
  }

  private static RunningServers start(Configuration configuration) {
    DataDirectory data = DataDirectory.open(configuration.data());
    List<Callable<Server>> starts = new ArrayList<>();
    if (configuration.wantsCamunda()) {
      starts.add(() -> camunda(configuration, data));
    }
    if (configuration.wantsMongo()) {
      starts.add(() -> mongo(configuration, data));
    }
    if (configuration.wantsMail()) {
      starts.add(() -> mail(configuration, data));
    }
    return RunningServers.start(data, starts);
  }

  private static void attach(RunningServers servers, ConfigurableApplicationContext context) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("embeddedServers", servers.properties()));
    HealthIndicator health = servers::health;
    context.getBeanFactory().registerSingleton("embeddedServersHealthIndicator", health);
    // Beans are destroyed in reverse order of registration: this one, the first, after all others.
    DisposableBean end = servers::close;
    ((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean("embeddedServers", end);
    // A context that fails before it has beans destroys none.
    ApplicationListener<ApplicationFailedEvent> failed = event -> servers.close();
    context.addApplicationListener(failed);
  }

  private static Server camunda(Configuration configuration, DataDirectory data) {
    EmbeddedCamunda camunda =
        EmbeddedCamunda.start(
            new EmbeddedCamunda.Settings(
                data.resolve("camunda"),
                HOST,
                configuration.number("leadline.embedded.camunda.rest-port", 8088),
                configuration.number("leadline.embedded.camunda.grpc-port", 26500),
                configuration.flag("leadline.embedded.camunda.testing"),
                new Retention(
                    configuration.duration("leadline.embedded.camunda.history.keep-for", Retention.DEFAULT.keepFor()),
                    configuration.number("leadline.embedded.camunda.history.keep", Retention.DEFAULT.keep()))));
    String rest = camunda.restAddress().toString();
    String grpc = camunda.grpcAddress().toString();
    return new Server(
        camunda,
        Map.of(
            "camunda.client.mode", "self-managed",
            "camunda.client.auth.method", "none",
            "camunda.client.rest-address", rest,
            "camunda.client.grpc-address", grpc,
            "camunda.process-test.remote.client.rest-address", rest,
            "camunda.process-test.remote.client.grpc-address", grpc,
            "camunda.process-test.remote.camunda-monitoring-api-address", camunda.monitoringAddress().toString(),
            "leadline.embedded.camunda.running", true),
        camunda::trouble);
  }

  private static Server mongo(Configuration configuration, DataDirectory data) {
    EmbeddedMongo mongo =
        EmbeddedMongo.start(
            new EmbeddedMongo.Settings(
                data.resolve("mongo"), HOST, configuration.number("leadline.embedded.mongo.port", 27017)));
    return new Server(
        mongo,
        Map.of("spring.data.mongodb.uri", mongo.uri(), "leadline.embedded.mongo.running", true),
        mongo::trouble);
  }

  private static Server mail(Configuration configuration, DataDirectory data) {
    EmbeddedMail mail =
        EmbeddedMail.start(
            new EmbeddedMail.Settings(
                data.resolve("mail"),
                HOST,
                configuration.number("leadline.embedded.mail.smtp-port", 3025),
                configuration.number("leadline.embedded.mail.imap-port", 3143),
                configuration.number("leadline.embedded.mail.keep", 3_000),
                configuration.ownDomain()));
    return new Server(
        mail,
        Map.of(
            "spring.mail.host", HOST,
            "spring.mail.port", mail.smtpPort(),
            "leadline.mail.imap.host", HOST,
            "leadline.mail.imap.port", mail.imapPort(),
            "leadline.mail.imap.username", mail.username(),
            "leadline.mail.imap.password", mail.password(),
            "leadline.mail.inbox.username", mail.ownUsername(),
            "leadline.embedded.mail.running", true),
        () -> null);
  }
}
