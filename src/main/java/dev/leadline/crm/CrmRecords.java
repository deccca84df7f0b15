package dev.leadline.crm;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The team's CRM, as far as Leadline writes into it: people who are engaged or qualified, their companies, and what was
 * said to them.
 *
 * <p>Every method throws {@link dev.leadline.provider.Unavailable} when the CRM cannot be asked now, and {@link
 * Refused} when it says no to what it was asked for.
 */
public interface CrmRecords extends Crm {

  /** What kind of record. */
  enum Kind {
    COMPANY,
    PERSON
  }

  /** What Leadline has to say about a person or company; each adapter knows what its CRM calls it. */
  enum Field {
    /** Our own id: the lead's, or the company's domain. Unique in the CRM. */
    ID,
    EMAIL,
    FIRST_NAME,
    LAST_NAME,
    JOB_TITLE,
    /** The CRM's id of the company a person belongs to. */
    COMPANY,
    NAME,
    DOMAIN,
    SOURCE,
    SCORE,
    TIER,
    STAGE,
    REASON,
    /** To the page of the lead. */
    LINK
  }

  /**
   * A record as it is in the CRM.
   *
   * @param values without the fields that are empty
   * @param owner the CRM's name or id of a colleague; null when nobody
   */
  record Entry(String id, Map<Field, String> values, String owner) {}

  /**
   * Something said or done, for the timeline of a person in the CRM.
   *
   * @param key letters and digits, the same whenever the same thing is noted
   * @param text plain
   * @param evidence where to read how it came about
   */
  record Activity(String key, Type type, Instant at, String subject, String text, URI evidence) {

    public enum Type {
      EMAIL_SENT,
      EMAIL_RECEIVED,
      CALL,
      MEETING,
      NOTE
    }
  }

  /** The record that was written for us before, or else the one a colleague made: by address or domain. */
  Optional<Entry> find(Kind kind, String ours, String natural);

  /**
   * Makes a record; a second one with the same {@link Field#ID} is never made.
   *
   * @return the CRM's id
   */
  String create(Kind kind, Map<Field, String> values);

  /** Changes these fields and no others. */
  void update(Kind kind, String id, Map<Field, String> values);

  /**
   * Puts something on a person's timeline.
   *
   * @param again it was tried before, so it may be there already; then it is not noted twice
   */
  void note(String person, Activity activity, boolean again);

  /**
   * Deletes the person whose record has our id, and what we noted on their timeline, as the law gives people a right to.
   * Asking again finds nobody, which is as good.
   *
   * @return what became of it, in words; empty when there was nobody
   */
  Optional<String> erase(String ours);

  /** What people call it. */
  default String label() {
    return switch (name()) {
      case HubSpot.NAME -> "HubSpot";
      case Salesforce.NAME -> "Salesforce";
      case Pipedrive.NAME -> "Pipedrive";
      default -> "Leadline's own CRM";
    };
  }

  /** A colleague's name, by what the CRM calls an owner. */
  Optional<String> nameOf(String owner);

  /**
   * Tells everything that colleagues changed since then, of one kind of record after the other and the oldest first;
   * nothing where the CRM tells us by itself. When it ends with an exception, some of it is told.
   */
  default void changes(Instant since, Consumer<CrmChange> told) {}

  /** Whether {@link #changes} has to be asked, because the CRM does not tell us by itself. */
  default boolean mustBeAsked() {
    return false;
  }

  /** The CRM will not do this, today or tomorrow; the message says why, in words without personal data. */
  final class Refused extends RuntimeException {
    public Refused(String because) {
      super(because, null, false, false);
    }
  }
}
