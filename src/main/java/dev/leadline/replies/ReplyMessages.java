package dev.leadline.replies;

import io.camunda.client.CamundaClient;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** The messages by which journeys hear of what came. */
@Component
class ReplyMessages {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final CamundaClient camunda;

  ReplyMessages(CamundaClient camunda) {
    this.camunda = camunda;
  }

  /**
   * A person has answered: what runs for them by itself ends now.
   *
   * <p>Heard by what listens at this moment only, for a journey that begins later is not meant.
   */
  void answered(String leadId) {
    camunda.newPublishMessageCommand().messageName("lead-answered").correlationKey(leadId)
        .timeToLive(Duration.ZERO).requestTimeout(TIMEOUT).execute();
  }
}
