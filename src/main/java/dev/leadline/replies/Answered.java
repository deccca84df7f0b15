package dev.leadline.replies;

import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.reading.ReplyRules;
import dev.leadline.replies.Incoming.Letter;
import dev.leadline.sending.Holds;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppression.Reason;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * A person has written: what goes to them by itself ends here and now, whatever any diagram says, and whoever asks in
 * plain words to be left alone is suppressed.
 *
 * <p>Doing it again changes nothing.
 */
@Component
class Answered {

  private static final String BY = Suppression.BY_READING;

  private final LastAnswers answers;
  private final Leads leads;
  private final Suppress suppress;
  private final Holds holds;
  private final ReplyRules rules;
  private final Drafts drafts;
  private final ReplyMessages messages;

  Answered(
      LastAnswers answers, Leads leads, Suppress suppress, Holds holds, ReplyRules rules, Drafts drafts,
      ReplyMessages messages) {
    this.answers = answers;
    this.leads = leads;
    this.suppress = suppress;
    this.holds = holds;
    this.rules = rules;
    this.drafts = drafts;
    this.messages = messages;
  }

  void by(String leadId, Incoming mail, Letter letter) {
    // What was drafted before we knew that they had answered does not fit either.
    if (answers.findById(leadId).filter(last -> !last.at().isBefore(mail.knownSince())).isEmpty()) {
      answers.save(new LastAnswer(leadId, mail.id(), mail.knownSince()));
      // Whoever writes is back, or has changed their mind about waiting.
      holds.release(leadId, BY);
    }
    if (asksToBeLeftAlone(letter, leadId)) {
      suppress.address(leads.get(leadId).address(), Reason.UNSUBSCRIBED, BY);
      bySender(letter);
    } else {
      messages.answered(leadId);
    }
  }

  /** Of somebody we do not know: the address that wrote is theirs in any case. */
  void byStranger(Letter letter) {
    if (rules.asksToBeLeftAlone(letter.subject(), letter.text(), List.of())) bySender(letter);
  }

  /** Of somebody at the company of a lead, who may be the lead. */
  void byColleague(Letter letter, String leadId) {
    if (asksToBeLeftAlone(letter, leadId)) bySender(letter);
  }

  boolean asksToBeLeftAlone(Letter letter, String leadId) {
    var ours = drafts.findByLeadIdOrderByWrittenAt(leadId).stream()
        .flatMap(draft -> draft.emails().stream()).map(Email::subject).distinct().toList();
    return rules.asksToBeLeftAlone(letter.subject(), letter.text(), ours);
  }

  private void bySender(Letter letter) {
    EmailAddress.of(letter.from())
        .ifPresent(address -> suppress.address(address.normal(), Reason.UNSUBSCRIBED, BY));
  }
}
