package dev.leadline.agent.tools;

import dev.leadline.agent.Retention;
import dev.leadline.agent.tools.Reading.Brought;
import dev.leadline.guard.InjectionGuard;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Everything that tools have read, by the process instance they were called in. Whatever the tool, what speaks to
 * machines is left out here, before a model or rules read it.
 */
@Component
public class Readings {

  private final ReadingDocuments documents;
  private final InjectionGuard guard;
  private final Retention retention;
  private final Clock clock;

  Readings(ReadingDocuments documents, InjectionGuard guard, Retention retention, Clock clock) {
    this.documents = documents;
    this.guard = guard;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Keeps what a tool brought.
   *
   * @param run process instance key
   * @param call element instance key of the tool
   */
  public Found keep(long run, long call, String leadId, Brought brought) {
    return new Found(new Found.Reference(keep(Long.toString(call), run, leadId, brought).id()));
  }

  Reading keep(String id, long run, String leadId, Brought brought) {
    return documents.save(
        new Reading(leadId + "/" + id, run, leadId, brought.guarded(guard), clock.instant(), retention.end(clock)));
  }

  /** What was read about the lead in this process instance, oldest first. */
  public List<Reading> of(long run, String leadId) {
    return documents.findByRunAndLeadIdOrderByAt(run, leadId);
  }

  /** A reading of this run about this lead; any other is none. */
  Optional<Reading> find(String id, long run, String leadId) {
    return documents.findById(id).filter(reading -> reading.run() == run && reading.leadId().equals(leadId));
  }
}
