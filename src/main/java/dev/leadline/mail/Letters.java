package dev.leadline.mail;

import dev.leadline.lead.Lead;
import dev.leadline.outreach.Email;
import dev.leadline.outreach.SenderProfile;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes approved e-mails as mails: plain text in UTF-8, with all that a mail program and the law want to see. */
@Component
class Letters {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final SenderProfile sender;
  private final UnsubscribeLinks unsubscribe;
  private final Clock clock;

  Letters(SenderProfile sender, UnsubscribeLinks unsubscribe, Clock clock) {
    this.sender = sender;
    this.unsubscribe = unsubscribe;
    this.clock = clock;
  }

  /** The same content is always the same Message-ID, which no other touch has. */
  String messageId(String contentHash) {
    return "<" + contentHash.substring(0, 40) + ".touch@" + domain(sender.email()) + ">";
  }

  /** @param first the touch it follows up on, in whose thread it belongs */
  Letter write(Session session, String touchId, String messageId, Lead lead, Email email, Optional<Touch> first) {
    try {
      var letter = new Letter(session, messageId);
      letter.setFrom(new InternetAddress(sender.email(), oneLine(sender.name()), UTF_8));
      letter.setReplyTo(new InternetAddress[] {new InternetAddress(sender.email(), true)});
      letter.setRecipient(RecipientType.TO, recipient(lead.email()));
      letter.setSubject(oneLine(email.subject()), UTF_8);
      letter.setSentDate(Date.from(clock.instant()));
      if (first.isPresent()) {
        letter.setHeader("In-Reply-To", first.get().messageId());
        letter.setHeader("References", first.get().messageId());
      }
      URI link = unsubscribe.link(touchId);
      String mailto = "mailto:" + sender.email() + "?subject=unsubscribe";
      letter.setHeader("List-Unsubscribe", "<" + link + ">,\r\n <" + mailto + ">");
      letter.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      letter.setHeader("X-Leadline-Touch", touchId);
      new Body(text(email, link), email.attachments()).writeTo(letter);
      letter.saveChanges();
      return letter;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new IllegalStateException("The e-mail of touch " + touchId + " cannot be written as a mail", e);
    }
  }

  private String text(Email email, URI link) {
    return """
        %s

        %s
        No more mail from us: %s
        """.formatted(email.body().strip(), sender.postalAddress().strip(), link);
  }

  private static InternetAddress recipient(String email) throws MessagingException {
    int at = email.lastIndexOf('@');
    var address = new InternetAddress(email.substring(0, at + 1) + IDN.toASCII(email.substring(at + 1)), true);
    if (address.isGroup()) throw new MessagingException("a group is not a recipient");
    return address;
  }

  private static String oneLine(String text) {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalStateException("A header must be one line; its text has control characters");
    }
    return text;
  }

  static String domain(String email) {
    return IDN.toASCII(email.substring(email.lastIndexOf('@') + 1));
  }
}
