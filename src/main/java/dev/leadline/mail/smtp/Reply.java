package dev.leadline.mail.smtp;

import jakarta.mail.MessagingException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/** A server's answer to MAIL, RCPT or DATA; code -1 when it gave none. */
record Reply(int code, String text, boolean toRecipient) {

  static final Reply NONE = new Reply(-1, "", false);
  /** The server ends the line, whatever was asked (RFC 5321, 3.8). */
  private static final int CLOSING = 421;

  static Reply in(MessagingException e) {
    for (Exception cause = e; cause instanceof MessagingException m; cause = m.getNextException()) {
      switch (cause) {
        case SMTPAddressFailedException to -> {
          return new Reply(to.getReturnCode(), String.valueOf(to.getMessage()).strip(), true);
        }
        case SMTPSendFailedException data when data.getNextException() == null -> {
          return new Reply(data.getReturnCode(), String.valueOf(data.getMessage()).strip(), false);
        }
        case SMTPSenderFailedException from -> {
          return new Reply(from.getReturnCode(), String.valueOf(from.getMessage()).strip(), false);
        }
        default -> {}
      }
    }
    return NONE;
  }

  /** Whether it is an answer to this mail. */
  boolean said() {
    return code >= 400 && code != CLOSING;
  }
}
