package dev.leadline.sending;

import dev.leadline.engine.Messages;
import io.camunda.client.CamundaClient;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/** The message touch-may-go. It is kept for a day, for a journey that comes to its wait later than its turn. */
@Component
class TouchMessages implements TouchCalls {

  private static final String MESSAGE = "touch-may-go";
  private static final Duration KEPT = Duration.ofDays(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final CamundaClient camunda;

  TouchMessages(CamundaClient camunda) {
    this.camunda = camunda;
  }

  @Override
  public CompletionStage<?> call(QueuedTouch touch) {
    return camunda.newPublishMessageCommand()
        .messageName(MESSAGE).correlationKey(touch.id()).messageId(touch.call()).timeToLive(KEPT).requestTimeout(TIMEOUT)
        .send()
        .exceptionally(failure -> {
          if (Messages.takenBefore(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure)) return null;
          throw new CompletionException(failure);
        });
  }
}
