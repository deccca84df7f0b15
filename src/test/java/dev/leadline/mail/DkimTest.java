package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.mail.SendEmail.Input;
import dev.leadline.mail.message.DkimSignatures;
import dev.leadline.mail.message.MessageSettings;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.james.jdkim.DKIMVerifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DkimTest {

  private static final KeyPair KEYS = keys();

  private final Office office = new Office();

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void whatArrivesIsSignedAndBothVerifiersAgree() throws Exception {
    byte[] mail = sent("Grüße: ein langer Betreff, der auf einer Zeile keinen Platz mehr hat, denn er geht weiter");

    assertThat(verified(mail, KEYS.getPublic())).isTrue();
    var james = new DKIMVerifier((method, selector, domain) -> {
      assertThat(selector + "._domainkey." + domain).isEqualTo("s1._domainkey.harbor.example");
      return List.of("v=DKIM1; k=rsa; p=" + Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded()));
    });
    assertThat(james.verify(new ByteArrayInputStream(mail))).hasSize(1);
    assertThat(new MimeMessage(null, new ByteArrayInputStream(mail)).getHeader("DKIM-Signature", ""))
        .contains("list-unsubscribe:list-unsubscribe-post").contains("from:from");
  }

  @Test
  void whatIsChangedOnTheWayIsSeen() throws Exception {
    String mail = new String(sent("Hello"), StandardCharsets.ISO_8859_1);

    assertThat(verified(mail.replaceFirst("shall we talk", "shall we pay"), KEYS.getPublic())).isFalse();
    assertThat(verified(mail.replaceFirst("Subject: Hello", "Subject: Hullo"), KEYS.getPublic())).isFalse();
    assertThat(verified(mail.replaceFirst("List-Unsubscribe: <h", "List-Unsubscribe: <x"), KEYS.getPublic())).isFalse();
    assertThat(verified("Subject: Another\r\n" + mail, KEYS.getPublic())).as("a second subject").isFalse();
    assertThat(verified(mail, keys().getPublic())).isFalse();
  }

  @Test
  void anotherDomainIsNotSignedAndAWrongKeyIsNamedWithoutIt() throws Exception {
    assertThat(sent("Hello", "other.example")).asString(StandardCharsets.ISO_8859_1).doesNotContain("DKIM-Signature");
    assertThatThrownBy(() -> new DkimSignatures(settings(null, "SECRET-KEY"), Office.SENDER))
        .hasMessageContaining("leadline.mail.dkim.key").hasMessageNotContaining("SECRET");
  }

  private byte[] sent(String subject) throws Exception {
    return sent(subject, null);
  }

  private byte[] sent(String subject, String domain) throws Exception {
    office.message = settings(domain, """
        -----BEGIN PRIVATE KEY-----
        %s
        -----END PRIVATE KEY-----
        """.formatted(Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())));
    office.drafts.save(Office.draft(Office.email(1, subject, "Hello Jo,\n\n  shall we talk?  \n\n\n.\nAlex")));
    office.approveAll();
    office.worker().handle(new Input(Office.LEAD, Office.DRAFT, 1));
    var raw = new ByteArrayOutputStream();
    office.arrived().getFirst().writeTo(raw);
    return raw.toByteArray();
  }

  private MessageSettings settings(String domain, String key) {
    return new MessageSettings(
        office.message.publicAddress(), "secret", "AI helped.", "", new MessageSettings.Dkim(domain, "s1", key));
  }

  private static boolean verified(String mail, PublicKey key) throws Exception {
    return verified(mail.getBytes(StandardCharsets.ISO_8859_1), key);
  }

  /** A second reading of RFC 6376, for relaxed/relaxed and rsa-sha256 only. */
  private static boolean verified(byte[] bytes, PublicKey key) throws Exception {
    String mail = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = mail.indexOf("\r\n\r\n");
    var headers = new ArrayList<>(List.of(mail.substring(0, end).split("\r\n(?![ \t])")));
    String field = headers.stream().filter(one -> one.startsWith("DKIM-Signature:")).findFirst().orElseThrow();
    Map<String, String> tags = Stream.of(field.substring(field.indexOf(':') + 1).split(";"))
        .filter(tag -> tag.contains("="))
        .collect(Collectors.toMap(
            tag -> tag.substring(0, tag.indexOf('=')).strip(),
            tag -> tag.substring(tag.indexOf('=') + 1).replaceAll("\\s+", ""), (a, b) -> b, TreeMap::new));
    String body = Stream.of(mail.substring(end + 4).split("\r\n", -1))
        .map(line -> line.replaceAll("[ \t]+", " ").replaceAll(" $", ""))
        .collect(Collectors.joining("\r\n")).replaceAll("(\r\n)*$", "") + "\r\n";
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.ISO_8859_1));
    if (!Base64.getEncoder().encodeToString(hash).equals(tags.get("bh"))) return false;
    var left = new ArrayList<>(headers);
    var signed = new StringBuilder();
    for (String name : tags.get("h").split(":")) {
      for (int i = left.size() - 1; i >= 0; i--) {
        if (!left.get(i).toLowerCase().startsWith(name + ":")) continue;
        signed.append(relaxed(left.remove(i))).append("\r\n");
        break;
      }
    }
    signed.append(relaxed(field.replaceAll("(?s)([;\\s]b=)[^;]*", "$1")));
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update(signed.toString().getBytes(StandardCharsets.ISO_8859_1));
    return signature.verify(Base64.getDecoder().decode(tags.get("b")));
  }

  private static String relaxed(String header) {
    int colon = header.indexOf(':');
    return header.substring(0, colon).strip().toLowerCase() + ":"
        + header.substring(colon + 1).replaceAll("\r\n", "").replaceAll("[ \t]+", " ").strip();
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
