package dev.leadline.replies;

import dev.leadline.replies.Incoming.Attachment;
import dev.leadline.replies.ReceivedMail.Report;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;

/** Takes mails apart as strangers write them: whatever is broken in one is read as well as it goes, never refused. */
final class MimeReader {

  /** Characters; nobody reads more. */
  static final int LONGEST_TEXT = 200_000;
  private static final int LONGEST_HEADER = 1_000;
  private static final int MOST_PARTS = 300;
  private static final int MOST_ATTACHMENTS = 50;
  private static final int MOST_CALENDARS = 3;
  private static final int DEEPEST = 20;
  private static final Charset WESTERN = Charset.forName("windows-1252");
  private static final Session SESSION = Session.getInstance(new Properties());
  private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\",;:()\\[\\]]+@[^\\s<>\",;:()\\[\\]]+");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  private final List<String> plain = new ArrayList<>();
  private final List<String> html = new ArrayList<>();
  private final List<Attachment> attachments = new ArrayList<>();
  private final List<String> calendars = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private int parts;

  private MimeReader() {}

  static ReceivedMail read(byte[] mail) {
    var reader = new MimeReader();
    var headers = new InternetHeaders();
    try {
      var message = new MimeMessage(SESSION, new ByteArrayInputStream(mail));
      message.getAllHeaders().asIterator().forEachRemaining(h -> headers.addHeader(h.getName(), h.getValue()));
      reader.read(message, 0, false);
    } catch (MessagingException | IOException | RuntimeException unreadable) {
      reader.plain.add(text(mail, null));
    }
    return reader.mail(headers);
  }

  private ReceivedMail mail(InternetHeaders headers) {
    String author = ReceivedMail.first(headers, "From");
    if (author.isEmpty()) author = ReceivedMail.first(headers, "Sender");
    String from = "";
    String name = "";
    try {
      var parsed = InternetAddress.parseHeader(author, false);
      if (parsed.length > 0) {
        from = parsed[0].getAddress() == null ? "" : parsed[0].getAddress();
        name = parsed[0].getPersonal() == null ? "" : parsed[0].getPersonal();
      }
    } catch (AddressException unreadable) {
      // taken as it stands below
    }
    if (!from.contains("@")) {
      var address = ADDRESS.matcher(decoded(author));
      from = address.find() ? address.group() : "";
    }
    return new ReceivedMail(
        headers, line(from), line(decoded(name)), line(decoded(ReceivedMail.first(headers, "Subject"))),
        joined(plain), joined(html), List.copyOf(attachments), List.copyOf(calendars),
        List.copyOf(reports));
  }

  private void read(Part part, int depth, boolean reported) throws MessagingException, IOException {
    if (++parts > MOST_PARTS || depth > DEEPEST) return;
    String type = type(part);
    boolean report = reported || type.equals("multipart/report");
    if (type.startsWith("multipart/")) {
      readAll(part, depth, report);
    } else if (type.equals("message/delivery-status") || type.equals("message/feedback-report")) {
      reports.add(new Report(type, text(part)));
    } else if (report && (type.startsWith("message/") || type.equals("text/rfc822-headers"))) {
      reports.add(new Report("message/rfc822", text(part)));
    } else if (isAttachment(part, type)) {
      if (type.equals("text/calendar") && calendars.size() < MOST_CALENDARS) calendars.add(text(part));
      if (attachments.size() < MOST_ATTACHMENTS) attachments.add(new Attachment(name(part), type, size(part)));
    } else if (type.equals("text/html")) {
      html.add(text(part));
    } else {
      plain.add(text(part));
    }
  }

  private void readAll(Part part, int depth, boolean report) throws IOException {
    int before = parts;
    try {
      if (part.getContent() instanceof Multipart multipart) {
        for (int i = 0; i < multipart.getCount() && parts <= MOST_PARTS; i++) {
          BodyPart inner = multipart.getBodyPart(i);
          read(inner, depth + 1, report);
        }
        return;
      }
    } catch (MessagingException | IOException | RuntimeException broken) {
      if (parts > before) return;
    }
    plain.add(text(part));
  }

  private static boolean isAttachment(Part part, String type) {
    if (!type.startsWith("text/") || type.equals("text/calendar")) return true;
    try {
      return Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition()) || part.getFileName() != null;
    } catch (MessagingException unreadable) {
      return false;
    }
  }

  private static String name(Part part) {
    try {
      String name = part.getFileName();
      return name == null ? "" : line(decoded(name));
    } catch (MessagingException unreadable) {
      return "";
    }
  }

  private static long size(Part part) {
    try (InputStream content = bytes(part)) {
      return content.transferTo(OutputStream.nullOutputStream());
    } catch (MessagingException | IOException unreadable) {
      return 0;
    }
  }

  /** In lower case, without parameters; text/plain when it cannot be told. */
  private static String type(Part part) {
    try {
      String type = part.getContentType();
      if (type == null) return "text/plain";
      String base = type.split("[;\\s]")[0].strip().toLowerCase(Locale.ROOT);
      return base.matches("[\\w.+-]+/[\\w.+-]+") ? base : "text/plain";
    } catch (MessagingException | ArrayIndexOutOfBoundsException unreadable) {
      return "text/plain";
    }
  }

  private static String text(Part part) {
    try (InputStream content = bytes(part)) {
      return text(content.readNBytes(LONGEST_TEXT * 4), charset(part));
    } catch (MessagingException | IOException | RuntimeException unreadable) {
      return "";
    }
  }

  /** Decoded; as it came, when its encoding is none. */
  private static InputStream bytes(Part part) throws MessagingException, IOException {
    try {
      return new ByteArrayInputStream(part.getInputStream().readAllBytes());
    } catch (MessagingException | IOException unknownEncoding) {
      return switch (part) {
        case MimeMessage message -> message.getRawInputStream();
        case MimeBodyPart body -> body.getRawInputStream();
        default -> InputStream.nullInputStream();
      };
    }
  }

  private static Charset charset(Part part) {
    try {
      String name = new ContentType(part.getContentType()).getParameter("charset");
      return name == null ? null : Charset.forName(MimeUtility.javaCharset(name.strip()));
    } catch (MessagingException | IllegalArgumentException unknown) {
      return null;
    }
  }

  /** Whether or not a mail says how it is written, its bytes often tell. */
  private static String text(byte[] bytes, Charset charset) {
    Charset asked = charset == null || charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    String text;
    try {
      text = asked.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException other) {
      text = new String(bytes, asked.equals(StandardCharsets.UTF_8) ? WESTERN : asked);
    }
    return CONTROLS.matcher(text.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("");
  }

  private static String decoded(String text) {
    if (text.chars().anyMatch(c -> c > 127 && c < 256) && text.chars().allMatch(c -> c < 256)) {
      text = text(text.getBytes(StandardCharsets.ISO_8859_1), null);
    }
    try {
      return MimeUtility.decodeText(text);
    } catch (UnsupportedEncodingException unknown) {
      return text;
    }
  }

  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\s]+", " ").strip();
    return line.length() <= LONGEST_HEADER ? line : line.substring(0, LONGEST_HEADER);
  }

  private static String joined(List<String> texts) {
    String all = String.join("\n", texts.stream().filter(text -> !text.isBlank()).toList()).strip();
    return all.length() <= LONGEST_TEXT ? all : all.substring(0, LONGEST_TEXT);
  }
}
