package dev.leadline.mail.imap;

import dev.leadline.mail.smtp.AccessTokens;
import dev.leadline.mail.smtp.AccessTokens.NoToken;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.imap.IMAPStore;

/**
 * Whose mail is read where, and how we log in there.
 *
 * @param password an app password, when there is no token; from the environment only
 * @param oauth where tokens come from; without its address the password counts. A token is said on a secured line only
 * @param tls from the first byte on (port 993); otherwise STARTTLS is used where the server offers it
 * @param more for the mail client ({@code mail.imap.…}, {@code mail.imaps.…}), such as trusted certificates; may be null
 */
public record ImapAccount(
    String host, int port, String username, String password, OAuth oauth, boolean tls, Map<String, String> more) {

  private static final String PATIENCE = Long.toString(Duration.ofSeconds(20).toMillis());

  public boolean configured() {
    return host != null && !host.isBlank();
  }

  /**
   * A line that is logged in; when the server does not take the token any more, with a new one.
   *
   * @param silence how long the server may say nothing
   * @param further settings of the mail client, without {@code mail.imap.} before them
   */
  public IMAPStore connect(AccessTokens tokens, Duration silence, Map<String, String> further)
      throws MessagingException, NoToken {
    var session = Session.getInstance(properties(silence, further));
    if (!byToken()) return connected(session, password);
    String token = tokens.get(oauth);
    try {
      return connected(session, token);
    } catch (AuthenticationFailedException withdrawn) {
      tokens.refused(oauth, token);
      return connected(session, tokens.get(oauth));
    }
  }

  private IMAPStore connected(Session session, String secret) throws MessagingException {
    var store = (IMAPStore) session.getStore(protocol());
    try {
      store.connect(host, port, username, secret);
      return store;
    } catch (MessagingException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private boolean byToken() {
    return oauth != null && oauth.tokenUrl() != null;
  }

  private String protocol() {
    return tls ? "imaps" : "imap";
  }

  private Properties properties(Duration silence, Map<String, String> further) {
    var properties = new Properties();
    String mail = "mail." + protocol() + ".";
    properties.put(mail + "connectiontimeout", PATIENCE);
    properties.put(mail + "writetimeout", PATIENCE);
    properties.put(mail + "timeout", Long.toString(silence.toMillis()));
    properties.put(mail + "ssl.checkserveridentity", "true");
    properties.put("mail.imap.starttls.enable", "true");
    if (byToken()) {
      properties.put(mail + "auth.mechanisms", "XOAUTH2");
      properties.put("mail.imap.starttls.required", "true");
    }
    further.forEach((name, value) -> properties.put(mail + name, value));
    if (more != null) properties.putAll(more);
    return properties;
  }

  @Override
  public String toString() {
    return "ImapAccount[%s@%s]".formatted(username, host);
  }
}
