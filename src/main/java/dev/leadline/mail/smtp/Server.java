package dev.leadline.mail.smtp;

import dev.leadline.mail.smtp.AccessTokens.NoToken;
import dev.leadline.mail.smtp.MailboxSettings.Mailbox;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import dev.leadline.mail.smtp.MailboxSettings.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import java.util.Properties;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** A mail server and how we log in there. */
interface Server {

  /** A new line, logged in. */
  Transport connect() throws MessagingException, NoToken;

  /** The server of spring.mail.*, whatever that is by then. */
  static Server of(JavaMailSenderImpl server) {
    return () -> {
      String protocol = server.getProtocol() == null ? JavaMailSenderImpl.DEFAULT_PROTOCOL : server.getProtocol();
      return connected(
          server.getSession().getTransport(protocol), server.getHost(), server.getPort(),
          blankToNull(server.getUsername()), server.getPassword());
    };
  }

  /** A mailbox's own server. */
  static Server of(Mailbox mailbox, String email, AccessTokens tokens) {
    boolean tls = mailbox.security() == Security.TLS;
    String protocol = tls ? "smtps" : "smtp";
    var session = Session.getInstance(properties(mailbox, "mail." + protocol + "."));
    int port = mailbox.port() == null ? mailbox.security().port : mailbox.port();
    String username = blankToNull(mailbox.username());
    OAuth oauth = mailbox.oauth();
    return () -> {
      if (oauth == null) {
        return connected(session.getTransport(protocol), mailbox.host(), port, username, mailbox.password());
      }
      String owner = username == null ? email : username;
      String token = tokens.get(oauth);
      try {
        return connected(session.getTransport(protocol), mailbox.host(), port, owner, token);
      } catch (AuthenticationFailedException withdrawn) {
        tokens.refused(oauth, token);
        return connected(session.getTransport(protocol), mailbox.host(), port, owner, tokens.get(oauth));
      }
    };
  }

  private static Transport connected(Transport transport, String host, int port, String username, String password)
      throws MessagingException {
    transport.connect(host, port, username, password);
    return transport;
  }

  private static Properties properties(Mailbox mailbox, String prefix) {
    var properties = new Properties();
    properties.put(prefix + "connectiontimeout", "10000");
    properties.put(prefix + "timeout", "30000");
    properties.put(prefix + "writetimeout", "30000");
    properties.put(prefix + "quitwait", "false");
    properties.put(prefix + "ssl.checkserveridentity", "true");
    if (mailbox.security() == Security.STARTTLS) {
      properties.put(prefix + "starttls.enable", "true");
      properties.put(prefix + "starttls.required", "true");
    }
    if (mailbox.oauth() != null) properties.put(prefix + "auth.mechanisms", "XOAUTH2");
    if (mailbox.properties() != null) properties.putAll(mailbox.properties());
    return properties;
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text;
  }
}
