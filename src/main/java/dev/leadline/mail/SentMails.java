package dev.leadline.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Header;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.search.BodyTerm;
import jakarta.mail.search.OrTerm;
import jakarta.mail.search.RecipientStringTerm;
import jakarta.mail.search.SearchTerm;
import jakarta.mail.search.SubjectTerm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.IMAPMessage;
import org.springframework.stereotype.Component;

/** The mails in the mailbox, as the page about it shows them. */
@Component
class SentMails {

  private static final int PAGE = 50;
  /** In every mail of ours: id of its touch. */
  private static final String TOUCH = "X-Leadline-Touch";
  private static final Session LENIENT = lenient();

  private final Mailbox mailbox;

  SentMails(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  private static Session lenient() {
    var properties = new Properties();
    properties.put("mail.mime.address.strict", "false");
    return Session.getInstance(properties);
  }

  /**
   * One line of the list.
   *
   * @param leadId whom we wrote to; null for a mail that is not ours
   */
  record Line(long uid, String from, String to, String subject, Instant at, String leadId) {}

  /** A page of the list, newest first; pages count from 0. */
  record Found(List<Line> lines, int page, int total) {

    public boolean more() {
      return (page + 1) * PAGE < total;
    }
  }

  /** One mail in full. */
  record Mail(Line line, String text, String headers) {}

  /** @param query part of a recipient, a subject or a text; blank for all */
  Found find(String query, int page) {
    return mailbox.read(folder -> {
      var all = Arrays.asList(query.isBlank() ? folder.getMessages() : search(folder, query));
      Collections.reverse(all);
      var shown = all.subList(Math.min(page * PAGE, all.size()), Math.min((page + 1) * PAGE, all.size()));
      fetch(folder, shown);
      List<Line> lines = new ArrayList<>();
      for (Message message : shown) lines.add(line(folder, message));
      return new Found(lines, page, all.size());
    });
  }

  Optional<Mail> get(long uid) {
    return mailbox.read(folder -> {
      var message = ((UIDFolder) folder).getMessageByUID(uid);
      if (message == null) return Optional.empty();
      return Optional.of(new Mail(line(folder, message), text(message), headers(message)));
    });
  }

  private static Message[] search(Folder folder, String query) throws MessagingException {
    var envelope = new OrTerm(new SubjectTerm(query), new RecipientStringTerm(Message.RecipientType.TO, query));
    if (query.chars().allMatch(letter -> letter < 128)) return folder.search(new OrTerm(envelope, new BodyTerm(query)));
    // The embedded server's SEARCH understands ASCII only, and to read every text here would be slow.
    Message[] all = folder.getMessages();
    fetch(folder, Arrays.asList(all));
    return folder.search(new Local(envelope), all);
  }

  /** Makes the client match, not the server. */
  private static final class Local extends SearchTerm {

    private final SearchTerm term;

    Local(SearchTerm term) {
      this.term = term;
    }

    @Override
    public boolean match(Message message) {
      return term.match(message);
    }
  }

  private static void fetch(Folder folder, List<Message> messages) throws MessagingException {
    var profile = new FetchProfile();
    profile.add(FetchProfile.Item.ENVELOPE);
    profile.add(UIDFolder.FetchProfileItem.UID);
    profile.add(TOUCH);
    folder.fetch(messages.toArray(Message[]::new), profile);
  }

  private static Line line(Folder folder, Message listed) throws MessagingException {
    Message message = understood(listed);
    Date at = message.getReceivedDate() == null ? message.getSentDate() : message.getReceivedDate();
    String subject = message.getSubject() == null ? "" : message.getSubject();
    return new Line(
        ((UIDFolder) folder).getUID(listed), addresses(message.getFrom()),
        addresses(message.getRecipients(Message.RecipientType.TO)), subject, at == null ? Instant.EPOCH : at.toInstant(),
        lead(listed.getHeader(TOUCH)));
  }

  private static String lead(String[] touches) {
    return touches == null ? null : touches[0].strip().split("/")[0];
  }

  /** The mail itself, where the server makes an envelope of it that nobody understands: strangers write odd headers. */
  private static Message understood(Message message) throws MessagingException {
    try {
      message.getReceivedDate();
      return message;
    } catch (MessagingException odd) {
      try (InputStream whole = ((IMAPMessage) message).getMimeStream()) {
        return new MimeMessage(LENIENT, whole);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String addresses(jakarta.mail.Address[] addresses) {
    return addresses == null
        ? ""
        : Stream.of(addresses)
            .map(a -> a instanceof InternetAddress internet ? internet.toUnicodeString() : a.toString())
            .collect(Collectors.joining(", "));
  }

  private static String text(Part part) throws MessagingException {
    try {
      if (part.isMimeType("text/plain")) return part.getContent().toString();
      if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
        for (int i = 0; i < parts.getCount(); i++) {
          BodyPart inner = parts.getBodyPart(i);
          String text = text(inner);
          if (!text.isEmpty()) return text;
        }
      }
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String headers(Message message) throws MessagingException {
    var headers = new StringBuilder();
    for (Header header : Collections.list(message.getAllHeaders())) {
      headers.append(header.getName()).append(": ").append(header.getValue()).append('\n');
    }
    return headers.toString();
  }
}
