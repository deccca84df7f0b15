package dev.leadline.embedded.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.ChildProcess;
import dev.leadline.embedded.EmbeddedFailure;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.HeaderTerm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMailTest {

  @TempDir Path directory;

  private EmbeddedMail start() {
    return start(directory, 100);
  }

  private static EmbeddedMail start(Path directory, int keep) {
    return EmbeddedMail.start(new EmbeddedMail.Settings(directory, "127.0.0.1", 0, 0, keep, "leadline.example"));
  }

  @Test
  void whatIsSentToAnyoneAppearsInTheMailboxAndStaysThereAfterARestart() throws Exception {
    try (EmbeddedMail mail = start()) {
      send(mail, "<1@leadline.example>", "Grüße", "Line one\r\n.\r\nŁódź", "a@b.example", "hidden@c.example");
      assertGreeting(mail);
    }
    try (EmbeddedMail mail = start()) {
      assertGreeting(mail);
    }
  }

  @Test
  void aMessageIsFoundByItsMessageId() throws Exception {
    try (EmbeddedMail mail = start()) {
      send(mail, "<1@leadline.example>", "One", "text", "a@b.example");
      send(mail, "<12@leadline.example>", "Twelve", "text", "a@b.example");
      assertThat(subjectsWithMessageId(mail, "<12@leadline.example>")).containsExactly("Twelve");
      assertThat(subjectsWithMessageId(mail, "<3@leadline.example>")).isEmpty();
    }
  }

  @Test
  void onlyTheNewestAreKept() throws Exception {
    try (EmbeddedMail mail = start(directory, 3)) {
      for (int i = 1; i <= 5; i++) {
        send(mail, "<" + i + "@leadline.example>", "Mail " + i, "text", "a@b.example");
      }
      assertThat(subjects(mail)).containsExactly("Mail 3", "Mail 4", "Mail 5");
    }
    try (EmbeddedMail mail = start(directory, 2)) {
      assertThat(subjects(mail)).containsExactly("Mail 4", "Mail 5");
      send(mail, "<6@leadline.example>", "Mail 6", "text", "a@b.example");
      assertThat(subjects(mail)).containsExactly("Mail 5", "Mail 6");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void aStrangerDoesNotGetIn() {
    try (EmbeddedMail mail = start()) {
      assertThatThrownBy(() -> open(mail, mail.username(), "guess")).isInstanceOf(MessagingException.class);
      assertThatThrownBy(() -> open(mail, "a@b.example", "a@b.example")).isInstanceOf(MessagingException.class);
    }
  }

  @Test
  void aTakenPortIsNamedWithThePropertyThatChangesIt() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      int port = other.getLocalPort();
      assertThatThrownBy(() -> EmbeddedMail.start(new EmbeddedMail.Settings(directory, "127.0.0.1", port, 0, 1, "")))
          .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(3))
          .hasMessageContaining("leadline.embedded.mail.smtp-port");
      assertThatThrownBy(() -> EmbeddedMail.start(new EmbeddedMail.Settings(directory, "127.0.0.1", 0, port, 1, "")))
          .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(3))
          .hasMessageContaining("leadline.embedded.mail.imap-port");
    }
  }

  /** Sends until it is killed, and says what was accepted. */
  static final class Sending {

    public static void main(String[] arguments) throws MessagingException {
      EmbeddedMail mail = start(Path.of(arguments[0]), 10_000);
      for (int i = 0; ; i++) {
        String id = "<" + i + "@leadline.example>";
        send(mail, id, "Mail", "text", "a@b.example");
        System.out.println("accepted " + id);
      }
    }
  }

  @Test
  void everyAcceptedMessageSurvivesTheDeathOfTheProcess() throws Exception {
    Set<String> accepted = new HashSet<>();
    try (ChildProcess child = ChildProcess.start(Sending.class, directory.toString())) {
      while (accepted.size() < 100) {
        String line = child.line();
        assertThat(line).isNotNull();
        if (line.startsWith("accepted ")) {
          accepted.add(line.substring("accepted ".length()));
        }
      }
      child.kill();
      child.lines().stream()
          .filter(line -> line.matches("accepted <\\d+@leadline\\.example>"))
          .forEach(line -> accepted.add(line.substring("accepted ".length())));
    }
    try (EmbeddedMail mail = start(directory, 10_000); Store store = open(mail, mail.username(), mail.password())) {
      Set<String> found = new HashSet<>();
      for (Message message : inbox(store).getMessages()) {
        assertThat(found.add(message.getHeader("Message-ID")[0])).isTrue();
      }
      assertThat(found).containsAll(accepted);
      assertThat(found.size() - accepted.size()).isLessThanOrEqualTo(1);
    }
  }

  private static void assertGreeting(EmbeddedMail mail) throws Exception {
    try (Store store = open(mail, mail.username(), mail.password())) {
      Message[] messages = inbox(store).getMessages();
      assertThat(messages).hasSize(1);
      assertThat(messages[0].getSubject()).isEqualTo("Grüße");
      assertThat(messages[0].getContent()).asString().isEqualTo("Line one\r\n.\r\nŁódź");
      assertThat(messages[0].getHeader("Message-ID")).containsExactly("<1@leadline.example>");
      assertThat(messages[0].getHeader("X-Envelope-To")).containsExactly("a@b.example, hidden@c.example");
    }
  }

  private static List<String> subjectsWithMessageId(EmbeddedMail mail, String id) throws MessagingException {
    try (Store store = open(mail, mail.username(), mail.password())) {
      return subjects(inbox(store).search(new HeaderTerm("Message-ID", id)));
    }
  }

  private static List<String> subjects(EmbeddedMail mail) throws MessagingException {
    try (Store store = open(mail, mail.username(), mail.password())) {
      return subjects(inbox(store).getMessages());
    }
  }

  private static List<String> subjects(Message[] messages) throws MessagingException {
    List<String> subjects = new ArrayList<>();
    for (Message message : messages) {
      subjects.add(message.getSubject());
    }
    return subjects;
  }

  private static Store open(EmbeddedMail mail, String username, String password) throws MessagingException {
    Store store = Session.getInstance(new Properties()).getStore("imap");
    store.connect("127.0.0.1", mail.imapPort(), username, password);
    return store;
  }

  private static Folder inbox(Store store) throws MessagingException {
    Folder inbox = store.getFolder("INBOX");
    inbox.open(Folder.READ_ONLY);
    return inbox;
  }

  private static void send(EmbeddedMail mail, String id, String subject, String text, String... recipients)
      throws MessagingException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(mail.smtpPort()));
    MimeMessage message =
        new MimeMessage(Session.getInstance(properties)) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom("sender@leadline.example");
    message.setRecipients(Message.RecipientType.TO, recipients[0]);
    message.setSubject(subject, "UTF-8");
    message.setText(text, "UTF-8");
    message.saveChanges();
    InternetAddress[] envelope = new InternetAddress[recipients.length];
    for (int i = 0; i < recipients.length; i++) {
      envelope[i] = new InternetAddress(recipients[i]);
    }
    Transport.send(message, envelope);
  }
}
