package dev.leadline.mail;

import dev.leadline.mail.imap.ImapAccount;
import dev.leadline.mail.smtp.MailboxSettings.OAuth;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether mail may leave, and how its fate is found out.
 *
 * @param live real mail servers are used at all; until then the embedded one keeps everything
 * @param allowedDomains recipients a real mail server may be used for: a domain with everything below it; * for all
 *     counts in production only (the Spring profile of that name), where it is the default
 * @param lease how long one sending may take, time-outs of every step of SMTP included; only after that is it in doubt
 * @param imap where what was sent can be seen again
 */
@ConfigurationProperties("leadline.mail")
record MailSettings(
    @DefaultValue("false") boolean live,
    @DefaultValue List<String> allowedDomains,
    @DefaultValue("6m") Duration lease,
    @DefaultValue Imap imap) {

  /**
   * The folder that is asked whether the mail server has a message, when a sending was interrupted.
   *
   * <p>What is not in it counts as never sent: name it only if everything that goes out is filed there.
   *
   * @param host none when a sending in doubt is a person's to decide
   * @param oauth where tokens come from, instead of a password
   * @param properties more for the mail client, such as trusted certificates
   */
  record Imap(
      String host,
      @DefaultValue("143") int port,
      String username,
      String password,
      @DefaultValue("INBOX") String folder,
      @DefaultValue("false") boolean tls,
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
      return account().toString();
    }
  }

  boolean allows(String domain, boolean production) {
    if (production && allowedDomains.isEmpty()) return true;
    String name = domain.toLowerCase(Locale.ROOT);
    return allowedDomains.stream()
        .map(allowed -> allowed.strip().toLowerCase(Locale.ROOT))
        .anyMatch(allowed ->
            allowed.equals("*") ? production : name.equals(allowed) || name.endsWith("." + allowed));
  }
}
