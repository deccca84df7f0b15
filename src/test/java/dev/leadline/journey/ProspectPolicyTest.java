package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProspectPolicyTest {

  private final Decision policy = Decision.named("prospect-policy");

  @ParameterizedTest
  @CsvSource({
    "none,        verified,   personal,   accept",
    "suppressed,  verified,   personal,   exclude",
    "known,       verified,   personal,   exclude",
    "customer,    verified,   personal,   exclude",
    "opportunity, verified,   personal,   exclude",
    "competitor,  verified,   personal,   exclude",
    "partner,     verified,   personal,   exclude",
    "press,       verified,   personal,   exclude",
    "other,       verified,   personal,   exclude",
    "none,        verified,   role,       exclude",
    "none,        verified,   disposable, exclude",
    "none,        verified,   private,    exclude",
    "none,        unverified, personal,   exclude",
    "none,        none,       ,           exclude",
  })
  void letsInOnlyPeopleAtWorkWhomNothingSpeaksAgainst(String relation, String address, String mailbox, String verdict) {
    var prospect = new HashMap<String, Object>(Map.of("relation", relation, "address", address));
    prospect.put("mailbox", mailbox);
    assertThat(policy.answer(Map.of("prospect", prospect))).containsEntry("verdict", verdict)
        .extractingByKey("because").asString().isNotBlank();
  }
}
