package dev.leadline.outreach;

import dev.leadline.agent.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.PersistenceCreator;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A campaign for one lead, not yet allowed out.
 *
 * @param id lead, campaign, for a follow-up its number, for an answer the message, and attempt: a repeated job overwrites its own draft and no
 *     other
 * @param attempt 1 for the first draft; the claim check may send it back
 * @param emails what would go out, in order
 * @param written the e-mails as they were drafted, when a reviewer changed them; otherwise null
 * @param problems what the claim check found, in words; null before it ran
 * @param taints where the dossier or the message behind it speaks to machines, and what it is; then a person approves
 * @param answers id of the message it answers; null when it answers none
 */
@Document("drafts")
public record Draft(
    @Id String id,
    @Indexed String leadId,
    Campaign campaign,
    int attempt,
    List<Email> emails,
    List<Email> written,
    List<String> problems,
    Answer.Source source,
    Instant writtenAt,
    List<String> taints,
    String answers) {

  @PersistenceCreator
  public Draft {
    taints = taints == null ? List.of() : List.copyOf(taints);
  }

  /** From a dossier in which nothing speaks to machines. */
  public Draft(
      String id, String leadId, Campaign campaign, int attempt, List<Email> emails, List<Email> written,
      List<String> problems, Answer.Source source, Instant writtenAt) {
    this(id, leadId, campaign, attempt, emails, written, problems, source, writtenAt, List.of(), null);
  }

  /**
   * What a sequence wants: a meeting now, to stay in mind, one more word in a conversation under way, to answer a
   * message, or to agree on a meeting.
   */
  public enum Campaign {
    OUTREACH,
    NURTURE,
    FOLLOW_UP,
    REPLY,
    MEETING;

    /** Whether it goes on in a conversation rather than beginning one. */
    public boolean goesOn() {
      return this == FOLLOW_UP || this == REPLY || this == MEETING;
    }

    /** Whether they wait for it: they wrote, or agree on a meeting. All else we began. */
    public boolean isAwaited() {
      return this == REPLY || this == MEETING;
    }

    /** As diagrams and tables write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Id of one of its e-mails on the way out: lead/campaign/number. */
    public String touch(String leadId, int number) {
      return leadId + "/" + word() + "/" + number;
    }
  }

  public static String id(String leadId, Campaign campaign, int attempt) {
    return leadId + "-" + campaign.word() + "-" + attempt;
  }

  /** With what the claim check found. */
  Draft checked(List<String> problems) {
    return new Draft(id, leadId, campaign, attempt, emails, written, List.copyOf(problems), source, writtenAt, taints, answers);
  }

  public Email email(int number) {
    return emails.stream()
        .filter(email -> email.number() == number)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Draft " + id + " has no e-mail " + number));
  }
}
