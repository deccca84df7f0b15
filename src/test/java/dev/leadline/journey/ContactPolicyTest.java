package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContactPolicyTest {

  private final Decision policy = Decision.named("contact-policy");

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "reply, none,   DE, true,  conversation,        false",
    "intro, opt-in, DE, true,  opt-in,              false",
    "intro, asked,  CA, true,  request,             false",
    "intro, list,   US, true,  opt-out,             true",
    "nudge, none,   US, true,  opt-out,             true",
    "intro, list,   GB, true,  legitimate-interest, true",
    "nudge, none,   LU, true,  legitimate-interest, true",
    "intro, list,   DE, false, opt-in,              true",
    "nudge, none,   GR, false, opt-in,              true",
    "intro, list,   CA, false, opt-in,              true",
    "intro, list,   AU, false, opt-in,              true",
    "nudge, none,   SG, false, opt-in,              true",
    "intro, list,   BR, false, opt-in,              true",
  })
  void theFirstRowThatFitsDecides(
      String kind, String consent, String country, boolean allowed, String basis, boolean sourceNotice) {
    assertThat(answer(kind, consent, country))
        .containsEntry("allowed", allowed).containsEntry("basis", basis).containsEntry("sourceNotice", sourceNotice)
        .extractingByKey("because").asString().isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "intro, none, -", "nudge, list, -", "-, -, -", "intro, -, -", "-, list, BR", "intro, list, us", "intro, list, ''",
  })
  void nobodyIsMailedUnderALawThatNobodyKnows(String kind, String consent, String country) {
    assertThat(answer(kind, consent, country)).containsEntry("allowed", false).containsEntry("basis", "opt-in")
        .containsEntry("because",
            "Nobody knows under which law they live, so the strictest counts: no mail without consent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"US", "GB", "DE", "CA", "AU", "BR"})
  void everyMailSaysWhoAndThatAnAiWrites(String country) {
    assertThat(answer("intro", "list", country)).containsEntry("postalAddress", true).containsEntry("aiDisclosure", true);
  }

  private Map<String, Object> answer(String kind, String consent, String country) {
    var mail = new HashMap<String, Object>();
    mail.put("kind", kind);
    mail.put("consent", consent);
    mail.put("country", country);
    return policy.answer(mail);
  }
}
