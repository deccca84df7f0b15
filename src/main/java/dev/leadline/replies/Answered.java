package dev.leadline.replies;

import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Leads;
import dev.leadline.reading.ReplyRules;
import dev.leadline.replies.Incoming.Letter;
import dev.leadline.sending.Holds;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppression.Reason;
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
  private final ReplyMessages messages;

  Answered(
      LastAnswers answers, Leads leads, Suppress suppress, Holds holds, ReplyRules rules, ReplyMessages messages) {
    this.answers = answers;
    this.leads = leads;
    this.suppress = suppress;
    this.holds = holds;
    this.rules = rules;
    this.messages = messages;
  }

  void by(String leadId, Incoming mail, Letter letter) {
    // What was drafted before we knew that they had answered does not fit either.
    if (answers.findById(leadId).filter(last -> !last.at().isBefore(mail.knownSince())).isEmpty()) {
      answers.save(new LastAnswer(leadId, mail.id(), mail.knownSince()));
      // Whoever writes is back, or has changed their mind about waiting.
      holds.release(leadId, BY);
    }
    if (asksToBeLeftAlone(letter)) {
      suppress.address(leads.get(leadId).address(), Reason.UNSUBSCRIBED, BY);
      bySender(letter);
    } else {
      messages.answered(leadId);
    }
  }

  /** Of somebody we do not know, or not yet: the address that wrote is theirs in any case. */
  void byStranger(Letter letter) {
    if (asksToBeLeftAlone(letter)) bySender(letter);
  }

  boolean asksToBeLeftAlone(Letter letter) {
    return rules.asksToBeLeftAlone(letter.subject(), letter.text());
  }

  private void bySender(Letter letter) {
    EmailAddress.of(letter.from())
        .ifPresent(address -> suppress.address(address.normal(), Reason.UNSUBSCRIBED, BY));
  }
}
