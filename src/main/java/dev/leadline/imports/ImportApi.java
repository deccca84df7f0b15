package dev.leadline.imports;

import dev.leadline.intake.Verdict;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

@RestController
@RequestMapping("/api/v1/leads/imports")
@Tag(name = "Imports", description = "Files of leads, with a verdict for every row")
class ImportApi {

  private static final int MAX_FILE = 20 * 1024 * 1024;
  private static final int MAX_PAGE_SIZE = 1000;
  private static final String AGREED = "How the people of the file agreed to mail from us, and where that can be seen; "
      + "leave it out when they did not";

  private final RunImports runs;
  private final Imports imports;
  private final ImportRows rows;

  ImportApi(RunImports runs, Imports imports, ImportRows rows) {
    this.runs = runs;
    this.imports = imports;
    this.rows = rows;
  }

  @PostMapping(consumes = "text/csv", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Import a CSV file",
      description = "Comma, semicolon or tab; UTF-8, else Windows-1252; the first row names the columns as the fields "
          + "of a lead are named; at most 10,000 rows and 20 MB. The file is read in the background: follow Location.",
      requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
          required = true, content = @Content(mediaType = "text/csv", schema = @Schema(type = "string"))))
  @ApiResponse(responseCode = "202", description = "The import has started; Location names it")
  ResponseEntity<ImportView> importBody(
      @Parameter(description = "Only judge every row, register nothing") @RequestParam(defaultValue = "false")
      boolean dryRun,
      @Parameter(description = AGREED) @RequestParam(required = false) String agreed,
      @Parameter(hidden = true) HttpServletRequest request) throws IOException {
    byte[] file = request.getInputStream().readNBytes(MAX_FILE + 1);
    if (file.length > MAX_FILE) {
      throw new InvalidInput(HttpStatus.PAYLOAD_TOO_LARGE, List.of(
          new InvalidInput.Field("body", "must not be larger than " + MAX_FILE / 1024 / 1024 + " MB")));
    }
    return start(new ByteArrayInputStream(file), "leads.csv", dryRun, agreed);
  }

  @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Import a CSV file", description = "The same as an upload.")
  @ApiResponse(responseCode = "202", description = "The import has started; Location names it")
  ResponseEntity<ImportView> importUpload(
      @RequestParam(defaultValue = "false") boolean dryRun,
      @Parameter(description = AGREED) @RequestParam(required = false) String agreed,
      @RequestPart("file") MultipartFile file) throws IOException {
    try (var content = file.getInputStream()) {
      return start(content, file.getOriginalFilename(), dryRun, agreed);
    }
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "How far an import is")
  ImportView one(@PathVariable String id) {
    return ImportView.of(found(id));
  }

  @GetMapping(path = "/{id}/rows", produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "The verdicts on the rows, in the order of the file")
  ImportRowView.Window verdicts(
      @PathVariable String id,
      @Parameter(description = "Only these verdicts") @RequestParam(required = false) Set<Verdict.Outcome> verdict,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 1000") @RequestParam(defaultValue = "100") int size) {
    found(id);
    if (size < 1 || size > MAX_PAGE_SIZE) throw new InvalidInput("size", "must be between 1 and " + MAX_PAGE_SIZE);
    if (page < 0 || page > RunImports.MAX_ROWS) {
      throw new InvalidInput("page", "must be between 0 and " + RunImports.MAX_ROWS);
    }
    var wanted = verdict == null || verdict.isEmpty() ? EnumSet.allOf(Verdict.Outcome.class) : verdict;
    return ImportRowView.Window.of(
        rows.findByImportIdAndVerdictInOrderByNumber(id, wanted, PageRequest.of(page, size)));
  }

  @GetMapping(path = "/{id}/rows.csv", produces = "text/csv")
  @Operation(summary = "The verdicts on all rows as a CSV file")
  void download(@PathVariable String id, @Parameter(hidden = true) HttpServletResponse response) throws IOException {
    found(id);
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"verdicts-" + id + ".csv\"");
    try (var verdicts = rows.findByImportIdOrderByNumber(id)) {
      VerdictCsv.write(verdicts, response.getWriter());
    }
  }

  private ResponseEntity<ImportView> start(InputStream content, String name, boolean dryRun, String agreed) throws IOException {
    if (agreed != null && agreed.length() > RunImports.LONGEST_AGREED) {
      throw new InvalidInput("agreed", "must not be longer than " + RunImports.LONGEST_AGREED);
    }
    try {
      Import started = runs.start(content, name, dryRun, agreed);
      return ResponseEntity.accepted().location(URI.create("/api/v1/leads/imports/" + started.id()))
          .body(ImportView.of(started));
    } catch (CsvTable.NoTable e) {
      throw new InvalidInput(HttpStatus.BAD_REQUEST, e.problems().stream()
          .map(problem -> new InvalidInput.Field(problem.field(), problem.reason())).toList());
    }
  }

  private Import found(String id) {
    return imports.findById(id).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no import with this id"));
  }
}
