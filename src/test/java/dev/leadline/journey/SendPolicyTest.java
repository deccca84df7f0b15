package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendPolicyTest {

  private final Decision policy = Decision.named("send-policy");

  @ParameterizedTest
  @CsvSource({
    "sandbox, reply, DE, A, 00:00, PT0S, The embedded mail server: nobody really gets it",
    "sandbox, intro, DE, A, 00:00, PT1M, The embedded mail server: nobody really gets it",
    "sandbox, nudge, DE, A, 00:00, PT5M, The embedded mail server: nobody really gets it",
    "real,    reply, DE, A, 00:00, PT0S, Somebody waits for an answer",
    "real,    intro, SA, A, 08:30, PT4H, An introduction comes in working hours; the week begins on Sunday",
    "real,    nudge, OM, B, 08:30, P1D,  A reminder comes in working hours; the week begins on Sunday",
    "real,    intro, DE, A, 08:30, PT2H, An introduction comes in working hours",
    "real,    intro, DE, B, 08:30, PT4H, An introduction comes in working hours",
    "real,    nudge, DE, A, 08:30, P1D,  A reminder comes in working hours",
  })
  void theFirstRowThatFitsDecides(
      String mailbox, String kind, String country, String tier, String from, String patience, String because) {
    assertThat(answer(mailbox, kind, country, tier))
        .containsEntry("from", from).containsEntry("patience", patience).containsEntry("because", because);
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", value = {
    "-,    -,        -,  -", "real, -,     -,  A", "-,    nudge,    -, -", "real, whatever, -, D", "else, -,  DE, -",
  })
  void whatNobodyKnowsWaitsForWorkingHoursWithinEveryLimit(String mailbox, String kind, String country, String tier) {
    assertThat(answer(mailbox, kind, country, tier)).isEqualTo(answer("real", "nudge", "DE", "D"))
        .containsEntry("holidays", false).containsEntry("days", "Mon,Tue,Wed,Thu,Fri").containsEntry("patience", "P1D")
        .containsKeys("mostPerPerson", "personPeriod", "between", "quiet", "mostPerCompany", "companyPeriod");
  }

  @Test
  void anIntroductionOfNobodyKnowsWhichTierWaitsLikeTheOthers() {
    assertThat(answer("real", "intro", null, null)).isEqualTo(answer("real", "intro", "DE", "B"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"IL", "SA", "EG", "JO", "KW", "QA", "BH", "OM"})
  void whereTheWeekBeginsOnSundayNothingComesOnAFriday(String country) {
    assertThat(answer("real", "intro", country, "A").get("days")).isEqualTo("Sun,Mon,Tue,Wed,Thu");
    assertThat(answer("real", "nudge", country, "A").get("days")).isEqualTo("Sun,Mon,Tue,Wed,Thu");
  }

  @Test
  void onlyASandboxAndAnAnswerHaveNoLimits() {
    assertThat(answer("real", "reply", null, null)).containsEntry("mostPerPerson", null).containsEntry("holidays", true);
    assertThat(answer("sandbox", "nudge", null, null)).containsEntry("mostPerPerson", null);
    for (String kind : new String[] {"intro", "nudge"})
      for (String tier : new String[] {"A", "D"})
        assertThat(answer("real", kind, "GB", tier)).doesNotContainEntry("mostPerPerson", null)
            .doesNotContainEntry("mostPerCompany", null);
  }

  private Map<String, Object> answer(String mailbox, String kind, String country, String tier) {
    var mail = new HashMap<String, Object>();
    mail.put("mailbox", mailbox);
    mail.put("kind", kind);
    mail.put("country", country);
    mail.put("tier", tier);
    return policy.answer(mail);
  }
}
