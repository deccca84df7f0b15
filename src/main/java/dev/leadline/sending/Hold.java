package dev.leadline.sending;

import java.time.Instant;
import java.util.Optional;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Nothing goes to somebody before a time.
 *
 * @param who a lead's id, a company's domain, the id of a campaign's run, one of our mailboxes, or {@link #EVERYBODY}
 * @param until null when somebody has to end it
 * @param by a person's name, or the step that learned of it
 */
@Document("holds")
public record Hold(@Id String who, @Indexed(expireAfter = "0s") Instant until, String because, String by, Instant at) {

  static final String EVERYBODY = "*";
  private static final String MAILBOX = "mailbox:";

  /** As whom one of our mailboxes is held, which then sends nothing. */
  public static String mailbox(String id) {
    return MAILBOX + id;
  }

  /** Which of our mailboxes is meant, if one is. */
  public static Optional<String> heldMailbox(String who) {
    return who.startsWith(MAILBOX) ? Optional.of(who.substring(MAILBOX.length())) : Optional.empty();
  }

  boolean holds(Instant now) {
    return until == null || until.isAfter(now);
  }
}
