package dev.leadline.embedded.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.server.ProtocolHandler;
import com.icegreen.greenmail.smtp.SmtpConnection;
import com.icegreen.greenmail.smtp.SmtpHandler;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpServer;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.smtp.commands.MailCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommand;
import com.icegreen.greenmail.smtp.commands.SmtpCommandRegistry;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.Port;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * SMTP and IMAP in this JVM: accepts mail from and for everybody, keeps it on disk, and shows all of it in one mailbox;
 * what is for our own domain is in the mailbox of that domain too.
 *
 * <p>Nothing is delivered to the outside.
 */
public final class EmbeddedMail implements AutoCloseable {

  private static final String USERNAME = "mailbox";
  private static final String OWN = "own";
  private static final Duration IDLE_CONNECTION = Duration.ofMinutes(30);

  private final String password = UUID.randomUUID().toString();
  private final GreenMail server;

  /**
   * Port 0 is any free port; only the newest {@code keep} messages are kept.
   *
   * @param ownDomain whose mail has a mailbox of its own; "" when there is none
   */
  public record Settings(Path directory, String host, int smtpPort, int imapPort, int keep, String ownDomain) {}

  private EmbeddedMail(Settings settings) throws IOException {
    Mailbox mailbox = 
        new Mailbox(settings.directory(), settings.keep(), settings.ownDomain(), USERNAME, OWN, password);
    this.server =
        new Server(
            mailbox,
            new ServerSetup(settings.smtpPort(), settings.host(), ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(settings.imapPort(), settings.host(), ServerSetup.PROTOCOL_IMAP));
    server.start();
    server.getImap().setClientSocketTimeout(Math.toIntExact(IDLE_CONNECTION.toMillis()));
  }

  /** Returns when both servers listen and show what was kept; throws {@link EmbeddedFailure} for a taken port. */
  public static EmbeddedMail start(Settings settings) {
    new Port(settings.host(), settings.smtpPort(), "leadline.embedded.mail.smtp-port").requireFree();
    new Port(settings.host(), settings.imapPort(), "leadline.embedded.mail.imap-port").requireFree();
    try {
      return new EmbeddedMail(settings);
    } catch (IOException e) {
      throw EmbeddedFailure.damaged(
          "The mail directory %s cannot be read (%s)."
              .formatted(settings.directory().toAbsolutePath().normalize(), e.getMessage()),
          e);
    }
  }

  public int smtpPort() {
    return server.getSmtp().getPort();
  }

  public int imapPort() {
    return server.getImap().getPort();
  }

  /** Of the mailbox in which every message appears. */
  public String username() {
    return USERNAME;
  }

  /** Of the mailbox with the mail for our own domain. */
  public String ownUsername() {
    return OWN;
  }

  /** Of both; another one after every start. */
  public String password() {
    return password;
  }

  @Override
  public void close() {
    server.stop();
  }

  private static final class Server extends GreenMail {

    Server(Managers mailbox, ServerSetup... setups) {
      super(setups);
      // Read again by start(), which creates the services anew.
      this.managers = mailbox;
    }

    @Override
    protected Map<String, AbstractServer> createServices(ServerSetup[] setups, Managers managers) {
      var services = super.createServices(setups, managers);
      services.computeIfPresent(
          ServerSetup.PROTOCOL_SMTP, (protocol, other) -> new NullSenderSmtp(other.getServerSetup(), managers));
      return services;
    }
  }

  /** Takes what mail servers write about other mails: it comes from nobody, {@code MAIL FROM:<>} (RFC 5321, 4.5.5). */
  private static final class NullSenderSmtp extends SmtpServer {

    NullSenderSmtp(ServerSetup setup, Managers managers) {
      super(setup, managers);
    }

    @Override
    protected ProtocolHandler createProtocolHandler(Socket client) {
      return new SmtpHandler(new Commands(), managers.getSmtpManager(), client);
    }

    private static final class Commands extends SmtpCommandRegistry {

      private static final SmtpCommand MAIL = new FromNobodyToo();

      @Override
      public SmtpCommand getCommand(String name) {
        return name.equals("MAIL") ? MAIL : super.getCommand(name);
      }
    }

    private static final class FromNobodyToo extends MailCommand {

      private static final Pattern NOBODY = Pattern.compile("(?i)MAIL FROM:\\s?<>.*");

      @Override
      public void execute(SmtpConnection line, SmtpState state, SmtpManager manager, String command) {
        super.execute(line, state, manager, command);
        // It answers well, and then takes no recipient because there is no sender.
        if (NOBODY.matcher(command).matches()) state.getMessage().setReturnPath(Mailbox.NOBODY);
      }
    }
  }
}
