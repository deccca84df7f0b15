package dev.leadline.outreach;

import java.util.List;
import org.springframework.data.annotation.PersistenceCreator;

/**
 * One e-mail of a campaign, not yet allowed out.
 *
 * @param number 1 for the first touch
 * @param after ISO 8601 duration to wait before it, PT0S for the first touch at once
 * @param body plain text, complete but for the postal address, which the mail step adds
 * @param facts ids of the dossier's facts it rests on
 */
public record Email(
    int number, String after, String subject, String body, List<String> facts, List<Attachment> attachments) {

  @PersistenceCreator
  public Email {
    attachments = attachments == null ? List.of() : List.copyOf(attachments);
  }

  public Email(int number, String after, String subject, String body, List<String> facts) {
    this(number, after, subject, body, facts, List.of());
  }

  /** The same e-mail in other words. */
  public Email worded(String subject, String body) {
    return new Email(number, after, subject, body, facts, attachments);
  }
}
