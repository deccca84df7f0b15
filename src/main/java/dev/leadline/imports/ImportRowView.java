package dev.leadline.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leadline.intake.FieldProblem;
import dev.leadline.intake.Verdict;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;

/** The verdict on one row of an import. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(name = "ImportRow")
record ImportRowView(
    @Schema(description = "As a spreadsheet counts; the header is row 1") int row,
    String name,
    String email,
    Verdict.Outcome verdict,
    @Schema(description = "The new lead or the one that is duplicated") String leadId,
    @Schema(description = "The earlier row of the same file that it duplicates") Integer duplicateOfRow,
    List<FieldProblem> problems) {

  /** One page of verdicts, in the order of the file. */
  @Schema(name = "ImportRowPage")
  record Window(List<ImportRowView> items, int page, int size, long total) {

    static Window of(Page<ImportRow> found) {
      return new Window(
          found.map(ImportRowView::of).toList(), found.getNumber(), found.getSize(), found.getTotalElements());
    }
  }

  static ImportRowView of(ImportRow row) {
    return new ImportRowView(
        row.number(), row.name(), row.email(), row.verdict(), row.leadId(), row.duplicateOfRow(), row.problems());
  }

  /** The verdict as a person reads it. */
  public String inWords() {
    return switch (verdict) {
      case NEW -> "New";
      case DUPLICATE -> duplicateOfRow != null ? "Duplicate of row " + duplicateOfRow : "Known already";
      case REJECTED -> problems.stream()
          .map(problem -> problem.field() + " " + problem.reason()).collect(Collectors.joining("; "));
    };
  }
}
