package dev.leadline.embedded.mail;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.Flags;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Date;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The one mailbox in which every accepted message appears, whoever it is for; the newest ones, also after a restart.
 *
 * <p>What is for our own domain appears a second time, in the mailbox that the application reads.
 *
 * <p>GreenMail's own mailbox per recipient is not used: its folder names are 32-bit hashes of the addresses, which
 * collide.
 */
final class Mailbox extends Managers {

  /** The SMTP envelope's recipients, also those in blind copy. */
  static final String ENVELOPE_RECIPIENTS = "X-Envelope-To";

  /** Who sends what servers say about other mails. */
  static final MailAddress NOBODY = new MailAddress("");

  private final MailArchive archive;
  private final int keep;
  private final String ownDomain;
  private final MailFolder inbox;
  private final MailFolder own;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private final SmtpManager incoming = new Incoming();

  /** @param ownUid null when it is not for our own domain */
  private record Kept(Path file, long uid, Long ownUid) {}

  Mailbox(Path directory, int keep, String ownDomain, String username, String ownUsername, String password)
      throws IOException {
    this.archive = new MailArchive(directory);
    this.keep = keep;
    this.ownDomain = "@" + ownDomain.toLowerCase(Locale.ROOT);
    try {
      this.inbox = getImapHostManager().getInbox(getUserManager().createUser(username, username, password));
      this.own = getImapHostManager().getInbox(getUserManager().createUser(ownUsername, ownUsername, password));
    } catch (UserException | FolderException e) {
      throw new IllegalStateException(e);
    }
    List<Path> messages = archive.messages();
    int surplus = Math.max(0, messages.size() - keep);
    for (Path old : messages.subList(0, surplus)) {
      Files.delete(old);
    }
    for (Path file : messages.subList(surplus, messages.size())) {
      try (InputStream content = Files.newInputStream(file)) {
        show(file, GreenMailUtil.newMimeMessage(content));
      } catch (MessagingException e) {
        throw new IOException(e);
      }
    }
  }

  @Override
  public SmtpManager getSmtpManager() {
    return incoming;
  }

  private void accept(MovingMessage incoming) throws IOException, MessagingException {
    MimeMessage message = incoming.getMessage();
    message.setHeader("Return-Path", "<" + incoming.getReturnPath().getEmail() + ">");
    message.setHeader(
        ENVELOPE_RECIPIENTS,
        incoming.getToAddresses().stream().map(MailAddress::getEmail).sorted().collect(Collectors.joining(", ")));
    show(archive.add(message), message);
    if (kept.size() > keep) {
      drop(kept.removeFirst());
    }
  }

  private void show(Path file, MimeMessage message) throws IOException, MessagingException {
    Date received = new Date(Files.getLastModifiedTime(file).toMillis());
    Long ownUid = isOurs(message) ? own.appendMessage(message, new Flags(), received) : null;
    kept.addLast(new Kept(file, inbox.appendMessage(message, new Flags(), received), ownUid));
  }

  private void drop(Kept oldest) throws IOException {
    Files.deleteIfExists(oldest.file());
    drop(inbox, oldest.uid());
    if (oldest.ownUid() != null) drop(own, oldest.ownUid());
  }

  private static void drop(MailFolder folder, long uid) {
    if (folder.getMessage(uid) == null) return;
    try {
      folder.setFlags(new Flags(Flags.Flag.DELETED), true, uid, null, true);
      folder.expunge();
    } catch (FolderException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isOurs(MimeMessage message) throws MessagingException {
    String recipients = message.getHeader(ENVELOPE_RECIPIENTS, ", ");
    return ownDomain.length() > 1
        && recipients != null
        && Arrays.stream(recipients.toLowerCase(Locale.ROOT).split(", ")).anyMatch(to -> to.endsWith(ownDomain));
  }

  /** Answers the client's DATA after the message is on disk; an exception makes the answer 451. */
  private final class Incoming extends SmtpManager {

    Incoming() {
      super(Mailbox.super.getImapHostManager(), Mailbox.super.getUserManager());
    }

    @Override
    public synchronized void send(SmtpState state) {
      try {
        accept(state.getMessage());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (MessagingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
