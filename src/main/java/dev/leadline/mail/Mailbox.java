package dev.leadline.mail;

import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.search.HeaderTerm;
import java.util.Properties;
import org.springframework.stereotype.Component;

/** The folder on the mail server, read over IMAP, in which everything that goes out can be seen. */
@Component
class Mailbox {

  private static final String TIMEOUT = "20000";

  private final MailSettings.Imap settings;

  Mailbox(MailSettings settings) {
    this.settings = settings.imap();
  }

  /** Something that reads the open folder. */
  interface Reading<T> {
    T in(Folder folder) throws MessagingException;
  }

  /** Whether there is a folder that could be asked. */
  boolean configured() {
    return settings.configured();
  }

  /** Whether the folder has a mail with this Message-ID. */
  boolean has(String messageId) {
    return read(folder -> folder.search(new HeaderTerm("Message-ID", messageId)).length > 0);
  }

  <T> T read(Reading<T> reading) {
    try (Store store = session().getStore(protocol())) {
      store.connect(settings.host(), settings.port(), settings.username(), settings.password());
      try (Folder folder = store.getFolder(settings.folder())) {
        folder.open(Folder.READ_ONLY);
        return reading.in(folder);
      }
    } catch (FolderNotFoundException e) {
      throw new IllegalStateException(
          "The mail server has no folder " + settings.folder() + "; see leadline.mail.imap.folder", e);
    } catch (MessagingException e) {
      throw new IllegalStateException("The mailbox cannot be read over IMAP", e);
    }
  }

  private String protocol() {
    return settings.tls() ? "imaps" : "imap";
  }

  private Session session() {
    var properties = new Properties();
    for (String timeout : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.put("mail." + protocol() + "." + timeout, TIMEOUT);
    }
    return Session.getInstance(properties);
  }
}
