package dev.leadline.sending;

import dev.leadline.sending.QueuedTouch.State;
import io.camunda.client.exception.CamundaError;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What the way out asks in the moment of sending, whatever the diagram asked before. */
@Component
public class Permits {

  private final Queue queue;
  private final Holds holds;
  private final Clock clock;

  Permits(Queue queue, Holds holds, Clock clock) {
    this.queue = queue;
    this.holds = holds;
    this.clock = clock;
  }

  /**
   * The turn of a mail.
   *
   * @param mailbox id of ours that it goes out from
   */
  public record Permit(String mailbox, MustSay mustSay) {}

  /**
   * Returns the turn of this mail, if it has one.
   *
   * @param touch its id: lead/campaign/number
   * @throws RuntimeException the BPMN error {@code SENDING_STOPPED} while the panic switch is on, {@code NOT_NOW} when
   *     it has no turn, or no more, or nothing goes to this person or company, or nothing leaves our mailbox, for a while
   */
  public Permit require(String touch, String leadId, String address) {
    var queued = queue.find(touch);
    // Who waits for an answer is not kept waiting because of it.
    boolean awaited = queued.filter(waiting -> waiting.kind() == Kind.REPLY).isPresent();
    String mailbox = queued.map(QueuedTouch::mailbox).orElse("");
    for (Hold hold : holds.on(leadId, awaited ? null : Recipients.domain(address), mailbox)) {
      throw hold.who().equals(Hold.EVERYBODY)
          ? CamundaError.bpmnError("SENDING_STOPPED", "All sending is stopped")
          : CamundaError.bpmnError("NOT_NOW", "Nothing goes for a while: " + hold.because());
    }
    return queued
        .filter(called -> called.state() == State.CALLED && called.until().isAfter(clock.instant()))
        .map(called -> new Permit(called.mailbox(), called.mustSay()))
        .orElseThrow(() -> CamundaError.bpmnError(
            "NOT_NOW", "It has not, or no longer, its turn: ask-to-send comes before send-email"));
  }

  /** The mail is out. */
  public void used(String touch) {
    queue.remove(touch);
  }
}
