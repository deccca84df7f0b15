package dev.leadline.lead;

import dev.leadline.web.Refused;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/leads", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Leads", description = "Persons who may buy, and how far their journeys have come")
class LeadApi {


  private final Leads leads;
  private final LeadSearch search;

  LeadApi(Leads leads, LeadSearch search) {
    this.leads = leads;
    this.search = search;
  }

  @GetMapping
  @Operation(summary = "Find leads, newest first")
  LeadPage find(
      @Parameter(description = "Part of a name, a company or an e-mail address") @RequestParam(required = false)
      String q,
      @RequestParam(required = false) Lead.Stage stage,
      @RequestParam(required = false) Lead.Tier tier,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    return LeadPage.of(search.find(q, stage, tier, window.page(), window.size()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One lead")
  @ApiResponse(responseCode = "200", description = "The lead")
  @ApiResponse(responseCode = "404", description = "There is no such lead",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  LeadView one(@PathVariable String id) {
    return leads.findById(id).map(LeadView::of).orElseThrow(
        () -> new Refused(HttpStatus.NOT_FOUND, "There is no lead with this id"));
  }
}
