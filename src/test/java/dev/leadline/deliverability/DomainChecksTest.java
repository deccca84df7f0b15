package dev.leadline.deliverability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.contact.NameServer;
import dev.leadline.deliverability.Check.State;
import dev.leadline.mail.message.DkimSignatures;
import dev.leadline.mail.message.MessageSettings;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.provider.NameServers;
import java.io.IOException;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainChecksTest {

  private static final String DOMAIN = "mail.harbor.test";
  private static final KeyPair KEYS = keys(1024);

  private final NameServer names;

  DomainChecksTest() throws IOException {
    names = new NameServer();
  }

  @AfterEach
  void close() {
    names.close();
  }

  @Test
  void aDomainThatHasEverythingIsGood() {
    names.mail(DOMAIN, "mx.harbor.test")
        .texts(DOMAIN, "google-site-verification=x", "v=spf1 include:_spf.provider.test -all")
        .texts("_spf.provider.test", "v=spf1 ip4:192.0.2.0/24 -all")
        .texts("s1._domainkey." + DOMAIN, "v=DKIM1; k=rsa; p=" + published(KEYS))
        .texts("_dmarc." + DOMAIN, "v=DMARC1; p=reject; rua=mailto:dmarc@harbor.test");

    var found = check(KEYS);

    assertThat(found).extracting(Check::name).containsExactly("SPF", "DKIM", "DMARC", "MX");
    assertThat(found).filteredOn(one -> !one.name().equals("DKIM")).extracting(Check::state).containsOnly(State.GOOD);
    // The key of this test is short, so that it fits one packet.
    assertThat(found.get(1).state()).isEqualTo(State.WARN);
    assertThat(found.get(1).says()).contains("1024");
    assertThat(found.get(3).record()).isEqualTo("mx.harbor.test.");
  }

  @Test
  void aDomainThatHasNothingIsToldWhatToPublish() {
    names.texts(DOMAIN, "something else");

    var found = check(KEYS);

    assertThat(found).extracting(Check::state).containsOnly(State.BAD);
    assertThat(found).allSatisfy(one -> assertThat(one.todo()).containsIgnoringCase("publish"));
    assertThat(found.get(1).todo()).contains(published(KEYS));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "v=spf1 ip4:192.0.2.1 ~all                                       | GOOD | says who may",
    "V=SPF1 redirect=_spf.harbor.test                                | GOOD | says who may",
    "v=spf1 ip4:192.0.2.1 ?all                                       | WARN | mail of others",
    "v=spf1 ip4:192.0.2.1                                            | WARN | mail of others",
    "v=spf1 +all                                                     | BAD  | everybody",
    "v=spf1 all                                                      | BAD  | everybody",
    "v=spf1 a mx a:1.t a:2.t a:3.t a:4.t a:5.t include:more.test -all | BAD  | look-ups",
    "v=spf10 -all                                                    | BAD  | does not say",
  })
  void spfIsReadAsReceiversDo(String record, State state, String says) {
    names.texts(DOMAIN, record).texts("more.test", "v=spf1 a mx a:6.t -all");

    var spf = check(null).getFirst();

    assertThat(spf.state()).isEqualTo(state);
    assertThat(spf.says()).contains(says);
  }

  @Test
  void twoSpfRecordsAreNone() {
    names.texts(DOMAIN, "v=spf1 -all", "v=spf1 ~all");

    assertThat(check(null).getFirst().says()).contains("2 SPF records");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "_dmarc.mail.harbor.test | v=DMARC1; p=none; rua=mailto:x@y.test | WARN",
    "_dmarc.mail.harbor.test | v=DMARC1;p=quarantine                 | GOOD",
    "_dmarc.mail.harbor.test | v=DMARC1; p=whatever                  | BAD",
    "_dmarc.harbor.test      | v=DMARC1; p=none; sp=reject           | GOOD",
    "_dmarc.harbor.test      | v=DMARC1; p=reject                    | GOOD",
  })
  void dmarcIsTheDomainsOwnOrTheOneAbove(String name, String record, State state) {
    names.texts(name, record);

    assertThat(check(null).get(2).state()).isEqualTo(state);
  }

  @Test
  void anotherKeyThanOursAndAWithdrawnOneAreBad() {
    names.texts("s1._domainkey." + DOMAIN, "v=DKIM1; p=" + published(keys(1024)));
    assertThat(check(KEYS).get(1).says()).contains("not the one we sign with");

    names.texts("s1._domainkey." + DOMAIN, "v=DKIM1; p=");
    assertThat(check(KEYS).get(1).says()).contains("withdrawn");

    assertThat(check(null).get(1).state()).isEqualTo(State.WARN);
  }

  @Test
  void aNullMxAndANameServerThatDoesNotAnswerAreNotTheSame() {
    names.mail(DOMAIN, ".");
    assertThat(check(null).get(3).state()).isEqualTo(State.BAD);

    names.fails(DOMAIN, 2);
    assertThat(check(null).get(3).state()).isEqualTo(State.UNKNOWN);
  }

  @Test
  void nobodyIsAskedAboutTheSandbox() {
    assertThat(checks(null, "harbor.example").of("harbor.example")).singleElement().extracting(Check::state)
        .isEqualTo(State.UNKNOWN);
    assertThat(names.asked()).isZero();
  }

  private List<Check> check(KeyPair keys) {
    return checks(keys, DOMAIN).of(DOMAIN);
  }

  private DomainChecks checks(KeyPair keys, String domain) {
    String key = keys == null ? null : Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded());
    var settings = new MessageSettings(URI.create("https://x.test"), "s", "", "", new MessageSettings.Dkim(domain, "s1", key));
    var sender = new SenderProfile("A", "B", "C", "a@" + domain, null, null, "d", List.of(), "e");
    return new DomainChecks(
        new DomainRecords(new NameServers(names.address(), Duration.ofMillis(500))), new DkimSignatures(settings, sender));
  }

  private static String published(KeyPair keys) {
    return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
  }

  private static KeyPair keys(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
