package dev.leadline.mail;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Action step: sends one approved e-mail of a draft, once. */
@Component
public class SendEmail {

  private final Outbox outbox;

  SendEmail(Outbox outbox) {
    this.outbox = outbox;
  }

  @JobWorker(type = "send-email")
  public Result handle(@VariablesAsType Input input) {
    return new Result(new Sent(outbox.send(input.leadId(), input.draftId(), input.number())));
  }

  record Input(String leadId, String draftId, int number) {}

  record Result(Sent touch) {}

  record Sent(String messageId) {}
}
