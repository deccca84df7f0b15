package dev.leadline.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

  @ParameterizedTest
  @CsvSource({
    "Jane.Doe@ACME.example,              jane.doe@acme.example",
    "jane+fair+2026@acme.example,        jane@acme.example",
    "+jane@acme.example,                 +jane@acme.example",
    "jane@Bücher.example,                jane@xn--bcher-kva.example",
    "jane@xn--bcher-kva.example,         jane@xn--bcher-kva.example",
    "jane@例え.テスト,                      jane@xn--r8jz45g.xn--zckzah",
    "j.a.n.e+x@gmail.com,                jane@gmail.com",
    "jane@googlemail.com,                jane@gmail.com",
    "j.ane@acme.example,                 j.ane@acme.example",
    "o'brien_1%x@acme.example,           o'brien_1%x@acme.example",
    "jane@sub.acme.engineering,          jane@sub.acme.engineering",
  })
  void spellingsOfOneAddressHaveOneNormalForm(String given, String normal) {
    assertThat(EmailAddress.of(given)).map(EmailAddress::normal).hasValue(normal);
  }

  @Test
  void decomposedLettersAreTheSameAsComposedOnes() {
    assertThat(EmailAddress.of("jo\u0308rg@acme.example").orElseThrow().normal())
        .isEqualTo(EmailAddress.of("j\u00f6rg@acme.example").orElseThrow().normal());
  }

  @Test
  void mailGoesToTheAddressAsItWasGiven() {
    assertThat(EmailAddress.of("Jane+Fair@Acme.example").orElseThrow().given()).isEqualTo("Jane+Fair@Acme.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "@", "jane", "jane@", "@acme.example", "jane@acme", "jane@@acme.example", "jane@acme.example.",
    "jane..doe@acme.example", ".jane@acme.example", "jane.@acme.example", "\"jane doe\"@acme.example",
    "jane@[10.0.0.1]", "jane@10.0.0.1", "jane@acme_x.example", "jane@-acme.example", "jane@acme.example>",
    "jane\u0000@acme.example", "jane@acme.example\n", "jane@acme.exa mple", "jane@acme.c", "jane@acme.123",
    "mailto:jane@acme.example", "jane@acme.example,bob@acme.example", "jane;bob@acme.example"
  })
  void whatNobodyCanWriteToIsNoAddress(String text) {
    assertThat(EmailAddress.of(text)).isEmpty();
  }

  @Test
  void partsThatAreTooLongMakeNoAddress() {
    assertThat(EmailAddress.of("a".repeat(65) + "@acme.example")).isEmpty();
    assertThat(EmailAddress.of("a@" + "b".repeat(64) + ".example")).isEmpty();
    assertThat(EmailAddress.of("a@" + "b.".repeat(130) + "example")).isEmpty();
  }
}
