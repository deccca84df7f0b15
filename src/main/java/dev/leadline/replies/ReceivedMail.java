package dev.leadline.replies;

import dev.leadline.replies.Incoming.Attachment;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mail taken apart.
 *
 * @param headers as they came
 * @param from address of the author, "" when none can be read
 * @param name of the author, or ""
 * @param subject decoded, in one line
 * @param plain its text as its author wrote it; "" when it has none
 * @param html its text as a page; "" when it has none
 * @param calendars what calendar programs say (RFC 5546)
 * @param reports of machines (RFC 3462), and the headers of the mails they are about
 */
record ReceivedMail(
    InternetHeaders headers,
    String from,
    String name,
    String subject,
    String plain,
    String html,
    List<Attachment> attachments,
    List<String> calendars,
    List<Report> reports) {

  private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s]{3,300}>");
  private static final Pattern QUOTED_ID = Pattern.compile("(?im)^[> ]*Message-ID:\\s*(<[^<>\\s]{3,300}>)");

  /** @param type message/delivery-status, message/feedback-report, or message/rfc822 for the mail it is about */
  record Report(String type, String text) {

    /** Its groups of fields; the first is about the whole. */
    List<InternetHeaders> fields() {
      return Arrays.stream(text.replace("\r\n", "\n").split("\n\\s*\n")).filter(group -> !group.isBlank())
          .map(Report::headers).toList();
    }

    private static InternetHeaders headers(String text) {
      try {
        return new InternetHeaders(new ByteArrayInputStream(text.strip().getBytes(StandardCharsets.UTF_8)));
      } catch (MessagingException unreadable) {
        return new InternetHeaders();
      }
    }
  }

  /** The first header of this name in one line, or "". */
  String header(String name) {
    return first(headers, name);
  }

  static String first(InternetHeaders headers, String name) {
    String[] values = headers.getHeader(name);
    return values == null ? "" : values[0].replaceAll("\\s+", " ").strip();
  }

  String messageId() {
    return header("Message-ID");
  }

  /** Everyone it is for, as far as its headers tell, in lower case. */
  List<String> recipients() {
    return Stream.of("X-Envelope-To", "Delivered-To", "X-Original-To", "To", "Cc")
        .flatMap(name -> Stream.ofNullable(headers.getHeader(name)).flatMap(Arrays::stream))
        .flatMap(line -> Arrays.stream(line.split("[\\s,;<>\"]+")))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(word -> word.indexOf('@') > 0)
        .distinct().toList();
  }

  /** Message-IDs that it answers, the nearest last. */
  List<String> answers() {
    var ids = new LinkedHashSet<String>();
    for (String header : List.of("References", "In-Reply-To")) {
      MESSAGE_ID.matcher(header(header)).results().map(MatchResult::group).forEach(id -> {
        ids.remove(id);
        ids.add(id);
      });
    }
    return List.copyOf(ids);
  }

  /** Message-IDs of the mails that a report is about. */
  List<String> subjects() {
    var ids = new LinkedHashSet<>(answers());
    reports.stream().filter(report -> report.type().equals("message/rfc822"))
        .forEach(report -> QUOTED_ID.matcher(report.text()).results().map(id -> id.group(1)).forEach(ids::add));
    QUOTED_ID.matcher(plain).results().map(id -> id.group(1)).forEach(ids::add);
    return List.copyOf(ids);
  }

  Optional<Report> report(String type) {
    return reports.stream().filter(report -> report.type().equals(type)).findFirst();
  }
}
