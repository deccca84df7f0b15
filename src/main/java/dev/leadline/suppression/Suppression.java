package dev.leadline.suppression;

import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A person, a domain or a company that gets no more mail from us.
 *
 * @param key who it is, see {@link Whom}
 * @param reason the first there was
 * @param by a person's name, or what learned of it
 * @param journey whether the journeys of those it covers have been told
 * @param further reasons that came later, each kind once, and once more when somebody said what was only read before;
 *     null in old documents
 * @param words what it is found by, see {@link Whom#startsOfWords}
 */
@Document("suppressions")
public record Suppression(
    @Id String key, Reason reason, @Indexed Instant at, String by, @Indexed Told journey, List<Further> further,
    @Indexed List<String> words) {

  public Suppression {
    further = further == null ? List.of() : List.copyOf(further);
    words = Whom.ofKey(key).startsOfWords();
  }

  private Suppression(String key, Reason reason, Instant at, String by, Told journey, List<Further> further) {
    this(key, reason, at, by, journey, further, null);
  }

  /** With one reason. */
  public Suppression(String key, Reason reason, Instant at, String by, Told journey) {
    this(key, reason, at, by, journey, List.of());
  }

  /** What learned of it by reading what they wrote, and may have misread it. */
  public static final String BY_READING = "their reply";

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

  /** One more reason. */
  public record Further(Reason reason, Instant at, String by) {}

  public enum Told {
    PENDING,
    TOLD
  }

  public Whom whom() {
    return Whom.ofKey(key);
  }

  /** Every reason, the first one first. */
  public List<Reason> reasons() {
    return all().map(Further::reason).distinct().toList();
  }

  private Stream<Further> all() {
    return Stream.concat(Stream.of(new Further(reason, at, by)), further.stream());
  }

  /** Whether one of us said so, and could take it back. */
  public boolean ours() {
    return reasons().contains(Reason.DO_NOT_CONTACT);
  }

  /**
   * When a reply of theirs was read as an opt-out, if nothing else says that they unsubscribed: one of us who reads it
   * too may see that it was none. A link they pressed is nothing to be misread.
   */
  public Optional<Instant> readAt() {
    var unsubscribed = all().filter(one -> one.reason() == Reason.UNSUBSCRIBED).toList();
    return unsubscribed.size() == 1
        ? Optional.of(unsubscribed.getFirst()).filter(one -> one.by().equals(BY_READING)).map(Further::at)
        : Optional.empty();
  }

  /** As it is without these reasons; null when nothing is left. */
  Suppression without(Predicate<Further> which) {
    var others = all().filter(which.negate()).toList();
    if (others.isEmpty()) return null;
    Further first = others.getFirst();
    return new Suppression(key, first.reason(), first.at(), first.by(), journey, others.subList(1, others.size()));
  }
}
