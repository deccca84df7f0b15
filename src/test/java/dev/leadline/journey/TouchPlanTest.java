package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchPlanTest {

  private final Decision plan = Decision.named("touch-plan");

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "outreach | A | answer       | website | email PT0S, linkedin P2D, email P3D, call P2D, email P5D",
    "outreach | A | introduction | website | email PT0S, linkedin P2D, email P3D, email P5D",
    "outreach | B | answer       | website | email PT0S, email P3D, email P5D",
    "nurture  | C | answer       | website | email PT0S, email P7D, email P14D, email P21D",
    "nurture  | D | relief       | event   | email PT0S, email P4D, email P14D, email P21D",
    "nurture  | D | relief       | list    | email PT0S, email P21D",
    "nurture  | D |              |         | email PT0S, email P7D, email P14D, email P21D",
    "other    | A | answer       | website | ''",
  })
  void theRowsAreTheTouches(String campaign, String tier, String approach, String origin, String touches) {
    assertThat(inWords(answer(campaign, tier, approach, origin))).isEqualTo(touches);
  }

  @Test
  void everyCampaignHasItsLimits() {
    assertThat(answer("outreach", "A", "answer", "website").get("most")).hasToString("6");
    assertThat(answer("nurture", "A", "answer", "website").get("daysBetween")).hasToString("4");
    assertThat(answer("other", "A", "answer", "website").get("most")).hasToString("3");
  }

  private Map<String, Object> answer(String campaign, String tier, String approach, String origin) {
    var known = new HashMap<String, Object>();
    if (approach != null) known.put("approach", approach);
    if (origin != null) known.put("origin", origin);
    return plan.answer(Map.of("campaign", campaign, "score", Map.of("tier", tier), "plan", known));
  }

  private static String inWords(Map<String, Object> answer) {
    return ((List<?>) answer.get("touches")).stream()
        .map(touch -> ((Map<?, ?>) touch).get("channel") + " " + ((Map<?, ?>) touch).get("after"))
        .collect(Collectors.joining(", "));
  }
}
