package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadScoreTest {

  private final Decision score = Decision.named("lead-score");

  @ParameterizedTest
  @CsvSource({
    "industryFit, high, 20", "industryFit, medium, 12", "industryFit, unknown, 6", "industryFit, low, 0",
    "seniority, executive, 20", "seniority, head, 16", "seniority, manager, 10", "seniority, contributor, 4",
    "seniority, unknown, 0", "need, explicit, 25", "need, implied, 12", "need, none, 0", "need, unknown, 0",
    "budget, stated, 10", "budget, likely, 5", "budget, none, 0", "budget, unknown, 0",
    "urgency, now, 15", "urgency, quarter, 10", "urgency, later, 0", "urgency, unknown, 0",
    "authority, decides, 10", "authority, influences, 6", "authority, none, 0", "authority, unknown, 0",
  })
  void everyFactBringsItsPoints(String fact, String value, int points) {
    assertThat(scoreOf(Map.of(fact, value))).containsEntry("points", points);
  }

  @Test
  void theBestLeadHasAHundredPointsAndARowForEachFact() {
    assertThat(score("high", "executive", "explicit", "stated", "now", "decides"))
        .containsEntry("points", 100)
        .containsEntry("tier", "A")
        .containsEntry("because", List.of("The industry is one we serve best", "Writes as an executive",
            "Says plainly what is needed", "Names a budget", "Wants it now", "Decides alone"));
  }

  @ParameterizedTest
  @CsvSource({"high, 25", "medium, 20", "low, 20", "unknown, 20"})
  void growthIsOneMoreRow(String potential, int points) {
    assertThat(score.answer(Map.of(
            "assessment", Map.of("industryFit", "high"), "growth", Map.of("potential", potential))).get("points"))
        .hasToString(Integer.toString(points));
  }

  @Test
  void growthAddsNothingToAFullScore() {
    var best = Map.of("industryFit", "high", "seniority", "executive", "need", "explicit", "budget", "stated",
        "urgency", "now", "authority", "decides");
    assertThat(score.answer(Map.of("assessment", best, "growth", Map.of("potential", "high"))).get("points"))
        .hasToString("100");
  }

  @Test
  void anAssessmentThatNoRowKnowsScoresNothing() {
    assertThat(scoreOf(Map.of()))
        .containsEntry("points", 0).containsEntry("tier", "D").containsEntry("because", List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "high,   executive, explicit, stated, unknown, unknown,    75, A",
    "high,   head,      explicit, unknown, later, decides,     71, B",
    "high,   manager,   explicit, unknown, unknown, unknown,   55, B",
    "medium, executive, implied,  stated, unknown, unknown,    54, C",
    "medium, manager,   implied,  unknown, unknown, unknown,   34, D",
    "low,    manager,   explicit, unknown, unknown, unknown,   35, C",
    "low,    executive, implied,  none,    unknown, decides,   34, D",
  })
  void theTierFollowsThePoints(
      String fit, String seniority, String need, String budget, String urgency, String authority, int points,
      String tier) {
    assertThat(score(fit, seniority, need, budget, urgency, authority))
        .containsEntry("points", points).containsEntry("tier", tier);
  }

  private Map<String, Object> score(
      String fit, String seniority, String need, String budget, String urgency, String authority) {
    return scoreOf(Map.of("industryFit", fit, "seniority", seniority, "need", need, "budget", budget, "urgency",
        urgency, "authority", authority));
  }

  /** Whole numbers come back as long or decimal, depending on the way they were computed. */
  private Map<String, Object> scoreOf(Map<String, String> assessment) {
    var answer = new HashMap<>(score.answer(Map.of("assessment", assessment)));
    answer.computeIfPresent("points", (key, points) -> ((Number) points).intValue());
    return answer;
  }
}
