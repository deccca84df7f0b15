package dev.leadline.suppression;

import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An address that gets no more mail from us.
 *
 * @param address in normal form
 * @param by a person's name, or what learned of it
 * @param journey whether the journey of the lead with this address has been told
 */
@Document("suppressions")
public record Suppression(
    @Id String address, Reason reason, @Indexed Instant at, String by, @Indexed Told journey) {

  public enum Reason {
    UNSUBSCRIBED("they unsubscribed", Actor.LEAD),
    DO_NOT_CONTACT("one of us said not to contact them", Actor.PERSON),
    BOUNCED("their mailbox does not exist", Actor.SYSTEM),
    COMPLAINED("they complained about a mail", Actor.LEAD),
    OBJECTED("they objected to being contacted", Actor.LEAD);

    private final String words;
    private final Actor actor;

    Reason(String words, Actor actor) {
      this.words = words;
      this.actor = actor;
    }

    public String words() {
      return words;
    }

    /** Whose doing it was. */
    Actor actor() {
      return actor;
    }
  }

  public enum Told {
    PENDING,
    TOLD
  }

  Suppression told() {
    return new Suppression(address, reason, at, by, Told.TOLD);
  }
}
