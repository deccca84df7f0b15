package dev.leadline.mail.message;

import dev.leadline.outreach.Attachment;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is in a mail: the approved words and what stands under them, as text and as HTML, and files.
 *
 * <p>An invitation (text/calendar with a method, RFC 6047) stands twice: beside the text, where calendar programs show
 * their buttons for it, and as a file for the programs that look for one only.
 */
record Body(String words, List<String> footing, URI unsubscribe, List<Attachment> attachments) {

  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  void writeTo(MimeMessage mail) throws MessagingException {
    if (attachments.isEmpty()) {
      mail.setContent(alternatives());
      return;
    }
    var all = new MimeMultipart("mixed");
    var alternatives = new MimeBodyPart();
    alternatives.setContent(alternatives());
    all.addBodyPart(alternatives);
    for (Attachment attachment : attachments) all.addBodyPart(file(attachment));
    mail.setContent(all);
  }

  /** The richest last, as RFC 2046 wants them. */
  private MimeMultipart alternatives() throws MessagingException {
    var alternatives = new MimeMultipart("alternative");
    alternatives.addBodyPart(text("plain", plain()));
    alternatives.addBodyPart(text("html", Html.of(words, footing, unsubscribe)));
    for (Attachment attachment : attachments) {
      var type = new ContentType(attachment.mediaType());
      if (invites(type)) alternatives.addBodyPart(part(attachment, type));
    }
    return alternatives;
  }

  private String plain() {
    String under = footing.isEmpty() ? "" : String.join("\n", footing) + "\n";
    return "%s\n\n%sNo more mail from us: %s\n".formatted(words, under, unsubscribe);
  }

  private static BodyPart text(String subtype, String text) throws MessagingException {
    var part = new MimeBodyPart();
    part.setText(text, UTF_8, subtype);
    part.setHeader("Content-Transfer-Encoding", "quoted-printable");
    return part;
  }

  private static BodyPart file(Attachment attachment) throws MessagingException {
    var type = new ContentType(attachment.mediaType());
    var part = part(attachment, invites(type) ? new ContentType("application/ics") : type);
    part.setDisposition(Part.ATTACHMENT);
    part.setFileName(attachment.name());
    return part;
  }

  private static BodyPart part(Attachment attachment, ContentType type) throws MessagingException {
    if (type.match("text/*")) type.setParameter("charset", UTF_8);
    var part = new MimeBodyPart();
    byte[] bytes = attachment.text().getBytes(StandardCharsets.UTF_8);
    part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type.toString())));
    part.setHeader("Content-Transfer-Encoding", "base64");
    return part;
  }

  private static boolean invites(ContentType type) {
    return type.match("text/calendar") && type.getParameter("method") != null;
  }
}
