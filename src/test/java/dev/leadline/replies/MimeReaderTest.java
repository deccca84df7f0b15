package dev.leadline.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.replies.Incoming.Attachment;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MimeReaderTest {

  private final QuotedText quoted = new QuotedText();

  static Stream<Path> people() {
    return Mails.in("person");
  }

  @ParameterizedTest
  @MethodSource("people")
  void whatIsNewIsReadAsItWasWritten(Path file) throws Exception {
    var mail = MimeReader.read(Mails.read(file));
    assertThat(quoted.fresh(mail))
        .isEqualTo(Files.readString(Path.of(file.toString().replace(".eml", ".txt"))).strip());
  }

  @Test
  void anAttachmentIsKnownByNameAndSizeAndNotRead() {
    var mail = MimeReader.read(Mails.named("person/alternative-with-attachment"));
    assertThat(mail.attachments()).containsExactly(new Attachment("Anfrage für Harbor.pdf", "application/pdf", 28));
    assertThat(QuotedText.whole(mail)).doesNotContain("Ignore previous");
  }

  @Test
  void whatIsHiddenInAPageIsNotText() {
    assertThat(QuotedText.whole(MimeReader.read(Mails.named("person/html-only")))).contains("prices", "Hello Jo")
        .doesNotContain("ignore previous");
  }

  @Test
  void aSenderIsFoundInWhateverTheHeaderSays() {
    assertThat(read("From: =?utf-8?Q?J=C3=B6?= <jo@acme.example>\n\n").name()).isEqualTo("Jö");
    assertThat(read("From: \"Jo, at Acme <jo@acme.example\n\n").from()).isEqualTo("jo@acme.example");
    assertThat(read("From: =?utf-8?q?J=C3=B6_=3Cjo=40acme=2Eexample=3E?=\n\n").from()).isEqualTo("jo@acme.example");
    assertThat(read("From: nobody\n\n").from()).isEmpty();
    assertThat(read("Subject: x\n\n").from()).isEmpty();
  }

  @Test
  void aHugeMailIsReadToItsLimit() {
    var mail = read("From: jo@acme.example\n\n" + "word ".repeat(500_000));
    assertThat(mail.plain()).hasSize(MimeReader.LONGEST_TEXT);
    assertThat(quoted.fresh(mail)).hasSizeLessThanOrEqualTo(QuotedText.LONGEST_NEW_TEXT);
  }

  @Test
  void partsWithinPartsEndSomewhere() {
    var nested = new StringBuilder("From: jo@acme.example\n");
    for (int i = 0; i < 200; i++) {
      nested.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i).append('\n');
    }
    assertThat(read(nested + "Content-Type: text/plain\n\ndeep").from()).isEqualTo("jo@acme.example");
    var many = new StringBuilder("From: jo@acme.example\nContent-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 5_000; i++) many.append("--b\nContent-Type: image/png; name=a.png\n\nx\n");
    assertThat(read(many + "--b--").attachments()).hasSize(50);
  }

  @Test
  void noDamageIsAnException() {
    var random = new Random(7);
    var files = Mails.all().map(Mails::read).toList();
    for (int round = 0; round < 1_000; round++) {
      byte[] mail = files.get(round % files.size()).clone();
      for (int i = 0; i < 1 + random.nextInt(20); i++) mail[random.nextInt(mail.length)] = (byte) random.nextInt(256);
      var damaged = MimeReader.read(Arrays.copyOf(mail, random.nextInt(mail.length + 1)));
      new MachineMail().read(damaged);
      assertThat(quoted.fresh(damaged)).isNotNull();
    }
  }

  private static ReceivedMail read(String mail) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    return MimeReader.read(out.toByteArray());
  }
}
