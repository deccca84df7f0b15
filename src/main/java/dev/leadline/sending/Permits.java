package dev.leadline.sending;

import dev.leadline.sending.QueuedTouch.State;
import io.camunda.client.exception.CamundaError;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What the way out asks in the moment of sending, whatever the diagram asked before. */
@Component
public class Permits {

  private final Queue queue;
  private final Holds holds;
  private final MailboxLoads loads;
  private final SendingSettings settings;
  private final Clock clock;

  Permits(Queue queue, Holds holds, MailboxLoads loads, SendingSettings settings, Clock clock) {
    this.queue = queue;
    this.holds = holds;
    this.loads = loads;
    this.settings = settings;
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
          ? stopped()
          : CamundaError.bpmnError("NOT_NOW", "Nothing goes for a while: " + hold.because());
    }
    return queued
        .filter(called -> called.state() == State.CALLED && called.until().isAfter(clock.instant()))
        .map(called -> new Permit(called.mailbox(), called.mustSay()))
        .orElseThrow(() -> CamundaError.bpmnError(
            "NOT_NOW", "It has not, or no longer, its turn: ask-to-send comes before send-email"));
  }

  /** Whether the panic switch lets anything go: asked once more when a mail that was cleared had to wait for a line. */
  public boolean anythingGoes() {
    return holds.of(Hold.EVERYBODY).isEmpty();
  }

  public static RuntimeException stopped() {
    return CamundaError.bpmnError("SENDING_STOPPED", "All sending is stopped");
  }

  /**
   * Ends the turn of a mail that the mail server did not take for now: it waits in the queue, longer each time.
   *
   * @param because what the server said, in words
   * @return false when that went on for too long, so that a person is to look
   */
  public boolean defer(String touch, String because) {
    var queued = queue.find(touch);
    if (queued.isEmpty()) return true;
    Instant now = clock.instant();
    var deferral = Deferral.after(queued.get().deferral(), now, settings, because);
    if (deferral.forTooLong(now, settings)) {
      queue.deferNoMore(touch);
      return false;
    }
    queue.defer(touch, deferral);
    // It began a permit before its end, or later; there is none if its journey has asked anew meanwhile.
    Instant end = queued.get().until();
    if (end != null) loads.giveBack(queued.get().mailbox(), end.minus(settings.permit()));
    return true;
  }

  /** The mail is out. */
  public void used(String touch) {
    queue.remove(touch);
  }
}
