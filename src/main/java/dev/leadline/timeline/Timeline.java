package dev.leadline.timeline;

import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** The flight recorder: everything that happens to a lead, once. */
@Component
public class Timeline {

  private final TimelineEntries entries;
  private final ApplicationEventPublisher told;
  private final Clock clock;

  Timeline(TimelineEntries entries, ApplicationEventPublisher told, Clock clock) {
    this.entries = entries;
    this.told = told;
    this.clock = clock;
  }

  /**
   * Records what happened, and tells it to those who want to hear of it; the same again leaves the first entry as it is,
   * but is told again: whoever repeats it may have been stopped between the two.
   *
   * @param what tells it from all else that happens to the lead
   */
  public void record(
      String what, String leadId, String step, Actor actor, String by, String text, List<String> details) {
    var entry = new TimelineEntry(
        TimelineEntry.id(leadId, what), leadId, clock.instant(), step, actor, by, text, List.copyOf(details));
    try {
      entries.insert(entry);
    } catch (DuplicateKeyException recordedBefore) {
      // A repeated job says what it said the first time.
    }
    Happenings.of(entry).ifPresent(told::publishEvent);
  }

  public Optional<TimelineEntry> find(String id) {
    return entries.findById(id);
  }

  public List<TimelineEntry> of(String leadId) {
    return entries.findByLeadIdOrderByAt(leadId);
  }
}
