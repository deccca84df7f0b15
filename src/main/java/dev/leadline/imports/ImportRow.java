package dev.leadline.imports;

import dev.leadline.intake.FieldProblem;
import dev.leadline.intake.Verdict;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What was said to one row of an import.
 *
 * @param id the import's id and the row's number; also the id of the lead that is made of the row
 * @param number as a spreadsheet counts; the header is row 1
 * @param address of whom it is about, in normal form; null when the row names none
 * @param leadId the new lead or the one that is duplicated; null when rejected, or new in a dry run
 * @param duplicateOfRow the earlier row of the same file that it duplicates; null otherwise
 * @param until when it is deleted, because no lead stands behind it; null otherwise
 */
@Document("import_rows")
record ImportRow(
    @Id String id,
    @Indexed String importId,
    int number,
    String name,
    String email,
    @Indexed(sparse = true) String address,
    Verdict.Outcome verdict,
    @Indexed String leadId,
    Integer duplicateOfRow,
    List<FieldProblem> problems,
    @Indexed(expireAfter = "0s") Instant until) {

  static String id(String importId, int number) {
    return importId + "-" + number;
  }
}
