package dev.leadline.replies;

import dev.leadline.booking.ReplyText;
import dev.leadline.reading.Inbound;
import dev.leadline.reading.Received;
import dev.leadline.replies.Incoming.Kind;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Mails that came, for whoever reads what they say. */
@Component
class ReceivedReplies implements Inbound, ReplyText {

  private final IncomingMails mails;

  ReceivedReplies(IncomingMails mails) {
    this.mails = mails;
  }

  @Override
  public Received get(String messageId) {
    var mail = mails.get(messageId);
    return new Received(
        mail.id(), mail.leadId(), mail.letter().subject(), mail.letter().text(), mail.kind() != Kind.PERSON,
        mail.receivedAt());
  }

  @Override
  public Optional<String> of(String messageId) {
    return mails.findById(messageId).map(Incoming::letter).map(Incoming.Letter::text);
  }
}
