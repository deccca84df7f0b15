package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReviewPolicyTest {

  private final Decision policy = Decision.named("review-policy");

  @ParameterizedTest
  @CsvSource({
    "false, nurture,  RULES, 0, intro, review, , The claim check found something",
    "true,  outreach, RULES, 0, intro, review, , A person reads every outreach before it goes out",
    "true,  outreach, MODEL, 0, intro, review, , A person reads every outreach before it goes out",
    "true,  nurture,  MODEL, 0, intro, review, , A person reads whatever a model wrote",
    "true,  nurture,  RULES, 0, intro, auto, 1, Nurture from our own templates that passed the claim check",
    "true,  meeting,  RULES, 0, proposal, auto, 1, 'Times in our own words; one such answer a day, lest two machines talk to each other'",
    "true,  meeting,  RULES, 0, again, auto, 5, 'Other times, invitations and reminders in our own words'",
    "true,  meeting,  RULES, 0, invitation, auto, 5, 'Other times, invitations and reminders in our own words'",
    "true,  webinar,  RULES, 0, intro, review, , No rule fits this draft",
    "true,  nurture,  RULES, 1, intro, review, , A source behind the draft speaks to machines",
    "true,  outreach, MODEL, 3, intro, review, , A source behind the draft speaks to machines",
  })
  void theFirstRowThatFitsDecides(
      boolean passed, String campaign, String source, int tainted, String purpose, String mode, Integer perDay,
      String because) {
    var answer = policy.answer(Map.of(
            "check", Map.of("passed", passed),
            "draft", Map.of(
                "campaign", campaign, "source", source, "tainted", tainted, "touches",
                List.of(Map.of("number", 1, "purpose", purpose))),
            "score", Map.of("points", 80, "tier", "A")));
    assertThat(answer).containsEntry("mode", mode).containsEntry("because", because);
    assertThat(String.valueOf(answer.get("perDay"))).isEqualTo(String.valueOf(perDay));
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
