package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.lead.Lead;
import dev.leadline.mail.SendEmail.Input;
import dev.leadline.outreach.Attachment;
import dev.leadline.outreach.Email;
import io.camunda.client.exception.BpmnError;
import jakarta.mail.Session;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {

  private final Office office = new Office();
  private final MailSettings settings = office.settings(true, "*");
  private final UnsubscribeLinks links = new UnsubscribeLinks(settings, office.mongo);
  private final Letters letters = new Letters(Office.SENDER, links, office.clock);

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void saysWhoWritesToWhomAndHowToStopIt() throws Exception {
    var mail = sent("A subject", "Hello Jo");

    assertThat(mail.getHeader("From")).containsExactly("Alex Morgan <alex@harbor.example>");
    assertThat(mail.getHeader("Reply-To")).containsExactly("alex@harbor.example");
    assertThat(mail.getHeader("To")).containsExactly(Office.ADDRESS);
    assertThat(mail.getSentDate()).isNotNull();
    assertThat(mail.getHeader("X-Leadline-Touch")).containsExactly(Office.FIRST);
    String link = "https://reach.us.example/unsubscribe/" + links.token(Office.FIRST);
    assertThat(mail.getHeader("List-Unsubscribe", "").replaceAll("\\s+", " "))
        .isEqualTo("<" + link + ">, <mailto:alex@harbor.example?subject=unsubscribe>");
    assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    assertThat(text(mail)).isEqualTo(
        "Hello Jo\n\nHarbor Ltd, 12 Quay Street, Bristol\nNo more mail from us: " + link);
    assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
  }

  @Test
  void anyScriptAndAnyLineLengthArrivesAsWritten() throws Exception {
    String body = "Grüße aus Łódź, 東京 und 👋\n.\n.leading dot\nFrom the start\n" + "long ".repeat(500).strip();

    var mail = sent("Größe und 東京: " + "ein langer Betreff ".repeat(8).strip(), body);

    assertThat(mail.getSubject()).isEqualTo("Größe und 東京: " + "ein langer Betreff ".repeat(8).strip());
    assertThat(text(mail)).startsWith(body + "\n\nHarbor Ltd");
    var raw = new ByteArrayOutputStream();
    mail.writeTo(raw);
    assertThat(raw.toString(StandardCharsets.ISO_8859_1).lines()).allSatisfy(line -> {
      assertThat(line.length()).isLessThanOrEqualTo(998);
      assertThat(line.chars()).allMatch(letter -> letter < 128);
    });
  }

  @Test
  void anInvitationIsWhatCalendarProgramsExpect() throws Exception {
    String event = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Über Übergaben\r\nEND:VCALENDAR\r\n";
    office.drafts.save(Office.draft(new Email(
        1, "PT0S", "Our call", "Hello Jo", List.of(),
        List.of(new Attachment("invite.ics", "text/calendar; method=REQUEST", event)))));
    office.approveAll();
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1));

    var all = (MimeMultipart) office.arrived().getFirst().getContent();
    assertThat(all.getContentType()).startsWith("multipart/mixed");
    assertThat(all.getCount()).isEqualTo(2);
    var words = (MimeMultipart) all.getBodyPart(0).getContent();
    assertThat(words.getContentType()).startsWith("multipart/alternative");
    assertThat(words.getBodyPart(0).getContent().toString()).startsWith("Hello Jo");
    var shown = words.getBodyPart(words.getCount() - 1);
    var type = new ContentType(shown.getContentType());
    assertThat(type.getBaseType()).isEqualTo("text/calendar");
    assertThat(type.getParameter("method")).isEqualTo("REQUEST");
    assertThat(type.getParameter("charset")).isEqualTo("UTF-8");
    assertThat(shown.getDisposition()).isNull();
    assertThat(shown.getInputStream()).hasContent(event);
    var file = all.getBodyPart(1);
    assertThat(file.getContentType()).startsWith("application/ics");
    assertThat(file.getDisposition()).isEqualTo("attachment");
    assertThat(file.getFileName()).isEqualTo("invite.ics");
    assertThat(file.getInputStream()).hasContent(event);
    assertThat(office.timeline.of(Office.LEAD).getLast().details()).contains("Attached: invite.ics");
  }

  @Test
  void anAttachmentChangedAfterTheApprovalStaysHere() {
    var email = Office.email(1, "Our call", "Hello Jo");
    office.drafts.save(Office.draft(email));
    office.approveAll();
    office.drafts.save(Office.draft(new Email(
        1, email.after(), email.subject(), email.body(), List.of(), List.of(new Attachment("a.txt", "text/plain", "x")))));

    assertThatThrownBy(() -> office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1)))
        .isInstanceOf(BpmnError.class);

    assertThat(office.arrived()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Hi\r\nBcc: all@other.example", "Hi\nBcc: all@other.example", "Hi\rX: y", "Hi\u0000", "Hi\u0085x"})
  void aSubjectOfMoreThanOneLineNeverLeaves(String subject) {
    office.drafts.save(Office.draft(Office.email(1, subject, "Hello")));
    office.approveAll();

    assertThatThrownBy(() -> office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1)))
        .hasMessageContaining("one line");

    assertThat(office.arrived()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jo@acme.example\r\nBcc: all@other.example", "jo@acme.example, eve@other.example",
      "all: jo@acme.example;@acme.example", "jo @acme.example"})
  void anAddressIsOneAddress(String address) {
    assertThatThrownBy(() -> write(address)).isInstanceOf(RuntimeException.class);
  }

  @Test
  void anAddressWithAnInternationalDomainIsWrittenForEveryServer() throws Exception {
    assertThat(write("jo@bücher.example").getHeader("To")).containsExactly("jo@xn--bcher-kva.example");
  }

  @Test
  void aMessageIdBelongsToOneContent() {
    assertThat(letters.messageId("a".repeat(64)))
        .isEqualTo(letters.messageId("a".repeat(64)))
        .isNotEqualTo(letters.messageId("b".repeat(64)))
        .matches("<[^@<>\\s]+@harbor\\.example>");
  }

  @Test
  void theSecretOfLinksIsKeptAndEveryOtherOneIsUnknown() {
    var made = new MailSettings(
        settings.allowedDomains(), settings.publicAddress(), null, settings.lease(), settings.imap());
    String token = new UnsubscribeLinks(made, office.mongo).token(Office.FIRST);

    assertThat(new UnsubscribeLinks(made, office.mongo).touchId(token)).contains(Office.FIRST);
    assertThat(links.touchId(token)).isEmpty();
    for (String odd : List.of("", "x", "ä", "====", token + "A", token.substring(2), "A".repeat(5000))) {
      assertThat(new UnsubscribeLinks(made, office.mongo).touchId(odd)).as(odd).isEmpty();
    }
    assertThat(token).doesNotContain("@").matches("[A-Za-z0-9_-]+");
  }

  private MimeMessage write(String address) {
    Lead lead = Office.lead(address);
    var session = Session.getInstance(new Properties());
    return letters.write(session, Office.FIRST, "<x@y.example>", lead, Office.email(1, "S", "B"), Optional.empty());
  }

  private MimeMessage sent(String subject, String body) {
    office.drafts.save(Office.draft(Office.email(1, subject, body)));
    office.approveAll();
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1));
    return office.arrived().getFirst();
  }

  private static String text(MimeMessage mail) throws Exception {
    return mail.getContent().toString().replace("\r\n", "\n").strip();
  }
}
