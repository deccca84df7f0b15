package dev.leadline.imports;

import dev.leadline.intake.Verdict;
import dev.leadline.web.NotHere;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** The pages on which a file of leads is imported and its verdicts are read. */
@Controller
@RequestMapping("/import")
class ImportPage {

  private static final int ROWS = 100;
  private static final Set<Verdict.Outcome> ALL = EnumSet.allOf(Verdict.Outcome.class);

  private final RunImports runs;
  private final Imports imports;
  private final ImportRows rows;

  ImportPage(RunImports runs, Imports imports, ImportRows rows) {
    this.runs = runs;
    this.imports = imports;
    this.rows = rows;
  }

  @GetMapping
  ModelAndView upload() {
    return page(HttpStatus.OK, List.of());
  }

  @PostMapping
  ModelAndView send(
      @RequestParam MultipartFile file, @RequestParam(defaultValue = "false") boolean dryRun,
      @RequestParam(defaultValue = "") String agreed) throws IOException {
    if (file.isEmpty()) return page(HttpStatus.BAD_REQUEST, List.of("Please choose a file first."));
    if (agreed.length() > RunImports.LONGEST_AGREED) {
      return page(HttpStatus.BAD_REQUEST, List.of(
          "Please say in at most %d characters how they agreed.".formatted(RunImports.LONGEST_AGREED)));
    }
    try (var content = file.getInputStream()) {
      return new ModelAndView("redirect:/import/" + runs.start(content, file.getOriginalFilename(), dryRun, agreed).id());
    } catch (CsvTable.NoTable e) {
      return page(HttpStatus.BAD_REQUEST, sentences(e));
    }
  }

  @GetMapping("/{id}")
  String one(
      @PathVariable String id,
      @RequestParam(required = false) Verdict.Outcome verdict,
      @RequestParam(defaultValue = "0") int page,
      Model model) {
    fill(model, found(id), verdict, page);
    return "lead/import";
  }

  /** What of the page changes while the import runs. */
  @GetMapping("/{id}/progress")
  String progress(@PathVariable String id, Model model) {
    fill(model, found(id), null, 0);
    return "lead/import :: progress";
  }

  @PostMapping("/{id}/repeat")
  String inEarnest(@PathVariable String id) throws IOException {
    try {
      return "redirect:/import/" + runs.repeat(found(id)).id();
    } catch (CsvTable.NoTable | NoSuchFileException e) {
      throw new NotHere("The file of this import is gone.");
    }
  }

  private void fill(Model model, Import found, Verdict.Outcome verdict, int page) {
    var window = PageRequest.of(Math.clamp(page, 0, RunImports.MAX_ROWS / ROWS), ROWS);
    model.addAttribute("import", ImportView.of(found));
    model.addAttribute("verdict", verdict);
    model.addAttribute("rows", ImportRowView.Window.of(rows.findByImportIdAndVerdictInOrderByNumber(
        found.id(), verdict == null ? ALL : EnumSet.of(verdict), window)));
  }

  private ModelAndView page(HttpStatus status, List<String> problems) {
    var page = new ModelAndView("lead/upload", status);
    page.addObject("problems", problems);
    page.addObject("imports", imports.findByOrderByStartedAtDesc(Limit.of(10)).stream().map(ImportView::of).toList());
    return page;
  }

  private static List<String> sentences(CsvTable.NoTable e) {
    return e.problems().stream()
        .map(problem -> (problem.field().equals("file") ? "The file " : "“" + problem.field() + "” ")
            + problem.reason() + ".")
        .collect(Collectors.toList());
  }

  private Import found(String id) {
    return imports.findById(id).orElseThrow(() -> new NotHere("There is no such import."));
  }
}
