package dev.leadline.replies;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One mail that came to us.
 *
 * @param id made of its Message-ID, or of its content when it has none: the same mail twice is one
 * @param raw id of the file in GridFS with the mail as it came
 * @param truncated only the beginning was kept
 * @param state whether everything that follows from it without a journey is done, and the journeys know
 * @param kind who speaks; null before it was read
 * @param letter what it says; null before it was read
 * @param match whose it is; null before it was read or when nobody's
 * @param sorted that one of us said whose it is, or that it is nobody's; null when no person did
 * @param unclaimed whether somebody should say whose it is; null before it was read
 * @param decision what it was understood as and what came of it; null before that
 */
@Document("messages")
@CompoundIndex(name = "unclaimed", def = "{'unclaimed': 1, 'receivedAt': -1}")
public record Incoming(
    @Id String id,
    String raw,
    boolean truncated,
    @Indexed Instant receivedAt,
    @Indexed State state,
    Kind kind,
    Letter letter,
    @Indexed String leadId,
    Match match,
    Sorted sorted,
    Boolean unclaimed,
    Decision decision) {

  /** How far it has come. */
  public enum State {
    /** Stored, nothing more. */
    RECEIVED,
    HANDLED
  }

  /** Who speaks. */
  public enum Kind {
    PERSON("A person"),
    /** Answers by itself, for somebody who is away or to say that it arrived (RFC 3834). */
    AUTO_REPLY("An automatic answer"),
    BOUNCE("A mail server"),
    /** A provider says that somebody called our mail spam (RFC 5965). */
    COMPLAINT("A complaint"),
    /** A newsletter, a receipt, a mail of our own: nothing follows from it. */
    OTHER("Nobody in particular");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /**
   * What it says.
   *
   * @param from address of the author, in normal form when it has one; "" when none can be read
   * @param text what is new in it: without quoted mails and signature
   * @param whole all of its text
   * @param attachments names and sizes of what hangs on it; nobody opens them
   */
  public record Letter(
      String messageId, @Indexed String from, String name, String subject, String text, String whole,
      List<Attachment> attachments) {}

  /** @param size in bytes, as far as it was counted */
  public record Attachment(String name, String type, long size) {}

  /**
   * Whose it is.
   *
   * @param touchId the mail of ours that it answers; null when that is not known
   */
  public record Match(String leadId, String touchId, By by) {

    /** By what it is known, the surest first. */
    public enum By {
      HEADERS("It answers a mail of ours"),
      TOKEN("It was sent to the address of one mail of ours"),
      ADDRESS("It came from their address"),
      COMPANY("It came from somebody at their company"),
      PERSON("One of us said whose it is");

      private final String words;

      By(String words) {
        this.words = words;
      }

      public String words() {
        return words;
      }
    }
  }

  /** @param person by whom */
  public record Sorted(String person, Instant at) {}

  /**
   * What it was understood as, and what came of it.
   *
   * @param as one of the classes of replies
   * @param by who decided: RULES, MODEL, or a person's name
   * @param until the day on which they are back or want to hear from us; null when they named none
   * @param action what the table reply-routing said
   */
  public record Decision(String as, int confidence, String by, LocalDate until, String action, String because) {}

  static Incoming stored(String id, String raw, boolean truncated, Instant at) {
    return new Incoming(id, raw, truncated, at, State.RECEIVED, null, null, null, null, null, null, null);
  }

  /** By what it is known whose it is, in a sentence without its full stop; null when it is not known. */
  public String known() {
    if (match == null) return null;
    if (sorted != null) return sorted.person() + " said whose it is";
    boolean report = kind == Kind.BOUNCE || kind == Kind.COMPLAINT;
    return report ? "It is about a mail of ours" : match.by().words();
  }

  /** Since when we know that the lead wrote it. */
  Instant knownSince() {
    return sorted == null ? receivedAt : sorted.at();
  }

  /** Whether it is nobody's and a person could say whose it is; of what machines say about our mails nobody can. */
  public boolean claimable() {
    return state == State.HANDLED && leadId == null && kind != Kind.BOUNCE && kind != Kind.COMPLAINT;
  }

}
