package dev.leadline.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.leadline.intake.Field;
import dev.leadline.intake.FieldProblem;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  private static final String HEADER = "name,email,company,job title,lead_source,projectDescription\n";
  private static final String ROW = "Jörg,jo@acme.example,Acme,COO,Fair,Orders\n";

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theDelimiterIsFoundInTheHeader(String delimiter) throws Exception {
    var rows = rows((HEADER + ROW).replace(",", delimiter));

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().submission().value(Field.JOB_TITLE)).isEqualTo("COO");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16"})
  void umlautsAreReadInEveryEncoding(String charset) throws Exception {
    var rows = rows((HEADER + ROW).getBytes(Charset.forName(charset)));

    assertThat(rows.getFirst().submission().value(Field.NAME)).isEqualTo("Jörg");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF", "sep=,\r\n", "\uFEFFsep=,\n", "\n\n"})
  void whatStandsBeforeTheHeaderIsSkipped(String before) throws Exception {
    assertThat(rows(before + HEADER + ROW)).hasSize(1);
  }

  @Test
  void headersMayBeQuotedAndInAnySpelling() throws Exception {
    var rows = rows("\"Full Name\";\"E-Mail\";COMPANY_NAME;jobTitle;\"Lead Source\";Shoe size\na;b;c;d;e;44\n");

    var submission = rows.getFirst().submission();
    assertThat(List.of(Field.NAME, Field.EMAIL, Field.COMPANY, Field.JOB_TITLE, Field.LEAD_SOURCE))
        .extracting(submission::value).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void lineBreaksAndQuotesInsideQuotesBelongToTheValue() throws Exception {
    var rows = rows(HEADER + "Jo,jo@acme.example,\"Acme, \"\"Sons\"\"\",COO,Fair,\"First\r\nsecond\"\n" + ROW);

    assertThat(rows).extracting(CsvTable.Row::number).containsExactly(2, 3);
    assertThat(rows.getFirst().submission().value(Field.COMPANY)).isEqualTo("Acme, \"Sons\"");
    assertThat(rows.getFirst().submission().value(Field.PROJECT_DESCRIPTION)).isEqualTo("First\nsecond");
  }

  @Test
  void blankRowsAreSkippedAndRowsAreCountedAsASpreadsheetDoes() throws Exception {
    assertThat(rows(HEADER + "\n,,,,,\n" + ROW + "\n")).extracting(CsvTable.Row::number).containsExactly(4);
  }

  @Test
  void aRowWithTooManyValuesIsBrokenAndAShortOneIsNot() throws Exception {
    var rows = rows(HEADER + "a,b,c,d,e,f,g\na,b\n");

    assertThat(rows.getFirst().broken()).contains("more values");
    assertThat(rows.getLast().broken()).isNull();
  }

  @Test
  void everyMissingColumnIsNamed() {
    assertThat(problems("name,phone\na,b\n")).extracting(FieldProblem::field)
        .containsExactly("email", "company", "jobTitle", "leadSource");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"''| is empty", "'  '| is empty"})
  void anEmptyFileIsNoTable(String file, String reason) {
    assertThat(problems(file)).containsExactly(new FieldProblem("file", reason.strip()));
  }

  @Test
  void aQuoteThatIsNeverClosedIsAProblemOfTheFile() {
    assertThat(problems(HEADER + ROW + "\"Jo,jo@acme.example\n" + ROW)).extracting(FieldProblem::reason)
        .singleElement().asString().startsWith("cannot be read after line");
  }

  @Test
  void bytesThatAreNoTextAreNoTable() {
    var noise = new byte[100_000];
    new java.util.Random(7).nextBytes(noise);
    assertThat(catchThrowableOfType(CsvTable.NoTable.class, () -> rows(noise))).isNotNull();
  }

  private static List<FieldProblem> problems(String file) {
    return catchThrowableOfType(CsvTable.NoTable.class, () -> rows(file)).problems();
  }

  private static List<CsvTable.Row> rows(String file) throws Exception {
    return rows(file.getBytes(StandardCharsets.UTF_8));
  }

  private static List<CsvTable.Row> rows(byte[] file) throws Exception {
    var rows = new ArrayList<CsvTable.Row>();
    try (var table = CsvTable.read(() -> new ByteArrayInputStream(file))) {
      for (var row = table.row(); row.isPresent(); row = table.row()) rows.add(row.get());
    }
    return rows;
  }
}
