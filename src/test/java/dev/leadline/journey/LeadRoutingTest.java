package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadRoutingTest {

  private final Decision routing = Decision.named("lead-routing");

  @ParameterizedTest
  @CsvSource({
    "true,  A, explicit, high,   person,   Too little is known to judge this lead",
    "true,  D, none,     low,    person,   Too little is known to judge this lead",
    "false, A, explicit, high,   outreach, The score is high enough for a personal approach",
    "false, B, none,     low,    outreach, The score is high enough for a personal approach",
    "false, C, implied,  medium, nurture,  'Promising, but not ready to buy'",
    "false, D, none,     low,    close,    'No need, and not an industry we serve'",
    "false, C, none,     unknown, close,   'No need, and not an industry we serve'",
    "false, D, unknown,  low,    nurture,  'Not ready to buy, worth keeping in touch'",
    "false, D, none,     medium, nurture,  'Not ready to buy, worth keeping in touch'",
    "false, E, none,     low,    person,   No rule fits this lead",
  })
  void theFirstRowThatFitsDecides(
      boolean abstained, String tier, String need, String fit, String route, String because) {
    assertThat(routing.answer(Map.of(
            "assessment", Map.of("abstained", abstained, "need", need, "industryFit", fit),
            "score", Map.of("points", 50, "tier", tier))))
        .isEqualTo(Map.of("route", route, "because", because));
  }

  @ParameterizedTest
  @CsvSource({
    "B, medium, unknown, later,   nurture,  'They want it some day, so we keep in touch'",
    "B, medium, none,    quarter, outreach, The score is high enough for a personal approach",
    "C, low,    none,    unknown, close,    'No money, and not an industry we serve'",
    "C, medium, none,    unknown, nurture,  'Promising, but not ready to buy'",
  })
  void aDateFarAwayAndNoMoneyCountAsWell(
      String tier, String fit, String budget, String urgency, String route, String because) {
    assertThat(routing.answer(Map.of(
            "assessment", Map.of(
                "abstained", false, "need", "implied", "industryFit", fit, "budget", budget, "urgency", urgency),
            "score", Map.of("points", 50, "tier", tier))))
        .isEqualTo(Map.of("route", route, "because", because));
  }

  @ParameterizedTest
  @CsvSource({
    "invalid, personal,   person,   Mail cannot reach this address",
    "valid,   disposable, close,    The address is a throw-away one",
    "risky,   role,       outreach, The score is high enough for a personal approach",
    "unknown, private,    outreach, The score is high enough for a personal approach",
  })
  void whomMailDoesNotReachIsNotMailed(String verdict, String mailbox, String route, String because) {
    assertThat(routing.answer(Map.of(
            "assessment", Map.of("abstained", false, "need", "explicit", "industryFit", "high"),
            "score", Map.of("points", 90, "tier", "A"),
            "contact", Map.of("verdict", verdict, "mailbox", mailbox))))
        .isEqualTo(Map.of("route", route, "because", because));
  }

  @Test
  void aLeadThatNobodyAssessedGoesToAPerson() {
    assertThat(routing.answer(Map.of("assessment", Map.of(), "score", Map.of()))).containsEntry("route", "person");
  }
}
