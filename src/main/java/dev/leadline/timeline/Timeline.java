package dev.leadline.timeline;

import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The flight recorder: everything that happens to a lead, once. */
@Component
public class Timeline {

  private final TimelineEntries entries;
  private final Clock clock;

  Timeline(TimelineEntries entries, Clock clock) {
    this.entries = entries;
    this.clock = clock;
  }

  /** Records what happened; the same id again leaves the first entry as it is. */
  public void record(
      String id, String leadId, String step, Actor actor, String by, String text, List<String> details) {
    try {
      entries.insert(new TimelineEntry(id, leadId, clock.instant(), step, actor, by, text, List.copyOf(details)));
    } catch (DuplicateKeyException recordedBefore) {
      // A repeated job says what it said the first time.
    }
  }

  public List<TimelineEntry> of(String leadId) {
    return entries.findByLeadIdOrderByAt(leadId);
  }
}
