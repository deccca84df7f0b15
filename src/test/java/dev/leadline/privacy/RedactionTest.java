package dev.leadline.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "write to anna.berg+x@mail.acme.example, please | write to <address>, please",
    "<a@b.example> and c@d.example | <<address>> and <address>",
    "call +49 (30) 1234-5678 today | call <phone> today",
    "call 0044 20 7946 0958. | call <phone>.",
    "Tel. 030/123 45 678 | Tel. <phone>",
    "my key is sk-proj-abcdef0123456789 ok | my key is <key> ok",
    "Authorization: Bearer abc.def-123456 | Authorization: Bearer <key>",
    "api_key=geheim123 | api_key=<key>",
    "{\"password\": \"hunter22\"} | {\"password\": \"<key>\"}",
    "token eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSM | token <key>",
  })
  void whatIdentifiesOrOpensIsMasked(String text, String masked) {
    assertThat(Redaction.of(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "On 2026-11-28 at 09:30 we shipped 1,200,000 parcels for 45,000.00 EUR.", "Order 1234567890 of 2026",
    "Version 10.20.30.40", "f1, f2 and f12", "ask for tokens: 20", "50 employees, 1900 customers, founded 01/02/1998",
    "0123", "DE 89 3704 0044 0532 0130 00"
  })
  void datesAmountsAndIdsStay(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void nothingStaysNothing() {
    assertThat(Redaction.of(null)).isNull();
    assertThat(Redaction.of("")).isEmpty();
  }

  @Test
  void aKnownNameIsMaskedWholeAndInParts() {
    assertThat(Redaction.of(
            "Dear Jean-Luc, JEAN-LUC VAN DER BERG (Berg's mail a@b.example) asked about the Bergstrasse van.",
            "Jean-Luc van der Berg"))
        .isEqualTo("Dear <name>, <name> (<name>'s mail <address>) asked about the Bergstrasse van.");
    assertThat(Redaction.of("Nobody is named.", null)).isEqualTo("Nobody is named.");
    assertThat(Redaction.of(null, "Jean-Luc")).isNull();
  }
}
