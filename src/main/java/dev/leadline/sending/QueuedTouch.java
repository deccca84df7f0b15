package dev.leadline.sending;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A mail that waits for its turn, or has it and is not out yet.
 *
 * @param id of the touch: lead/campaign/number
 * @param mailbox id of ours that it waits for
 * @param company domain of the recipient's company, or null
 * @param rank the earlier, the sooner: when it asked, and what its kind can wait
 * @param notBefore it is not looked at before; whether it then may go is seen then
 * @param because what it waits for, in words
 * @param turns how often it had its turn
 * @param until its turn ends then; null while it waits
 * @param mustSay what it has to say beside its words; null while it waits
 * @param told whether its journey knows that it has its turn
 * @param deferral that a mail server did not take it when it had its turn; null when none was asked or none said so
 */
@Document("outbox")
@CompoundIndex(name = "line", def = "{'state': 1, 'rank': 1}")
@CompoundIndex(name = "due", def = "{'state': 1, 'notBefore': 1}")
record QueuedTouch(
    @Id String id, @Indexed String leadId, String draftId, int number, Kind kind, String mailbox,
    @Indexed String company, State state,
    Instant askedAt, Instant rank, Instant notBefore, String because, int turns, Instant until,
    MustSay mustSay, boolean told, Deferral deferral) {

  enum State {
    WAITING,
    /** It has its turn, as long as {@code until} says. */
    CALLED
  }

  /** As the message to its journey is named, so that it counts once. */
  String call() {
    return id + "/" + until.toEpochMilli();
  }
}
