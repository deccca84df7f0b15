package dev.leadline.booking;

import dev.leadline.calendar.Ics;
import dev.leadline.calendar.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A meeting of a lead with a host, from the first proposal to what came of it.
 *
 * @param id of the lead, the process instance and how many proposals it made
 * @param zone of the lead
 * @param minutes long
 * @param proposed the starts that were held for the lead
 * @param heldUntil when they are free again
 * @param start the time that was chosen, later booked; null before
 * @param sequence of the invitation: 0 at first, one more with every change
 * @param answer of the lead's calendar program to the invitation as it is now; null before
 * @param token opens the lead's page of this meeting
 * @param pending a message to the journey that the engine has not taken yet; null when there is none
 * @param because how it ended, in a word; null before
 */
@Document("meetings")
@CompoundIndex(def = "{'host': 1, 'proposedAt': 1}")
@CompoundIndex(def = "{'state': 1, 'start': 1}")
public record Meeting(
    @Id String id,
    @Version Long version,
    @Indexed String leadId,
    String host,
    State state,
    String zone,
    int minutes,
    List<Instant> proposed,
    Instant heldUntil,
    Instant start,
    int sequence,
    Ics.Answer answer,
    @Indexed(unique = true) String token,
    @Indexed(sparse = true) String pending,
    String because,
    Instant proposedAt,
    Instant changedAt) {

  /** How far it has come. */
  public enum State {
    /** Times are held for the lead to choose from. */
    PROPOSED,
    /** The lead chose one, or a colleague for them. */
    CHOSEN,
    BOOKED,
    /** It took place. */
    HELD,
    /** The lead did not come. */
    MISSED,
    CANCELLED,
    /** Nobody chose in time, or the proposal never went out. */
    LAPSED;

    /** Whether something can still become of it. */
    public boolean open() {
      return compareTo(HELD) < 0;
    }

    /** Whether a time can be chosen, or another one. */
    boolean choosing() {
      return compareTo(BOOKED) < 0;
    }
  }

  public Span time() {
    return span(start);
  }

  Span span(Instant at) {
    return Span.of(at, Duration.ofMinutes(minutes));
  }

  List<Span> held() {
    return proposed.stream().map(this::span).toList();
  }

  /** The same for life, globally unique. */
  String uid() {
    return id + "@leadline";
  }

  boolean choseAt(Instant at) {
    return state == State.CHOSEN && at.equals(start);
  }

  boolean bookedAt(Instant at) {
    return state == State.BOOKED && at.equals(start);
  }

  Meeting chosen(Instant at, Instant now) {
    return with(State.CHOSEN, at, sequence, answer, "slot-chosen", because, now);
  }

  Meeting booked(Instant now) {
    return with(State.BOOKED, start, sequence, answer, pending, because, now);
  }

  Meeting moved(Instant at, Instant now) {
    return with(State.BOOKED, at, sequence + 1, null, "meeting-moved", because, now);
  }

  Meeting answered(Ics.Answer answer, Instant now) {
    return with(state, start, sequence, answer, pending, because, now);
  }

  /** Over before its time; the journey hears of it. */
  Meeting cancelled(String because, Instant now) {
    return with(State.CANCELLED, start, sequence + 1, answer, "meeting-cancelled", because, now);
  }

  Meeting ended(State state, String because, Instant now) {
    return with(state, start, sequence, answer, null, because, now);
  }

  Meeting told() {
    return with(state, start, sequence, answer, null, because, changedAt);
  }

  private Meeting with(
      State state, Instant start, int sequence, Ics.Answer answer, String pending, String because, Instant now) {
    return new Meeting(
        id, version, leadId, host, state, zone, minutes, proposed, heldUntil, start, sequence, answer, token, pending,
        because, proposedAt, now);
  }
}
