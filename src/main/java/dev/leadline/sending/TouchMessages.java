package dev.leadline.sending;

import dev.leadline.engine.Messages;
import java.util.concurrent.CompletionStage;
import org.springframework.stereotype.Component;

/** The message touch-may-go, which a journey may come to later than its turn. */
@Component
class TouchMessages implements TouchCalls {

  private final Messages messages;

  TouchMessages(Messages messages) {
    this.messages = messages;
  }

  @Override
  public CompletionStage<?> call(QueuedTouch touch) {
    return messages.telling("touch-may-go", touch.id(), touch.call());
  }
}
