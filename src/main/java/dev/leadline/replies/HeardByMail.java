package dev.leadline.replies;

import dev.leadline.mail.Heard;
import java.util.List;
import org.springframework.stereotype.Component;

/** The mails that people wrote to us, by their Message-IDs. */
@Component
class HeardByMail implements Heard {

  private final IncomingMails mails;

  HeardByMail(IncomingMails mails) {
    this.mails = mails;
  }

  @Override
  public List<Letter> from(String leadId) {
    return mails.findByLeadIdOrderByReceivedAt(leadId).stream()
        .filter(mail -> mail.kind() == Incoming.Kind.PERSON && mail.letter() != null)
        .filter(mail -> mail.letter().messageId() != null && mail.letter().messageId().matches("<[^<>\\s]{3,300}>"))
        .map(mail -> new Letter(mail.letter().messageId(), mail.receivedAt()))
        .toList();
  }
}
