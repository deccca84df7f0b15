package dev.leadline.mail;

import dev.leadline.mail.smtp.AccessTokens;
import dev.leadline.mail.smtp.AccessTokens.NoToken;
import jakarta.mail.Folder;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;
import jakarta.mail.Store;
import jakarta.mail.search.HeaderTerm;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The folder on the mail server, read over IMAP, in which everything that goes out can be seen. */
@Component
class Mailbox {

  private static final Duration SILENCE = Duration.ofSeconds(20);

  private final MailSettings.Imap settings;
  private final AccessTokens tokens;

  Mailbox(MailSettings settings, AccessTokens tokens) {
    this.settings = settings.imap();
    this.tokens = tokens;
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
    try (Store store = settings.account().connect(tokens, SILENCE, Map.of())) {
      try (Folder folder = store.getFolder(settings.folder())) {
        folder.open(Folder.READ_ONLY);
        return reading.in(folder);
      }
    } catch (FolderNotFoundException e) {
      throw new IllegalStateException(
          "The mail server has no folder " + settings.folder() + "; see leadline.mail.imap.folder", e);
    } catch (NoToken e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (MessagingException e) {
      throw new IllegalStateException("The mailbox cannot be read over IMAP", e);
    }
  }
}
