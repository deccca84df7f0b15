package dev.leadline.agent.tools;

import dev.leadline.agent.tools.Reading.Brought;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Everything that tools have read, by the process instance they were called in. */
@Component
public class Readings {

  private final ReadingDocuments documents;
  private final KeepSettings settings;
  private final Clock clock;

  Readings(ReadingDocuments documents, KeepSettings settings, Clock clock) {
    this.documents = documents;
    this.settings = settings;
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
    var now = clock.instant();
    return documents.save(new Reading(id, run, leadId, brought, now, now.plus(settings.keep())));
  }

  /** What was read in this process instance, oldest first. */
  public List<Reading> of(long run) {
    return documents.findByRunOrderByAt(run);
  }

  /** A reading of this run; another run's is none. */
  Optional<Reading> find(String id, long run) {
    return documents.findById(id).filter(reading -> reading.run() == run);
  }
}
