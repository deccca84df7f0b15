package dev.leadline.rights;

import dev.leadline.engine.Messages;
import dev.leadline.lead.Lead;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Starts the process erase-person: stored first, and told to the engine as often as it takes. */
@Component
class AskForErasure {

  private static final Logger log = LoggerFactory.getLogger(AskForErasure.class);
  /** Art. 12(3) GDPR. */
  private static final Period IN_TIME = Period.ofMonths(1);
  private static final int BATCH = 100;

  private final Messages messages;
  private final Erasures erasures;
  private final Timeline timeline;
  private final Clock clock;

  AskForErasure(Messages messages, Erasures erasures, Timeline timeline, Clock clock) {
    this.messages = messages;
    this.erasures = erasures;
    this.timeline = timeline;
    this.clock = clock;
  }

  /** One at a time for each person: asking again finds the one that is under way. */
  Erasure of(Lead lead, String by) {
    var open = erasures.findFirstByLeadIdAndState(lead.id(), Erasure.State.ASKED);
    if (open.isPresent()) return open.get();
    var now = clock.instant();
    var due = now.atZone(ZoneOffset.UTC).plus(IN_TIME).toInstant();
    Erasure asked = erasures.save(Erasure.asked(new ObjectId().toHexString(), lead.id(), by, now, due));
    timeline.record(
        "erasure-asked-" + asked.id(), lead.id(), "erase-person", Actor.PERSON, by,
        "Erasure of their data was asked for; a person checks it before " + due.atZone(ZoneOffset.UTC).toLocalDate(),
        List.of());
    Thread.startVirtualThread(() -> tell(asked));
    return asked;
  }

  /** What the engine has not taken yet, oldest first. */
  @Scheduled(initialDelay = 60_000, fixedDelay = 60_000)
  void pending() {
    for (Erasure erasure : erasures.findByToldIsFalseOrderByAskedAt(Limit.of(BATCH))) if (!tell(erasure)) return;
  }

  private boolean tell(Erasure erasure) {
    try {
      messages.begin(
          "erase-person", "erasure-asked", erasure.leadId(), erasure.id(),
          Map.of("leadId", erasure.leadId(), "erasureId", erasure.id()));
      erasures.save(erasure.taken());
      return true;
    } catch (RuntimeException e) {
      log.warn("An erasure is begun later, not now: {}", e.getClass().getSimpleName());
      return false;
    }
  }
}
