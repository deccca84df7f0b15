package dev.leadline.campaign;

import dev.leadline.campaign.Exclusion.Kind;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/exclusions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Exclusions", description = "Companies whose people no campaign lets in")
class ExclusionApi {

  private final Exclusions exclusions;
  private final Excluding excluding;

  ExclusionApi(Exclusions exclusions, Excluding excluding) {
    this.exclusions = exclusions;
    this.excluding = excluding;
  }

  /** Companies to exclude, all of the same kind. */
  @Schema(name = "NewExclusions")
  record Wanted(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "[\"competitor.example\"]") List<String> domains,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "competitor") Kind kind, String note) {}

  /** One page of them, the newest first. */
  @Schema(name = "ExclusionPage")
  record Found(List<Exclusion> items, int page, int size, long total) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Exclude companies", description = "All of them or, if one is no domain, none. Whoever is listed "
      + "already is what was said last.")
  @ApiResponse(responseCode = "204", description = "Excluded from now on; whoever is a lead already stays one")
  ResponseEntity<Void> add(@RequestBody Wanted wanted, @Parameter(hidden = true) HttpServletRequest request) {
    if (wanted.kind() == null) throw new InvalidInput("kind", "must be one of customer, competitor, partner, press, other");
    if (wanted.domains() == null || wanted.domains().isEmpty()) throw new InvalidInput("domains", "must name at least one");
    var read = Excluding.read(String.join("\n", wanted.domains().stream().map(String::valueOf).toList()));
    if (!read.wrong().isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, read.wrong().stream()
        .map(one -> new InvalidInput.Field("domains", "must be domains; this is none: " + one)).toList());
    if (read.domains().size() > Excluding.MOST) throw new InvalidInput("domains", "must not be more than " + Excluding.MOST);
    excluding.exclude(read.domains(), wanted.kind(), wanted.note(), CampaignApi.by(request));
    return ResponseEntity.noContent().build();
  }

  @GetMapping
  @Operation(summary = "Who is excluded, the newest first")
  Found all(
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    var found = exclusions.findAllByOrderByAtDesc(PageRequest.of(window.page(), window.size()));
    return new Found(found.getContent(), window.page(), window.size(), found.getTotalElements());
  }

  @DeleteMapping("/{domain}")
  @Operation(summary = "Exclude a company no more")
  @ApiResponse(responseCode = "204", description = "Not excluded any more")
  @ApiResponse(responseCode = "404", description = "It was not excluded")
  ResponseEntity<Void> remove(@PathVariable String domain) {
    if (exclusions.deleteByDomain(domain) == 0)
      throw new Refused(HttpStatus.NOT_FOUND, "This domain is not excluded");
    return ResponseEntity.noContent().build();
  }
}
