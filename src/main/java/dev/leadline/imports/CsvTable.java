package dev.leadline.imports;

import dev.leadline.intake.Field;
import dev.leadline.intake.FieldProblem;
import dev.leadline.intake.Submission;
import dev.leadline.lead.PlainText;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.springframework.core.io.InputStreamSource;

/**
 * A table of leads in a CSV file, read row by row: comma, semicolon or tab; UTF-8, UTF-16 with its mark, or else
 * Windows-1252; headers in any spelling the API knows; line breaks inside quotes.
 */
final class CsvTable implements AutoCloseable {

  private static final int HEADER_SIZE = 64 * 1024;
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  /**
   * One row.
   *
   * @param number as a spreadsheet counts; the header is row 1
   * @param broken why the row cannot be read; null when it can
   */
  record Row(int number, Submission submission, String broken) {}

  /** The file is no table of leads. */
  static class NoTable extends Exception {

    private final List<FieldProblem> problems;

    NoTable(List<FieldProblem> problems) {
      super("not a table of leads");
      this.problems = List.copyOf(problems);
    }

    NoTable(String reason) {
      this(List.of(new FieldProblem("file", reason)));
    }

    List<FieldProblem> problems() {
      return problems;
    }
  }

  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<Optional<Field>> columns;

  private CsvTable(CSVParser parser) throws NoTable {
    this.parser = parser;
    this.records = parser.iterator();
    this.columns = columns(next().orElseThrow(() -> new NoTable("is empty")));
  }

  static CsvTable read(InputStreamSource file) throws IOException, NoTable {
    var reader = new BufferedReader(new InputStreamReader(file.getInputStream(), charset(file)), HEADER_SIZE);
    try {
      skipMark(reader);
      char delimiter = delimiter(reader);
      var format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(false).get();
      return new CsvTable(CSVParser.builder().setReader(reader).setFormat(format).get());
    } catch (IOException | NoTable | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The next row that is not blank, if any. */
  Optional<Row> row() throws NoTable {
    return next().map(this::row);
  }

  private Row row(CSVRecord values) {
    var submission = new Submission();
    for (int i = 0; i < Math.min(values.size(), columns.size()); i++) {
      String value = values.get(i);
      columns.get(i).ifPresent(field -> submission.put(field, value));
    }
    boolean tooMany = values.stream().skip(columns.size()).anyMatch(value -> !value.isBlank());
    return new Row(
        (int) values.getRecordNumber(), submission, tooMany ? "has more values than the table has columns" : null);
  }

  private Optional<CSVRecord> next() throws NoTable {
    try {
      while (records.hasNext()) {
        CSVRecord values = records.next();
        if (values.stream().anyMatch(value -> !value.isBlank())) return Optional.of(values);
      }
      return Optional.empty();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new NoTable("cannot be read after line " + parser.getCurrentLineNumber() + ": is a quote not closed there?");
    }
  }

  private static List<Optional<Field>> columns(CSVRecord header) throws NoTable {
    var columns = header.stream().map(name -> Field.named(PlainText.line(name))).toList();
    var missing = new ArrayList<FieldProblem>();
    for (Field field : Field.values()) {
      if (field.required() && !columns.contains(Optional.of(field))) {
        missing.add(new FieldProblem(field.apiName(), "has no column in the first row"));
      }
    }
    if (!missing.isEmpty()) throw new NoTable(missing);
    return columns;
  }

  private static Charset charset(InputStreamSource file) throws IOException {
    try (var in = new BufferedInputStream(file.getInputStream())) {
      in.mark(2);
      int mark = in.read() << 8 | in.read();
      if (mark == 0xFEFF || mark == 0xFFFE) return StandardCharsets.UTF_16;
      in.reset();
      try (var strict = new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder())) {
        strict.transferTo(Writer.nullWriter());
        return StandardCharsets.UTF_8;
      } catch (CharacterCodingException e) {
        return WINDOWS;
      }
    }
  }

  private static void skipMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') reader.reset();
  }

  /** The one that stands most often in the first line; Excel may name it in a line of its own, which is skipped. */
  private static char delimiter(BufferedReader reader) throws IOException {
    reader.mark(HEADER_SIZE);
    var first = new char[HEADER_SIZE - 1];
    int length = reader.read(first);
    reader.reset();
    String start = length < 0 ? "" : new String(first, 0, length).stripLeading();
    String line = start.lines().findFirst().orElse("");
    if (line.matches("sep=[,;\t]")) {
      reader.readLine();
      return line.charAt(4);
    }
    String outsideQuotes = line.replaceAll("\"[^\"]*\"", "");
    return Stream.of(',', ';', '\t')
        .max(Comparator.comparingLong(delimiter -> count(outsideQuotes, delimiter)))
        .filter(delimiter -> outsideQuotes.indexOf(delimiter) >= 0)
        .orElse(',');
  }

  private static long count(String line, char delimiter) {
    return line.chars().filter(c -> c == delimiter).count();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
