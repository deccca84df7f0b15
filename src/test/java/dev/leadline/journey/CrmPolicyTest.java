package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrmPolicyTest {

  private final Decision policy = Decision.named("crm-policy");
  private final Decision changes = Decision.named("crm-change-policy");

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "answered,     D, create, engaged,        -",
    "meeting,      C, create, meeting,        -",
    "contacted,    A, create, contacted,      -",
    "contacted,    B, create, contacted,      -",
    "contacted,    C, update, contacted,      no-answer",
    "closed,       D, update, disqualified,   not-a-fit",
    "rejected,     A, update, disqualified,   rejected-by-reviewer",
    "not-approved, A, update, disqualified,   not-approved",
    "not-allowed,  A, update, do-not-contact, not-to-be-contacted",
    "suppressed,   A, update, do-not-contact, not-to-be-contacted",
    "taken-over,   A, no,     -,              -",
    "whatever,     A, no,     -,              -",
  })
  void onlyWhoIsEngagedOrQualifiedBecomesARecord(String outcome, String tier, String record, String stage, String reason) {
    assertThat(policy.answer(Map.of("outcome", outcome, "score", Map.of("tier", tier))))
        .containsEntry("record", record).containsEntry("stage", stage).containsEntry("reason", reason);
  }

  @Test
  void whoWasNeverScoredIsNotQualified() {
    var unscored = new HashMap<String, Object>(Map.of("outcome", "contacted"));
    unscored.put("score", null);
    assertThat(policy.answer(unscored)).containsEntry("record", "update");
  }

  @ParameterizedTest
  @CsvSource({
    "do-not-contact, true,        suppress",
    "stage,          customer,    stop",
    "stage,          won,         stop",
    "stage,          opportunity, stop",
    "stage,          lost,        stop",
    "stage,          subscriber,  nothing",
    "owner,          '',          hand-over",
    "phone,          123,         nothing",
  })
  void whatAColleagueChangesHasItsRow(String what, String value, String action) {
    assertThat(changes.answer(Map.of("change", Map.of("what", what, "value", value)))).containsEntry("action", action);
  }
}
