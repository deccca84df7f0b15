package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.mail.SendEmail.Input;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.message.MessageSettings;
import dev.leadline.mail.message.Order;
import dev.leadline.mail.message.Order.Footing;
import dev.leadline.mail.message.Order.TokenIn;
import dev.leadline.mail.message.TouchTokens;
import dev.leadline.mail.message.UnsubscribeLinks;
import dev.leadline.outreach.Attachment;
import dev.leadline.outreach.Email;
import dev.leadline.sending.MustSay;
import io.camunda.client.exception.BpmnError;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LettersTest {

  private final Office office = new Office();
  private final UnsubscribeLinks links = office.links();
  private final String tokened = TouchTokens.address("alex@harbor.example", new TouchTokens(office.seal()).of(Office.FIRST));

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void saysWhoWritesToWhomAndHowToStopIt() throws Exception {
    var mail = sent("A subject", "Hello Jo");

    assertThat(mail.getHeader("From")).containsExactly("Alex Morgan <alex@harbor.example>");
    assertThat(mail.getHeader("Reply-To")).containsExactly(tokened);
    assertThat(mail.getHeader("Return-Path")).containsExactly("<" + tokened + ">");
    assertThat(mail.getHeader("Auto-Submitted")).isNull();
    assertThat(mail.getHeader("To")).containsExactly(Office.ADDRESS);
    assertThat(mail.getSentDate()).isNotNull();
    assertThat(mail.getHeader("X-Leadline-Touch")).containsExactly(Office.FIRST);
    String link = "https://reach.us.example/unsubscribe/" + links.token(Office.FIRST);
    assertThat(mail.getHeader("List-Unsubscribe", "").replaceAll("\\s+", " "))
        .isEqualTo("<" + link + ">, <mailto:" + tokened + "?subject=unsubscribe>");
    assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
    assertThat(Office.text(mail)).isEqualTo(
        "Hello Jo\n\nHarbor Ltd, 12 Quay Street, Bristol\nAI helped.\nNo more mail from us: " + link + "\n");
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
  }

  @Test
  void anyScriptAndAnyLineLengthArrivesAsWritten() throws Exception {
    String body = "Grüße aus Łódź, 東京 und 👋\n.\n.leading dot\nFrom the start\n" + "long ".repeat(500).strip();

    var mail = sent("Größe und 東京: " + "ein langer Betreff ".repeat(8).strip(), body);

    assertThat(mail.getSubject()).isEqualTo("Größe und 東京: " + "ein langer Betreff ".repeat(8).strip());
    assertThat(Office.text(mail)).startsWith(body + "\n\nHarbor Ltd");
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
  void htmlSaysTheSameWithItsLinksAndLoadsNothing() throws Exception {
    var mail = sent("A subject", "Hello <Jo> & \"all\",\n\nlook: https://harbor.example/meet?a=1&b=2.\nBye\n\nAlex");

    var html = ((MimeMultipart) mail.getContent()).getBodyPart(1);
    assertThat(html.getContentType()).isEqualTo("text/html; charset=UTF-8");
    String text = html.getContent().toString().replace("\r\n", "\n");
    assertThat(text)
        .contains("<p>Hello &lt;Jo&gt; &amp; &quot;all&quot;,</p>")
        .contains("<a href=\"https://harbor.example/meet?a=1&amp;b=2\">https://harbor.example/meet?a=1&amp;b=2</a>.<br>\nBye")
        .contains("<p>Alex</p>", "Harbor Ltd, 12 Quay Street, Bristol", "AI helped.", links.token(Office.FIRST))
        .doesNotContain("<img", "<script", "<link");
    assertThat(Jsoup.parse(text).select("a")).hasSize(2);
  }

  @Test
  void whatNoPolicyAsksForIsLeftOut() throws Exception {
    var order = order(Office.ADDRESS, TokenIn.BOTH, List.of(), false, new Footing(false, false, null));

    assertThat(Office.text(office.letters().write(order))).doesNotContain("AI helped.", "Quay Street").contains("No more mail");
  }

  @Test
  void whereTheirAddressIsFromStandsInTheFirstMailOnly() throws Exception {
    office.mustSay = new MustSay(false, true, "Apollo\r\nBcc: x");
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1));
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 2));

    assertThat(Office.text(office.arrived().getFirst()))
        .contains("From: Apollo  Bcc: x.", "AI helped.").doesNotContain("Quay Street");
    assertThat(Office.text(office.arrived().getLast())).contains("AI helped.").doesNotContain("Apollo");
  }

  @Test
  void anAnswerThatNobodySawSaysThatItIsOne() throws Exception {
    var order = order(Office.ADDRESS, TokenIn.BOTH, List.of("<1@x>", "<2@y>"), true, new Footing(true, true, null));

    var letter = office.letters().write(order);

    assertThat(letter.getHeader("Auto-Submitted")).containsExactly("auto-replied");
    assertThat(letter.getHeader("In-Reply-To")).containsExactly("<2@y>");
    assertThat(letter.getHeader("References", "").replaceAll("\\s+", " ")).isEqualTo("<1@x> <2@y>");
  }

  @Test
  void theTokenStandsWhereTheServerTakesIt() throws Exception {
    var replyTo = office.letters().write(order(Office.ADDRESS, TokenIn.REPLY_TO, List.of(), false, new Footing(true, true, null)));
    var none = office.letters().write(order(Office.ADDRESS, TokenIn.NONE, List.of(), false, new Footing(true, true, null)));

    assertThat(replyTo.getEnvelopeFrom()).isEqualTo("alex@harbor.example");
    assertThat(replyTo.getHeader("Reply-To", "")).isEqualTo("alex+t-token@harbor.example");
    assertThat(none.getHeader("Reply-To", "")).isEqualTo("alex@harbor.example");
    assertThat(none.getHeader("List-Unsubscribe", "")).contains("mailto:alex@harbor.example?");
  }

  @Test
  void anAnswerFindsItsTouchByTheTokenInItsAddress() throws Exception {
    sent("A subject", "Hello Jo");
    var touches = office.touches(office.settings(true));

    String token = TouchTokens.in("\"Alex\" <" + tokened.toUpperCase() + ">").orElseThrow();

    assertThat(token).hasSize(16);
    assertThat(touches.ofToken(token)).get().extracting(Touch::id).isEqualTo(Office.FIRST);
    assertThat(touches.ofToken("a".repeat(16))).isEmpty();
    for (String odd : List.of("alex@harbor.example", "alex+t-@harbor.example", "alex+t-" + token, "")) {
      assertThat(TouchTokens.in(odd)).as(odd).isEmpty();
    }
  }

  @Test
  void aMessageIdBelongsToOneContent() {
    assertThat(Letters.messageId("a".repeat(64), "alex@harbor.example"))
        .isEqualTo(Letters.messageId("a".repeat(64), "alex@harbor.example"))
        .isNotEqualTo(Letters.messageId("b".repeat(64), "alex@harbor.example"))
        .matches("<[^@<>\\s]+@harbor\\.example>");
  }

  @Test
  void theSecretOfLinksIsKeptAndEveryOtherOneIsUnknown() {
    var before = office.links();
    office.message = new MessageSettings(
        office.message.publicAddress(), null, "", "", new MessageSettings.Dkim(null, null, null));
    String token = office.links().token(Office.FIRST);

    assertThat(office.links().touchId(token)).contains(Office.FIRST);
    assertThat(before.touchId(token)).isEmpty();
    for (String odd : List.of("", "x", "ä", "====", token + "A", token.substring(2), "A".repeat(5000))) {
      assertThat(office.links().touchId(odd)).as(odd).isEmpty();
    }
    assertThat(token).doesNotContain("@").matches("[A-Za-z0-9_-]+");
  }

  private MimeMessage write(String address) {
    return office.letters().write(order(address, TokenIn.BOTH, List.of(), false, new Footing(true, true, null)));
  }

  private static Order order(
      String recipient, TokenIn tokenIn, List<String> thread, boolean automatic, Footing footing) {
    return new Order(
        Office.FIRST, "token", "<x@y.example>", new Order.From("Alex Morgan", "alex@harbor.example", tokenIn), recipient,
        Office.email(1, "S", "B"), thread, automatic, footing);
  }

  private MimeMessage sent(String subject, String body) {
    office.drafts.save(Office.draft(Office.email(1, subject, body)));
    office.approveAll();
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1));
    return office.arrived().getFirst();
  }
}
