package dev.leadline.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.Memory;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private final Timeline timeline = new Timeline(Memory.of(TimelineEntries.class), happening -> {}, Clock.systemUTC());

  @Test
  void theSameOfOneLeadIsToldOnceAndOfAnotherAgain() {
    record("first");
    record("first");
    record("second"); // by an engine that began anew, whose keys begin anew too

    assertThat(timeline.of("first")).extracting(TimelineEntry::what).containsExactly("research-lead-2251799813685249");
    assertThat(timeline.of("second")).extracting(TimelineEntry::what).containsExactly("research-lead-2251799813685249");
  }

  private void record(String leadId) {
    timeline.record("research-lead-2251799813685249", leadId, "research-lead", Actor.RULES, "rules", "Read.", List.of());
  }
}
