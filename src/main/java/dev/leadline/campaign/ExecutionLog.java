package dev.leadline.campaign;

import java.time.Clock;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Writes down what happens in a run, once. */
@Component
class ExecutionLog {

  private final LogEntries entries;
  private final Executions executions;
  private final Clock clock;

  ExecutionLog(LogEntries entries, Executions executions, Clock clock) {
    this.entries = entries;
    this.executions = executions;
    this.clock = clock;
  }

  /** @param what tells it from all else that happens in the run */
  void write(String what, String executionId, String step, String by, String text, List<String> details) {
    try {
      entries.insert(new LogEntry(
          executionId + "/" + what, executionId, clock.instant(), step, by, text, List.copyOf(details)));
      executions.stir(executionId);
    } catch (DuplicateKeyException writtenBefore) {
      // A repeated job says what it said the first time.
    }
  }
}
