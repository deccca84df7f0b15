package dev.leadline.imports;

import dev.leadline.intake.FieldProblem;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The verdicts of an import as a CSV file that a spreadsheet can open safely. */
final class VerdictCsv {

  private static final CSVFormat FORMAT = CSVFormat.EXCEL.builder()
      .setHeader("row", "verdict", "name", "email", "lead", "duplicate of row", "field", "reason").get();

  private VerdictCsv() {}

  static void write(Stream<ImportRow> rows, Writer out) throws IOException {
    out.write('\uFEFF'); // without it, Excel takes UTF-8 for Windows-1252
    try (var csv = new CSVPrinter(out, FORMAT)) {
      for (ImportRow row : (Iterable<ImportRow>) rows::iterator) {
        csv.printRecord(
            row.number(), row.verdict().name().toLowerCase(Locale.ROOT), safe(row.name()), safe(row.email()), row.leadId(),
            row.duplicateOfRow(), joined(row.problems().stream().map(FieldProblem::field)),
            joined(row.problems().stream().map(FieldProblem::reason)));
      }
    }
  }

  private static String joined(Stream<String> texts) {
    return texts.collect(Collectors.joining("; "));
  }

  /** A spreadsheet would run a text that starts like a formula. */
  private static String safe(String text) {
    return text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
  }
}
