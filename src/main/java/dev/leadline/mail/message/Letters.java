package dev.leadline.mail.message;

import dev.leadline.mail.message.Order.TokenIn;
import dev.leadline.outreach.SenderProfile;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.springframework.stereotype.Component;

/** Writes approved e-mails as mails, with all that a mail program and the law want to see. */
@Component
public class Letters {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final SenderProfile sender;
  private final MessageSettings settings;
  private final UnsubscribeLinks unsubscribe;
  private final DkimSignatures signatures;
  private final Clock clock;

  public Letters(
      SenderProfile sender, MessageSettings settings, UnsubscribeLinks unsubscribe, DkimSignatures signatures,
      Clock clock) {
    this.sender = sender;
    this.settings = settings;
    this.unsubscribe = unsubscribe;
    this.signatures = signatures;
    this.clock = clock;
  }

  /** The same content is always the same Message-ID, which no other touch has. */
  public static String messageId(String contentHash, String from) {
    return "<" + contentHash.substring(0, 40) + ".touch@" + domain(from) + ">";
  }

  public Letter write(Order order) {
    try {
      var letter = new Letter(order.messageId());
      String tokened = TouchTokens.address(order.from().email(), order.token());
      TokenIn token = order.from().tokenIn();
      letter.setFrom(new InternetAddress(order.from().email(), oneLine(order.from().name()), UTF_8));
      letter.setEnvelopeFrom(token == TokenIn.BOTH ? tokened : order.from().email());
      letter.setReplyTo(new InternetAddress[] {
          new InternetAddress(token == TokenIn.NONE ? order.from().email() : tokened, true)});
      letter.setRecipient(RecipientType.TO, recipient(order.recipient()));
      letter.setSubject(oneLine(order.email().subject()), UTF_8);
      letter.setSentDate(Date.from(clock.instant()));
      if (!order.thread().isEmpty()) {
        letter.setHeader("In-Reply-To", order.thread().getLast());
        letter.setHeader("References", String.join("\r\n ", order.thread()));
      }
      URI link = unsubscribe.link(order.touchId());
      String mailto = "mailto:" + (token == TokenIn.NONE ? order.from().email() : tokened) + "?subject=unsubscribe";
      letter.setHeader("List-Unsubscribe", "<" + link + ">,\r\n <" + mailto + ">");
      letter.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
      if (order.automatic()) letter.setHeader("Auto-Submitted", "auto-replied");
      letter.setHeader("X-Leadline-Touch", order.touchId());
      new Body(order.email().body().strip(), footing(order), link, order.email().attachments()).writeTo(letter);
      letter.saveChanges();
      signatures.sign(letter, domain(order.from().email()));
      return letter;
    } catch (MessagingException | UnsupportedEncodingException e) {
      throw new IllegalStateException("The e-mail of touch " + order.touchId() + " cannot be written as a mail", e);
    }
  }

  private List<String> footing(Order order) {
    var lines = new ArrayList<String>();
    if (order.footing().postalAddress()) lines.add(sender.postalAddress().strip());
    if (order.footing().disclosure() && !settings.disclosure().isBlank()) lines.add(settings.disclosure().strip());
    if (order.footing().source() != null) {
      lines.add(settings.sourceNotice().formatted(order.footing().source().replaceAll("\\p{Cntrl}", " ").strip()));
    }
    return lines;
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

  /** Of an address, as servers write it. */
  public static String domain(String email) {
    return IDN.toASCII(email.substring(email.lastIndexOf('@') + 1));
  }
}
