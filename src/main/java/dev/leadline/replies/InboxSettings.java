package dev.leadline.replies;

import dev.leadline.mail.imap.ImapAccount;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The folder in which mail to us arrives, read over IMAP and left as it is.
 *
 * @param host none when no mail is read
 * @param tls from the first byte on (port 993); otherwise STARTTLS is used where the server offers it
 * @param poll how often to look at the least, also where the server tells by itself (IDLE)
 * @param reachBack how far the first look ever goes back; what is older was never ours to answer
 * @param maxSize bytes of one mail; of a larger one only the beginning is kept
 * @param oauth where tokens come from, instead of a password
 * @param properties more for the mail client ({@code mail.imap.…}, {@code mail.imaps.…}), such as trusted certificates
 */
record InboxSettings(
    String host,
    @DefaultValue("143") int port,
    String username,
    String password,
    @DefaultValue("INBOX") String folder,
    @DefaultValue("false") boolean tls,
    @DefaultValue("1m") Duration poll,
    @DefaultValue("7d") Duration reachBack,
    @DefaultValue("26214400") int maxSize,
    OAuth oauth,
    Map<String, String> properties) {

  boolean configured() {
    return account().configured();
  }

  ImapAccount account() {
    return new ImapAccount(host, port, username, password, oauth, tls, properties);
  }

  @Override
  public String toString() {
    return "InboxSettings[%s]".formatted(id());
  }

  /** Which folder of whom it is, whatever the port is today. */
  String id() {
    return username + "@" + host + "/" + folder;
  }
}
