package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewPolicyTest {

  private final Decision policy = Decision.named("review-policy");

  @ParameterizedTest
  @CsvSource({
    "false, nurture,  RULES, 0, review, The claim check found something",
    "true,  outreach, RULES, 0, review, A person reads every outreach before it goes out",
    "true,  outreach, MODEL, 0, review, A person reads every outreach before it goes out",
    "true,  nurture,  MODEL, 0, review, A person reads whatever a model wrote",
    "true,  nurture,  RULES, 0, auto,   Nurture from our own templates that passed the claim check",
    "true,  webinar,  RULES, 0, review, No rule fits this draft",
    "true,  nurture,  RULES, 1, review, A source behind the draft speaks to machines",
    "true,  outreach, MODEL, 3, review, A source behind the draft speaks to machines",
  })
  void theFirstRowThatFitsDecides(boolean passed, String campaign, String source, int tainted, String mode, String because) {
    assertThat(policy.answer(Map.of(
            "check", Map.of("passed", passed),
            "draft", Map.of("campaign", campaign, "source", source, "tainted", tainted),
            "score", Map.of("points", 80, "tier", "A"))))
        .isEqualTo(Map.of("mode", mode, "because", because));
  }

  @Test
  void aDraftThatNobodyCheckedIsReviewed() {
    assertThat(policy.answer(Map.of("draft", Map.of("campaign", "nurture", "source", "RULES"))))
        .containsEntry("mode", "review");
  }

  @Test
  void aDraftThatDoesNotSayWhetherItIsTaintedIsReviewed() {
    assertThat(policy.answer(Map.of(
            "check", Map.of("passed", true), "draft", Map.of("campaign", "nurture", "source", "RULES"))))
        .containsEntry("mode", "review");
  }
}
