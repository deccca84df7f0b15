package dev.leadline.mail;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How mail leaves, besides the server itself, which is {@code spring.mail.*}.
 *
 * @param allowedDomains recipients a real mail server may be used for: a domain with everything below it, or * for all
 * @param publicAddress where recipients reach Leadline, for the link to unsubscribe; https, when it is not a trial
 * @param unsubscribeSecret signs that link; without one, one is made up once and kept in the database
 * @param lease how long one sending may take, time-outs of every step of SMTP included; only after that is it in doubt
 * @param imap where what was sent can be seen again
 */
@ConfigurationProperties("leadline.mail")
record MailSettings(
    @DefaultValue("example") List<String> allowedDomains,
    @DefaultValue("http://localhost:8080") URI publicAddress,
    String unsubscribeSecret,
    @DefaultValue("6m") Duration lease,
    @DefaultValue Imap imap) {

  /**
   * The folder that is asked whether the mail server has a message, when a sending was interrupted.
   *
   * <p>What is not in it counts as never sent: name it only if everything that goes out is filed there.
   *
   * @param host none when a sending in doubt is a person's to decide
   */
  record Imap(
      String host,
      @DefaultValue("143") int port,
      String username,
      String password,
      @DefaultValue("INBOX") String folder,
      @DefaultValue("false") boolean tls) {

    boolean configured() {
      return host != null && !host.isBlank();
    }
  }

  boolean allows(String domain) {
    String name = domain.toLowerCase(Locale.ROOT);
    return allowedDomains.stream()
        .map(allowed -> allowed.strip().toLowerCase(Locale.ROOT))
        .anyMatch(allowed -> allowed.equals("*") || name.equals(allowed) || name.endsWith("." + allowed));
  }
}
