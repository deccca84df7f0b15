package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichmentPlanTest {

  private final Decision plan = Decision.named("enrichment-plan");

  @ParameterizedTest
  @CsvSource({
    "valid,   personal,   3, 0.50, true",
    "unknown, personal,   3, 0.50, true",
    "risky,   role,       3, 0.30, false",
    "valid,   private,    3, 0.30, false",
    "risky,   disposable, 0, 0,    false",
    "invalid, personal,   0, 0,    false",
    "invalid, role,       0, 0,    false",
  })
  void theMailboxDecidesWhatIsSpent(String verdict, String mailbox, int providers, double cap, boolean person) {
    var answer = plan.answer(Map.of("contact", Map.of("verdict", verdict, "mailbox", mailbox)));

    assertThat((List<?>) answer.get("providers")).hasSize(providers);
    assertThat(((Number) answer.get("cap")).doubleValue()).isEqualTo(cap);
    assertThat(((List<?>) answer.get("fields")).contains("job-title")).isEqualTo(person);
    assertThat(answer.get("because").toString()).isNotBlank();
  }

  @Test
  void withoutAValidatedContactThePersonIsLookedUp() {
    assertThat(plan.answer(Map.of("contact", Map.of()))).containsEntry("providers", List.of("apollo", "peopledatalabs", "sandbox"));
  }
}
