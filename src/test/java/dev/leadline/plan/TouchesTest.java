package dev.leadline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.plan.Touches.Touch;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TouchesTest {

  private static final Touch FIRST = new Touch("email", "PT0S", "open");

  @Test
  void touchesKeepTheDistanceOfTheTable() {
    var touches = new Touches(List.of(FIRST, new Touch("call", "P1D", "talk"), new Touch("email", "P9D", "useful")), 5, 4);

    assertThat(touches.kept()).extracting(Touch::after).containsExactly("PT0S", "P4D", "P9D");
  }

  @Test
  void noTableMakesACampaignEndlessOrDense() {
    var touches = new Touches(Collections.nCopies(50, FIRST), 1000, 0);

    assertThat(touches.kept()).hasSize(12);
    assertThat(touches.kept().subList(1, 12)).extracting(Touch::after).containsOnly("P2D");
  }

  @Test
  void theMostOfTheTableCounts() {
    assertThat(new Touches(Collections.nCopies(5, FIRST), 2, 2).kept()).hasSize(2);
    assertThat(new Touches(null, null, null).kept()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"fax, PT0S, open", "email, soon, open", "email, -P1D, open", "email, , open", "email, PT0S, ", ", PT0S, open"})
  void whatNoTouchCanBeIsSaid(String channel, String after, String purpose) {
    assertThatThrownBy(() -> new Touch(channel, after, purpose)).hasMessageContaining("table touch-plan");
  }
}
