package dev.leadline.mail.smtp;

import dev.leadline.mail.message.Order.TokenIn;
import java.net.URI;
import java.time.LocalDate;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailboxes that mail goes out from.
 *
 * @param live whether mailboxes with a server of their own use it; until then all mail goes to the server of {@code
 *     spring.mail.*}, the embedded one unless that is set, and only the embedded one takes it
 * @param mailboxes by a short name; without any there is one, {@code default}: the sender's own
 */
@ConfigurationProperties("leadline.mail")
public record MailboxSettings(@DefaultValue("false") boolean live, Map<String, Mailbox> mailboxes) {

  public MailboxSettings {
    mailboxes = mailboxes == null ? Map.of() : Map.copyOf(mailboxes);
  }

  /**
   * One mailbox.
   *
   * @param name as recipients see it; the sender's unless set
   * @param email its address; the sender's unless set
   * @param host its mail server; none when it is that of {@code spring.mail.*}
   * @param port 587 with STARTTLS, 465 with TLS and 25 without either, unless set
   * @param password an app password, when there is no token; from the environment only
   * @param tokenIn which of its addresses carry the token of a touch
   * @param since first day it was used ({@code 2024-05-01}), when it needs no warming up
   * @param connections how many mails it sends at once, at most
   * @param properties more for the mail client ({@code mail.smtp.…}), such as trusted certificates
   */
  public record Mailbox(
      String name,
      String email,
      String host,
      Integer port,
      @DefaultValue("STARTTLS") Security security,
      String username,
      String password,
      OAuth oauth,
      @DefaultValue("BOTH") TokenIn tokenIn,
      LocalDate since,
      @DefaultValue("4") int connections,
      Map<String, String> properties) {

    @Override
    public String toString() {
      return "Mailbox[%s]".formatted(email);
    }
  }

  /** How the line to a server is secured. */
  public enum Security {
    /** Begins in the open and goes on only if it could be secured. */
    STARTTLS(587),
    TLS(465),
    NONE(25);

    final int port;

    Security(int port) {
      this.port = port;
    }
  }

  /**
   * Where tokens for a mailbox come from (RFC 6749).
   *
   * @param tokenUrl of Google {@code https://oauth2.googleapis.com/token}, of Microsoft {@code
   *     https://login.microsoftonline.com/<tenant>/oauth2/v2.0/token}
   * @param refreshToken the mailbox owner's consent; without one the client asks in its own name
   * @param scope as the provider wants it
   */
  public record OAuth(URI tokenUrl, String clientId, String clientSecret, String refreshToken, String scope) {

    @Override
    public String toString() {
      return "OAuth[%s]".formatted(tokenUrl);
    }
  }
}
