package dev.leadline;

import dev.leadline.lead.Lead;
import jakarta.mail.Folder;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.RecipientStringTerm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.springframework.beans.factory.annotation.Value;

/** The mailbox of the embedded server, in which everything arrives that goes out; read over IMAP. */
public final class SentMails {

  private final int port;
  private final String username;
  private final String password;

  SentMails(
      @Value("${leadline.mail.imap.port}") int port, @Value("${leadline.mail.imap.username}") String username,
      @Value("${leadline.mail.imap.password}") String password) {
    this.port = port;
    this.username = username;
    this.password = password;
  }

  /** What a lead got, in order. */
  public List<MimeMessage> to(Lead lead) throws MessagingException {
    try (var store = Session.getInstance(new Properties()).getStore("imap")) {
      store.connect("127.0.0.1", port, username, password);
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        var found = new ArrayList<MimeMessage>();
        // The server looks: to ask it about each mail of the whole suite takes seconds.
        for (var message : inbox.search(new RecipientStringTerm(RecipientType.TO, lead.email()))) {
          found.add(new MimeMessage((MimeMessage) message));
        }
        return found;
      }
    }
  }

  /** The first part, which is the plain one. */
  public static String text(Part mail) throws MessagingException, IOException {
    return mail.getContent() instanceof Multipart parts ? text(parts.getBodyPart(0)) : mail.getContent().toString();
  }
}
