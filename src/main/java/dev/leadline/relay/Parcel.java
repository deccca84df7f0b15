package dev.leadline.relay;

import java.time.Instant;
import java.util.Map;
import org.springframework.data.annotation.Id;

/**
 * Something on its way to somebody else's system.
 *
 * @param id what happened: the same thing is carried once
 * @param lane what must arrive in order among itself, for example everything about one lead
 * @param order place within the lane
 * @param what kind of thing it is, in the words of whoever carries it
 * @param leadId whom it is about; null when nobody
 * @param attempts begun so far
 * @param due not carried before
 * @param heldUntil until when the one that carries it has to be done with it
 * @param because what came of it, or why it was not possible, in words without personal data; null before
 * @param expires when it is forgotten; null as long as it is not done
 */
public record Parcel(
    @Id String id,
    String lane,
    long order,
    String what,
    String leadId,
    Map<String, String> content,
    State state,
    int attempts,
    Instant at,
    Instant due,
    Instant heldUntil,
    String because,
    Instant expires) {

  /** How far it has come. */
  public enum State {
    PENDING,
    DONE,
    /** Given up, until a person sends it again. */
    DEAD
  }

  /** Whether it was tried before, so that it may have arrived. */
  public boolean again() {
    return attempts > 1;
  }

  /** Without the content, which may be about people. */
  @Override
  public String toString() {
    return "Parcel[%s, %s, %s, %d attempts]".formatted(id, what, state, attempts);
  }
}
