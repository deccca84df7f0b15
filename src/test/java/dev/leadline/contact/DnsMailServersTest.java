package dev.leadline.contact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.contact.MailServers.Reception;
import dev.leadline.provider.NameServers;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsMailServersTest {

  private final NameServer names = new NameServer()
      .mail("acme.test", "mx.acme.test").mail("silent.test", ".").mail("xn--mller-kva.test", "mx.acme.test")
      .addressOnly("old.test").fails("broken.test", 2).fails("refused.test", 5).fails("nobody.test", -1);
  private final DnsMailServers dns = new DnsMailServers(new NameServers(names.address(), Duration.ofMillis(200)));

  DnsMailServersTest() throws IOException {}

  @AfterEach
  void stop() {
    names.close();
  }

  @Test
  void aDomainSaysWhereItsMailGoes() {
    assertThat(dns.of("acme.test")).isEqualTo(Reception.TAKES_MAIL);
    assertThat(dns.of("xn--mller-kva.test")).isEqualTo(Reception.TAKES_MAIL);
  }

  @Test
  void anAddressWithoutAMailServerTakesMailToo() {
    assertThat(dns.of("old.test")).isEqualTo(Reception.TAKES_MAIL);
  }

  @Test
  void aNullMxTakesNone() {
    assertThat(dns.of("silent.test")).isEqualTo(Reception.TAKES_NONE);
  }

  @Test
  void anUnknownDomainIsNotThere() {
    assertThat(dns.of("typo.test")).isEqualTo(Reception.NOT_THERE);
  }

  @Test
  void whoDoesNotAnswerHasNotSaidNo() {
    assertThat(dns.of("broken.test")).isEqualTo(Reception.UNKNOWN);
    assertThat(dns.of("refused.test")).isEqualTo(Reception.UNKNOWN);
    assertThat(dns.of("nobody.test")).isEqualTo(Reception.UNKNOWN);
  }

  @Test
  void whatWasSaidForSureIsRemembered() {
    dns.of("acme.test");
    int asked = names.asked.get();
    dns.of("acme.test");
    assertThat(names.asked).hasValue(asked);

    dns.of("broken.test");
    int again = names.asked.get();
    dns.of("broken.test");
    assertThat(names.asked.get()).isGreaterThan(again);
  }
}
