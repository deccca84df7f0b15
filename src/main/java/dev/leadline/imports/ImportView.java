package dev.leadline.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** An import as the API and the page show it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Import")
record ImportView(
    String id,
    String fileName,
    boolean dryRun,
    @Schema(description = "How they agreed to mail from us; absent when they did not") String agreed,
    Import.State state,
    @Schema(description = "Rows of the file") int total,
    @Schema(description = "Rows judged so far") int judged,
    @Schema(description = "New leads; in a dry run those that would be new") int added,
    int duplicates,
    int rejected,
    @Schema(description = "Why it failed") String problem,
    Instant startedAt,
    Instant finishedAt) {

  static ImportView of(Import i) {
    return new ImportView(
        i.id(), i.fileName(), i.dryRun(), i.agreed(), i.state(), i.total(), i.judged(), i.added(), i.duplicates(), i.rejected(),
        i.problem(), i.startedAt(), i.finishedAt());
  }
}
