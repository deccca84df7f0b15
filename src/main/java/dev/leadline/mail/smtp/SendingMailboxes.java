package dev.leadline.mail.smtp;

import dev.leadline.mail.message.Order.TokenIn;
import dev.leadline.mail.smtp.MailboxSettings.Mailbox;
import dev.leadline.outreach.SenderProfile;
import jakarta.annotation.PreDestroy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/** The mailboxes of the settings, and their lines to mail servers. */
@Component
public class SendingMailboxes {

  public static final String DEFAULT = "default";

  private final Map<String, SendingMailbox> all;
  private final Map<String, Mailbox> settings;
  private final ObjectProvider<JavaMailSenderImpl> servers;
  private final AccessTokens tokens;
  private final Map<String, Lines> lines = new ConcurrentHashMap<>();

  public SendingMailboxes(
      MailboxSettings settings, SenderProfile sender, ObjectProvider<JavaMailSenderImpl> servers, AccessTokens tokens,
      @Value("${leadline.embedded.mail.running:false}") boolean embedded) {
    var mailboxes = new LinkedHashMap<String, SendingMailbox>();
    settings.mailboxes().keySet().stream().sorted().forEach(id -> {
      Mailbox one = settings.mailboxes().get(id);
      boolean own = settings.live() && has(one.host());
      mailboxes.put(id, new SendingMailbox(
          id, has(one.name()) ? one.name() : sender.name(), has(one.email()) ? one.email() : sender.email(),
          one.tokenIn(), one.since(), own || !embedded));
    });
    if (mailboxes.isEmpty()) {
      mailboxes.put(DEFAULT, new SendingMailbox(DEFAULT, sender.name(), sender.email(), TokenIn.BOTH, null, !embedded));
    }
    this.all = mailboxes;
    this.settings = settings.live()
        ? settings.mailboxes().entrySet().stream().filter(one -> has(one.getValue().host()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))
        : Map.of();
    this.servers = servers;
    this.tokens = tokens;
  }

  /** In the order of their names. */
  public List<SendingMailbox> all() {
    return List.copyOf(all.values());
  }

  /** Whether one of them has a server of its own that is used. */
  public boolean haveServersOfTheirOwn() {
    return !settings.isEmpty();
  }

  public Optional<SendingMailbox> find(String id) {
    return Optional.ofNullable(id).map(all::get);
  }

  Lines lines(String id) {
    return lines.computeIfAbsent(id, key -> {
      Mailbox own = settings.get(key);
      return own == null ? new Lines(Server.of(common()), 8) : new Lines(Server.of(own, email(key), tokens), own.connections());
    });
  }

  private String email(String id) {
    return all.get(id).email();
  }

  private JavaMailSenderImpl common() {
    var server = servers.getIfAvailable();
    if (server == null) throw new IllegalStateException("No mail server is configured: set spring.mail.host");
    return server;
  }

  @PreDestroy
  void close() {
    lines.values().forEach(Lines::close);
  }

  private static boolean has(String text) {
    return text != null && !text.isBlank();
  }
}
