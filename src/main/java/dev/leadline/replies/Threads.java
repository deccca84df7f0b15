package dev.leadline.replies;

import static java.util.stream.Collectors.toMap;

import dev.leadline.mail.Touch;
import dev.leadline.mail.Touches;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.replies.Incoming.Attachment;
import dev.leadline.replies.Incoming.Decision;
import dev.leadline.replies.Incoming.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The mails between us and a lead, in both directions. */
@Component
public class Threads {

  private final Touches touches;
  private final Drafts drafts;
  private final IncomingMails mails;
  private final SenderProfile sender;

  Threads(Touches touches, Drafts drafts, IncomingMails mails, SenderProfile sender) {
    this.touches = touches;
    this.drafts = drafts;
    this.mails = mails;
    this.sender = sender;
  }

  /**
   * One mail of a thread.
   *
   * @param id of the touch or of the incoming mail
   * @param ours whether we sent it
   * @param text what is new in it
   * @param whole all of it; null when that is the same
   * @param kind who speaks; null for ours
   * @param known by what it is known whose it is, in a sentence without its full stop; null for ours
   * @param decision what it was understood as; null for ours and before that
   */
  public record Spoken(
      String id, boolean ours, Instant at, String from, String subject, String text, String whole, Kind kind,
      String known, Decision decision, List<Attachment> attachments) {}

  /** In the order it was said. */
  public List<Spoken> of(String leadId) {
    var written = drafts.findByLeadIdOrderByWrittenAt(leadId).stream().collect(toMap(Draft::id, draft -> draft));
    return Stream.concat(
            touches.sentTo(leadId).stream().map(touch -> ours(touch, written)),
            mails.findByLeadIdOrderByReceivedAt(leadId).stream().filter(mail -> mail.letter() != null).map(Threads::theirs))
        .sorted(Comparator.comparing(Spoken::at))
        .toList();
  }

  private Spoken ours(Touch touch, Map<String, Draft> written) {
    var draft = written.get(touch.draftId());
    var email = draft == null ? null : draft.email(touch.number());
    return new Spoken(
        touch.id(), true, touch.sentAt(), sender.name(), email == null ? "" : email.subject(),
        email == null ? "" : email.body(), null, null, null, null, List.of());
  }

  private static Spoken theirs(Incoming mail) {
    var letter = mail.letter();
    String whole = letter.whole().strip().equals(letter.text().strip()) ? null : letter.whole();
    String from = letter.name().isEmpty() ? letter.from() : letter.name();
    return new Spoken(
        mail.id(), false, mail.receivedAt(), from, letter.subject(), letter.text(), whole, mail.kind(),
        mail.known(), mail.decision(), letter.attachments());
  }
}
