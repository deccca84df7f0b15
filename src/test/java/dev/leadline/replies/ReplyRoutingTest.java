package dev.leadline.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.journey.Decision;
import dev.leadline.reading.ReplyClass;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyRoutingTest {

  private final Decision table = Decision.named("reply-routing");

  @ParameterizedTest
  @CsvSource({
    "true,  interested,           90, 0, suppress,     sdr-reviewers",
    "true,  hostile,              90, 0, suppress,     sdr-reviewers",
    "false, interested,           90, 0, meet,         sdr-reviewers",
    "false, interested,           40, 0, person,       sdr-reviewers",
    "false, interested,           90, 1, person,       sdr-reviewers",
    "false, meeting_request,      90, 0, meet,         sdr-reviewers",
    "false, question,             90, 0, answer,       sdr-reviewers",
    "false, pricing,              90, 0, person,       sales-leads",
    "false, objection,            90, 0, answer,       sdr-reviewers",
    "false, not_now,              90, 0, wait,         sdr-reviewers",
    "false, referral,             90, 0, refer,        sdr-reviewers",
    "false, wrong_person,         90, 0, wrong-person, sdr-reviewers",
    "false, left_company,         90, 0, left-company, sdr-reviewers",
    "false, left_company,         40, 0, person,       sdr-reviewers",
    "false, out_of_office,        40, 1, hold,         sdr-reviewers",
    "false, auto_acknowledgement, 40, 0, nothing,      sdr-reviewers",
    "false, unsubscribe,          90, 0, suppress,     sdr-reviewers",
    "false, unsubscribe,          40, 0, person,       sdr-reviewers",
    "false, hostile,              40, 0, person,       sales-leads",
    "false, bounce,               90, 0, nothing,      sdr-reviewers",
    "false, spam,                 90, 0, nothing,      sdr-reviewers",
    "false, unclear,              90, 0, person,       sdr-reviewers",
  })
  void everyClassHasWhatFollows(
      boolean optOut, String kind, int confidence, int tainted, String action, String owner) {
    assertThat(answer(optOut, kind, confidence, tainted)).containsEntry("action", action).containsEntry("owner", owner);
  }

  @ParameterizedTest
  @EnumSource(ReplyClass.class)
  void everyClassHasAnOwnerAClockAndAReason(ReplyClass kind) {
    assertThat(answer(false, kind.word(), 90, 0))
        .containsKeys("owner", "clock", "priority", "wait", "companyDays", "because");
  }

  @Test
  void whoIsInterestedIsAnsweredWithinFiveMinutes() {
    assertThat(answer(false, "interested", 90, 0)).containsEntry("clock", "PT5M");
    assertThat(answer(false, "meeting_request", 58, 0)).containsEntry("action", "person").containsEntry("clock", "PT5M");
  }

  private Map<String, Object> answer(boolean optOut, String kind, int confidence, int tainted) {
    return table.answer(Map.of("reply", Map.of(
        "optOut", optOut, "class", kind, "confidence", confidence, "tainted", tainted)));
  }
}
