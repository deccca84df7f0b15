package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.Memory;
import dev.leadline.ThinkingSteps;
import dev.leadline.booking.Meeting.State;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposedTimesTest {

  private static final Instant NOW = ThinkingSteps.NOW;
  private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));

  private final Meetings meetings = Memory.of(Meetings.class);
  private final ProposedTimes times = new ProposedTimes(meetings, Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void onlyWhatIsStillHeldIsOffered() {
    propose("over", State.PROPOSED, NOW.minusSeconds(1));
    propose("chosen", State.CHOSEN, TOMORROW);
    assertThat(times.of("l1")).isEmpty();

    propose("held", State.PROPOSED, TOMORROW);
    assertThat(times.of("l1")).containsExactly(TOMORROW.atZone(ZoneId.of("Europe/Berlin")));
    assertThat(times.of("l2")).isEmpty();
  }

  private void propose(String id, State state, Instant until) {
    meetings.save(new Meeting(
        id, null, "l1", "host", state, "Europe/Berlin", 30, List.of(TOMORROW), until, null, 0, null, id, null, null, NOW,
        NOW));
  }
}
