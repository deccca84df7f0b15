package dev.leadline.suppression;

import dev.leadline.engine.Messages;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppression.Told;
import dev.leadline.timeline.Timeline;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Ends the journey of whoever is suppressed, however often the engine is away: a suppression is pending until the
 * engine has taken its message. No mail waits for that; the way out asks the suppressions themselves.
 */
@Component
class StopJourneys {

  private static final Logger log = LoggerFactory.getLogger(StopJourneys.class);
  private static final String MESSAGE = "contact-suppressed";
  private static final int BATCH = 200;
  private static final Set<Stage> UNDER_WAY = EnumSet.complementOf(EnumSet.of(Stage.CLOSED, Stage.SUPPRESSED));

  private final Messages messages;
  private final Suppressions suppressions;
  private final Leads leads;
  private final Timeline timeline;

  StopJourneys(Messages messages, Suppressions suppressions, Leads leads, Timeline timeline) {
    this.messages = messages;
    this.suppressions = suppressions;
    this.leads = leads;
    this.timeline = timeline;
  }

  void soon(Suppression suppression) {
    Thread.startVirtualThread(() -> tell(suppression));
  }

  /** Tells what is pending, oldest first, until nothing is left or the engine does not take it. */
  @Scheduled(
      initialDelayString = "${leadline.mail.retry-every:1m}",
      fixedDelayString = "${leadline.mail.retry-every:1m}")
  void pending() {
    List<Suppression> pending;
    do {
      pending = suppressions.findByJourneyOrderByAt(Told.PENDING, Limit.of(BATCH));
    } while (pending.stream().allMatch(this::tell) && pending.size() == BATCH);
  }

  /** @return whether it is done */
  private boolean tell(Suppression suppression) {
    try (var covered = underWay(suppression.whom())) {
      covered.forEach(lead -> stop(lead, suppression));
      suppressions.told(suppression.key());
      return true;
    } catch (RuntimeException e) {
      log.warn("A journey is stopped later, not now: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  /** Those whose journey it ends; a domain or a company is rare enough to look at everybody who is under way. */
  private Stream<Lead> underWay(Whom whom) {
    return switch (whom.scope()) {
      case PERSON -> leads.findByAddress(whom.key()).stream();
      case ERASED -> Stream.empty();
      case DOMAIN, COMPANY -> leads.findByStageIn(UNDER_WAY).filter(whom::covers);
    };
  }

  private void stop(Lead lead, Suppression suppression) {
    var reason = suppression.reason();
    timeline.record(
        "suppressed:" + lead.id(), lead.id(), "suppress", reason.actor(), suppression.by(),
        said(suppression), List.of());
    leads.change(lead.id(), now -> now.withStage(Stage.SUPPRESSED));
    // Another one, after one that was lifted, ends what began in between.
    messages.tell(MESSAGE, lead.id(), "%s:%s:%d".formatted(MESSAGE, lead.id(), suppression.at().toEpochMilli()));
  }

  private static String said(Suppression suppression) {
    String whom = switch (suppression.whom().scope()) {
      case PERSON, ERASED -> "this person";
      case DOMAIN -> suppression.key();
      case COMPANY -> "this company";
    };
    return "No more mail to " + whom + ": " + suppression.reason().words();
  }
}
