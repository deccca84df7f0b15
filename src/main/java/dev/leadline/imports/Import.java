package dev.leadline.imports;

import dev.leadline.intake.Verdict;
import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A file of leads and how far it has been read.
 *
 * @param fileId the file as it came; null when it was deleted
 * @param dryRun whether every row is only judged
 * @param agreed how the people of the file agreed to mail from us, and where that can be seen; null when they did not
 * @param total rows of the file
 * @param lastRow number of the last row judged, as a spreadsheet counts
 * @param problem why it failed, in words
 */
@Document("imports")
record Import(
    @Id String id,
    @Version Long version,
    String fileId,
    String fileName,
    boolean dryRun,
    String agreed,
    @Indexed State state,
    int total,
    int lastRow,
    int added,
    int duplicates,
    int rejected,
    String problem,
    Instant startedAt,
    @Indexed Instant finishedAt) {

  enum State {
    RUNNING,
    FINISHED,
    FAILED
  }

  static Import of(String id, String fileId, String fileName, boolean dryRun, String agreed, int total, Instant now) {
    return new Import(id, null, fileId, fileName, dryRun, agreed, State.RUNNING, total, 1, 0, 0, 0, null, now, null);
  }

  int judged() {
    return added + duplicates + rejected;
  }

  Import and(ImportRow row) {
    return new Import(
        id, version, fileId, fileName, dryRun, agreed, state, total, row.number(),
        added + (row.verdict() == Verdict.Outcome.NEW ? 1 : 0),
        duplicates + (row.verdict() == Verdict.Outcome.DUPLICATE ? 1 : 0),
        rejected + (row.verdict() == Verdict.Outcome.REJECTED ? 1 : 0),
        problem, startedAt, finishedAt);
  }

  Import withoutFile() {
    return new Import(
        id, version, null, fileName, dryRun, agreed, state, total, lastRow, added, duplicates, rejected, problem, startedAt,
        finishedAt);
  }

  Import ended(State state, String problem, Instant now) {
    return new Import(
        id, version, fileId, fileName, dryRun, agreed, state, total, lastRow, added, duplicates, rejected, problem, startedAt,
        now);
  }
}
