package dev.leadline.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * The mail server, and what its answers mean (RFC 5321, RFC 3463).
 *
 * <p>Speaks to it directly, because Spring's sender does not tell a broken connection before the text from one after.
 */
@Component
class Smtp {

  /** Enhanced codes for a recipient that does not exist, or no longer. */
  private static final Pattern NOBODY_THERE = Pattern.compile("\\b5\\.(1\\.(1|2|3|6|10)|2\\.1)\\b");

  private final ObjectProvider<JavaMailSenderImpl> servers;

  Smtp(ObjectProvider<JavaMailSenderImpl> servers) {
    this.servers = servers;
  }

  Session session() {
    return server().getSession();
  }

  Delivery send(Letter letter) {
    var server = server();
    Transport transport = null;
    try {
      String protocol = server.getProtocol() == null ? JavaMailSenderImpl.DEFAULT_PROTOCOL : server.getProtocol();
      transport = server.getSession().getTransport(protocol);
      transport.connect(server.getHost(), server.getPort(), blankToNull(server.getUsername()), server.getPassword());
      transport.sendMessage(letter, letter.getAllRecipients());
      return new Delivery.Accepted();
    } catch (AuthenticationFailedException e) {
      return new Delivery.Deferred("The mail server does not accept the username and password", e);
    } catch (MessagingException e) {
      return failed(letter, Reply.in(e), e);
    } catch (RuntimeException e) {
      return failed(letter, Reply.NONE, e);
    } finally {
      close(transport);
    }
  }

  private static Delivery failed(Letter letter, Reply reply, Exception e) {
    if (reply.code() >= 500) {
      return new Delivery.Refused(reply.text(), reply.toRecipient() && NOBODY_THERE.matcher(reply.text()).find());
    }
    if (reply.code() >= 400) return new Delivery.Deferred("The mail server says: " + reply.text(), e);
    return letter.handedOver() ? new Delivery.InDoubt(e) : new Delivery.Deferred("The mail server is away", e);
  }

  /** A server's answer; code -1 when it gave none. */
  private record Reply(int code, String text, boolean toRecipient) {

    static final Reply NONE = new Reply(-1, "", false);

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
  }

  /** After the server has answered, saying good-bye badly changes nothing. */
  private static void close(Transport transport) {
    try {
      if (transport != null) transport.close();
    } catch (MessagingException ignored) {
      // the connection is gone either way
    }
  }

  private JavaMailSenderImpl server() {
    var server = servers.getIfAvailable();
    if (server == null) throw new IllegalStateException("No mail server is configured: set spring.mail.host");
    return server;
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
