package dev.leadline.web;

import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says in a few lines where everything is, once Leadline is ready. */
@Component
class AddressesAtStart {

  private static final Logger log = LoggerFactory.getLogger("dev.leadline");

  private final Environment settings;

  AddressesAtStart(Environment settings) {
    this.settings = settings;
  }

  @EventListener(ApplicationReadyEvent.class)
  void say() {
    var port = settings.getProperty("local.server.port");
    if (port != null) lines("http://localhost:" + port).forEach(log::info);
  }

  private Stream<String> lines(String leadline) {
    return Stream.of(
        "Leadline      " + leadline,
        "Inbox         " + leadline + "/inbox",
        "Camunda REST  " + settings.getProperty("camunda.client.rest-address", "as configured"),
        "Camunda gRPC  " + settings.getProperty("camunda.client.grpc-address", "as configured"),
        "Mail          " + mail(leadline));
  }

  private String address(String server) {
    return settings.getProperty(server + ".host") + ":" + settings.getProperty(server + ".port", "as usual");
  }

  private String mail(String leadline) {
    var smtp = "SMTP " + address("spring.mail");
    var imap = settings.getProperty("leadline.mail.imap.host");
    var both = imap == null ? smtp : smtp + ", IMAP " + address("leadline.mail.imap");
    return settings.getProperty("leadline.embedded.mail.running", Boolean.class, false)
        ? both + ", " + leadline + "/mailbox"
        : both;
  }
}
