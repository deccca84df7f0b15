package dev.leadline.sending;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.annotation.VariablesAsType;
import org.springframework.stereotype.Component;

/** Action step: asks for the turn of one e-mail, and lets it wait in the queue if it is not yet. */
@Component
public class AskToSend {

  private final Line line;

  AskToSend(Line line) {
    this.line = line;
  }

  @JobWorker(type = "ask-to-send")
  public Result handle(@VariablesAsType Input input) {
    return new Result(line.ask(input.leadId(), input.draftId(), input.number()));
  }

  record Input(String leadId, String draftId, int number) {}

  record Result(Clearance clearance) {}

  /**
   * What the journey does next.
   *
   * @param touch id of the touch, by which touch-may-go finds its journey
   * @param verdict now: send it; queued: wait for the message touch-may-go; never: end
   * @param because in words; null for now
   * @param outcome as which the journey ends; null unless it never goes
   */
  record Clearance(String touch, String verdict, String because, String outcome) {}
}
