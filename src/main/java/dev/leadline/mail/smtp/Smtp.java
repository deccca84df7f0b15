package dev.leadline.mail.smtp;

import dev.leadline.mail.message.Letter;
import dev.leadline.mail.smtp.AccessTokens.NoToken;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Hands mails to mail servers, and knows what their answers mean (RFC 5321, RFC 3463).
 *
 * <p>Speaks to them directly, because Spring's sender does not tell a broken connection before the text from one after.
 */
@Component
public class Smtp {

  /** Enhanced codes for a recipient that does not exist, or no longer. */
  private static final Pattern NOBODY_THERE = Pattern.compile("\\b5\\.(1\\.(1|2|3|6|10)|2\\.1)\\b");

  private final SendingMailboxes mailboxes;

  public Smtp(SendingMailboxes mailboxes) {
    this.mailboxes = mailboxes;
  }

  /**
   * @param mailbox id of the one it goes out from
   * @param mayGo asked once more after a line was waited for, right before the letter is begun
   */
  public Delivery send(String mailbox, Letter letter, BooleanSupplier mayGo) {
    try {
      mailboxes.lines(mailbox).send(letter, mayGo);
      return new Delivery.Accepted();
    } catch (Lines.Withheld e) {
      return new Delivery.Withheld();
    } catch (AuthenticationFailedException e) {
      return new Delivery.Deferred("The mail server does not accept the username and password or token", e);
    } catch (NoToken e) {
      return new Delivery.Deferred(e.getMessage(), e);
    } catch (Lines.Busy e) {
      return new Delivery.Deferred("All lines to the mail server are busy", e);
    } catch (MessagingException e) {
      return failed(letter, Reply.in(e), e);
    } catch (RuntimeException e) {
      return failed(letter, Reply.NONE, e);
    }
  }

  private static Delivery failed(Letter letter, Reply reply, Exception e) {
    if (reply.code() >= 500) {
      return new Delivery.Refused(reply.text(), reply.toRecipient() && NOBODY_THERE.matcher(reply.text()).find());
    }
    if (reply.code() >= 400) return new Delivery.Deferred("The mail server says: " + reply.text(), e);
    return letter.handedOver() ? new Delivery.InDoubt(e) : new Delivery.Deferred("The mail server is away", e);
  }
}
