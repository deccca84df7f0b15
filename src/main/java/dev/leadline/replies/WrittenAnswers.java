package dev.leadline.replies;

import dev.leadline.outreach.Correspondence;
import dev.leadline.replies.Incoming.Kind;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a lead wrote to us, without what they quote. */
@Component
class WrittenAnswers implements Correspondence {

  private final IncomingMails mails;

  WrittenAnswers(IncomingMails mails) {
    this.mails = mails;
  }

  @Override
  public List<Said> with(String leadId) {
    return mails.findByLeadIdOrderByReceivedAt(leadId).stream()
        .filter(mail -> mail.kind() == Kind.PERSON)
        .map(mail -> new Said(mail.receivedAt(), "reply", mail.letter().subject(), mail.letter().text()))
        .toList();
  }
}
