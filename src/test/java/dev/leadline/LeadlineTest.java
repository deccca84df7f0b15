package dev.leadline;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * A test of the whole application with everything embedded, on free ports and a data directory of its own.
 *
 * <p>Tests that add no property, mock or configuration of their own share one running application. With {@code
 * @CamundaSpringProcessTest} beside it, a test moves the engine's time and leaves no instance behind.
 */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "leadline.data=target/test-data/${random.uuid}",
      "leadline.embedded.camunda.rest-port=0",
      "leadline.embedded.camunda.grpc-port=0",
      "leadline.embedded.camunda.testing=true",
      "leadline.embedded.mongo.port=0",
      "leadline.embedded.mail.smtp-port=0",
      "leadline.embedded.mail.imap-port=0",
      "camunda.process-test.runtime-mode=remote",
      "leadline.crm.hubspot-secrets=an-old-secret,hubspots-secret",
      "leadline.crm.pipedrive-user=pipedrive",
      "leadline.crm.pipedrive-password=pipedrives-password",
      "leadline.webhook.secrets=whsec_b2xkLXNlY3JldA==,whsec_bmV3LXNlY3JldA==",
      "leadline.webhook.private-addresses=true"
    })
@Import({SentMails.class, People.class})
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface LeadlineTest {}
