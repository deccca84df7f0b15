package dev.leadline.booking;

import dev.leadline.engine.Messages;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells journeys what became of their meetings, however often the engine is away: what it has not taken is pending. */
@Component
class TellJourneys {

  private static final Logger log = LoggerFactory.getLogger(TellJourneys.class);
  private static final int BATCH = 200;

  private final Messages messages;
  private final Meetings meetings;

  TellJourneys(Messages messages, Meetings meetings) {
    this.messages = messages;
    this.meetings = meetings;
  }

  void soon(Meeting meeting) {
    Thread.startVirtualThread(() -> tell(meeting));
  }

  @Scheduled(
      initialDelayString = "${leadline.mail.retry-every:1m}",
      fixedDelayString = "${leadline.mail.retry-every:1m}")
  void pending() {
    var pending = meetings.findByPendingNotNull(Limit.of(BATCH));
    for (Meeting meeting : pending) if (!tell(meeting)) return;
  }

  private boolean tell(Meeting meeting) {
    if (meeting.pending() == null) return true;
    try {
      String times = meeting.pending().equals("slot-chosen") ? meeting.start().toString() : "" + meeting.sequence();
      messages.tell(
          meeting.pending(), meeting.id(), "%s:%s:%s".formatted(meeting.pending(), meeting.id(), times),
          Map.of("ended", Map.of("because", meeting.because() == null ? "" : meeting.because())));
      meetings.change(meeting.id(), now ->
          meeting.pending().equals(now.pending()) && meeting.sequence() == now.sequence() ? now.told() : now);
      return true;
    } catch (RuntimeException e) {
      log.warn("A journey hears of its meeting later, not now: {}", e.getClass().getSimpleName());
      return false;
    }
  }
}
