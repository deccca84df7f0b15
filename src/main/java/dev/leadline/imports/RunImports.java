package dev.leadline.imports;

import dev.leadline.intake.Channel;
import dev.leadline.intake.Consent;
import dev.leadline.intake.Consents;
import dev.leadline.intake.Field;
import dev.leadline.intake.FieldProblem;
import dev.leadline.intake.Intake;
import dev.leadline.intake.IntakeSettings;
import dev.leadline.intake.Verdict;
import dev.leadline.lead.Lead;
import dev.leadline.lead.PlainText;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.bson.types.ObjectId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Reads files of leads, in the background and row by row. What a restart interrupts goes on after the last row that
 * was written down; a row that is judged twice comes to the same verdict, because its lead has the row's id.
 */
@Component
class RunImports {

  static final int MAX_ROWS = 10_000;
  static final int LONGEST_AGREED = 500;
  private static final int BATCH = 50;
  private static final int AT_ONCE = 2;
  private static final int MAX_SHOWN = 100;
  private static final Logger log = LoggerFactory.getLogger(RunImports.class);

  private final Imports imports;
  private final ImportRows rows;
  private final ImportFiles files;
  private final Intake intake;
  private final Consents consents;
  private final IntakeSettings settings;
  private final Clock clock;
  private final Semaphore free = new Semaphore(AT_ONCE, true);

  RunImports(
      Imports imports, ImportRows rows, ImportFiles files, Intake intake, Consents consents, IntakeSettings settings,
      Clock clock) {
    this.imports = imports;
    this.rows = rows;
    this.files = files;
    this.intake = intake;
    this.consents = consents;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Stores the file, looks whether it is a table of leads, and starts reading it.
   *
   * @param agreed see {@link Import}; may be blank
   */
  Import start(InputStream content, String fileName, boolean dryRun, String agreed) throws IOException, CsvTable.NoTable {
    String name = PlainText.line(fileName == null ? "" : fileName);
    String file = files.store(content, name.isEmpty() ? "leads.csv" : name);
    try {
      return started(file, name, dryRun, agreed == null || agreed.isBlank() ? null : PlainText.line(agreed));
    } catch (IOException | CsvTable.NoTable e) {
      files.delete(file);
      throw e;
    }
  }

  /** Does in earnest what was a dry run. */
  Import repeat(Import dryRun) throws IOException, CsvTable.NoTable {
    return started(dryRun.fileId(), dryRun.fileName(), false, dryRun.agreed());
  }

  private Import started(String file, String name, boolean dryRun, String agreed) throws IOException, CsvTable.NoTable {
    int total = 0;
    try (var table = CsvTable.read(() -> files.open(file))) {
      while (table.row().isPresent()) {
        if (++total > MAX_ROWS) throw new CsvTable.NoTable("has more than " + MAX_ROWS + " rows; split it");
      }
    }
    if (total == 0) throw new CsvTable.NoTable("has no rows below its header");
    var started = imports.save(
        Import.of(new ObjectId().toHexString(), file, name, dryRun, agreed, total, clock.instant()));
    Thread.startVirtualThread(() -> run(started));
    return started;
  }

  /** What became of a file's people is in its rows and leads. */
  @Scheduled(initialDelay = 10, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
  void deleteOldFiles() {
    var before = clock.instant().minus(settings.keepRejected());
    for (Import old : imports.findByFinishedAtBeforeAndFileIdNotNull(before, Limit.of(BATCH))) {
      files.delete(old.fileId());
      imports.save(old.withoutFile());
    }
  }

  @EventListener(ApplicationReadyEvent.class)
  void resumeInterrupted() {
    imports.findByState(Import.State.RUNNING).forEach(left -> Thread.startVirtualThread(() -> run(left)));
  }

  private void run(Import started) {
    free.acquireUninterruptibly();
    try {
      read(started);
    } catch (OptimisticLockingFailureException e) {
      log.info("Import {} is read by another instance", started.id());
    } catch (IOException | CsvTable.NoTable | RuntimeException e) {
      log.error("Import {} failed: {}", started.id(), e.getClass().getSimpleName());
      imports.findById(started.id()).ifPresent(now -> imports.save(now.ended(
          Import.State.FAILED, "Stopped after row " + now.lastRow() + ". Send the file again: the rows before it are "
              + "known as duplicates then.", clock.instant())));
    } finally {
      free.release();
    }
  }

  private void read(Import started) throws IOException, CsvTable.NoTable {
    Import now = started;
    var rowOfAddress = new HashMap<String, Integer>();
    var batch = new ArrayList<ImportRow>();
    try (var table = CsvTable.read(() -> files.open(started.fileId()))) {
      for (var next = table.row(); next.isPresent(); next = table.row()) {
        if (next.get().number() <= started.lastRow() && !started.dryRun()) continue;
        ImportRow row = judge(started, next.get(), rowOfAddress);
        if (next.get().number() <= started.lastRow()) continue;
        batch.add(row);
        now = now.and(row);
        if (batch.size() == BATCH) now = saved(now, batch);
      }
    }
    saved(now.ended(Import.State.FINISHED, null, clock.instant()), batch);
  }

  private Import saved(Import now, List<ImportRow> batch) {
    rows.saveAll(batch);
    batch.clear();
    return imports.save(now);
  }

  private ImportRow judge(Import of, CsvTable.Row row, Map<String, Integer> rowOfAddress) {
    String id = ImportRow.id(of.id(), row.number());
    Verdict verdict = row.broken() != null
        ? new Verdict.Rejected(List.of(new FieldProblem("row", row.broken())))
        : of.dryRun() ? intake.preview(row.submission()) : intake.register(id, Channel.CSV, row.submission());
    return switch (verdict) {
      case Verdict.Rejected no -> said(of, row, Verdict.Outcome.REJECTED, null, null, no.problems());
      case Verdict.Duplicate known -> {
        noteThatTheyAgreed(of, known.of());
        yield said(of, row, Verdict.Outcome.DUPLICATE, known.of().id(), rowOf(of, known.of()), List.of());
      }
      case Verdict.New made when of.dryRun() -> {
        Integer before = rowOfAddress.putIfAbsent(made.lead().address(), row.number());
        yield said(of, row, before == null ? Verdict.Outcome.NEW : Verdict.Outcome.DUPLICATE, null, before, List.of());
      }
      case Verdict.New made -> {
        noteThatTheyAgreed(of, made.lead());
        yield said(of, row, Verdict.Outcome.NEW, made.lead().id(), null, List.of());
      }
    };
  }

  private void noteThatTheyAgreed(Import of, Lead lead) {
    if (of.agreed() == null || of.dryRun() || consents.existsById(lead.id())) return;
    consents.save(new Consent(lead.id(), of.agreed(), "import " + of.id(), null, clock.instant()));
  }

  private static Integer rowOf(Import of, Lead known) {
    String prefix = ImportRow.id(of.id(), 0).substring(0, of.id().length() + 1);
    return known.id().startsWith(prefix) ? Integer.valueOf(known.id().substring(prefix.length())) : null;
  }

  private ImportRow said(
      Import of, CsvTable.Row row, Verdict.Outcome verdict, String leadId, Integer ofRow, List<FieldProblem> problems) {
    return new ImportRow(
        ImportRow.id(of.id(), row.number()), of.id(), row.number(), shown(row, Field.NAME), shown(row, Field.EMAIL),
        row.submission().address().orElse(null), verdict, leadId, ofRow, problems,
        leadId == null ? of.startedAt().plus(settings.keepRejected()) : null);
  }

  private static String shown(CsvTable.Row row, Field field) {
    String value = row.submission().value(field);
    return value.codePointCount(0, value.length()) <= MAX_SHOWN
        ? value
        : value.substring(0, value.offsetByCodePoints(0, MAX_SHOWN)) + "…";
  }
}
