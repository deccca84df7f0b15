package dev.leadline.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leadline.campaign.Prospect.State;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/executions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Executions", description = "Runs of campaigns: CREATED, RUNNING, PAUSED; then COMPLETED, FAILED or CANCELLED")
class ExecutionApi {

  private final Runs runs;
  private final Executions executions;
  private final ExecutionViews views;
  private final LogEntries log;
  private final Prospects prospects;
  private final Leads leads;

  ExecutionApi(
      Runs runs, Executions executions, ExecutionViews views, LogEntries log, Prospects prospects, Leads leads) {
    this.runs = runs;
    this.executions = executions;
    this.views = views;
    this.log = log;
    this.prospects = prospects;
    this.leads = leads;
  }

  /** Which campaign is to run. */
  @Schema(name = "NewExecution")
  record Wanted(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = "Id of the campaign") String agentId) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Run a campaign")
  @ApiResponse(responseCode = "201", description = "Created, and about to run; Location names it")
  @ApiResponse(responseCode = "200", description = "This Idempotency-Key made it before")
  @ApiResponse(responseCode = "404", description = "There is no such campaign",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "409", description = "A run of it goes on",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<ExecutionView> run(
      @RequestBody Wanted wanted,
      @Parameter(description = "Names this request: sent again, it starts nothing more")
      @RequestHeader(name = "Idempotency-Key", required = false) String key,
      @Parameter(hidden = true) HttpServletRequest request) {
    if (wanted.agentId() == null || wanted.agentId().isBlank()) throw new InvalidInput("agentId", "is required");
    var made = runs.start(wanted.agentId(), CampaignApi.by(request), Request.of(key, "execution", wanted));
    return ResponseEntity.status(made.now() ? HttpStatus.CREATED : HttpStatus.OK)
        .location(URI.create("/api/v1/executions/" + made.execution().id())).body(views.of(made.execution()));
  }

  @GetMapping
  @Operation(summary = "All runs, the newest first")
  ExecutionView.Window all(
      @Parameter(description = "Only of this campaign") @RequestParam(required = false) String agentId,
      @RequestParam(required = false) Execution.State state,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "20") int size) {
    var window = Window.of(page, size);
    var found = executions.page(agentId, state, window.page(), window.size());
    return new ExecutionView.Window(
        views.of(found.getContent()), window.page(), window.size(), found.getTotalElements());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One run, with its figures")
  @ApiResponse(responseCode = "200", description = "The run")
  @ApiResponse(responseCode = "404", description = "There is no such run",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ExecutionView one(@PathVariable String id) {
    return views.of(runs.get(id));
  }

  @PostMapping("/{id}/pause")
  @Operation(summary = "Pause a run", description = "From this moment nobody more is searched or let in, and "
      + "nobody whom it found gets mail. What is paused already stays so.")
  @ApiResponse(responseCode = "200", description = "Paused")
  @ApiResponse(responseCode = "409", description = "The run is over",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ExecutionView pause(@PathVariable String id, @Parameter(hidden = true) HttpServletRequest request) {
    return views.of(runs.pause(id, CampaignApi.by(request)));
  }

  @PostMapping("/{id}/resume")
  @Operation(summary = "Resume a paused run", description = "It goes on where it stood.")
  @ApiResponse(responseCode = "200", description = "Resumed")
  @ApiResponse(responseCode = "409", description = "The run is not paused",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ExecutionView resume(@PathVariable String id, @Parameter(hidden = true) HttpServletRequest request) {
    return views.of(runs.resume(id, CampaignApi.by(request)));
  }

  @PostMapping("/{id}/cancel")
  @Operation(summary = "End a run for good", description = "Leads that were let in stay leads, "
      + "but get no more mail of it; whoever has answered or meets us goes on.")
  @ApiResponse(responseCode = "200", description = "Cancelled")
  @ApiResponse(responseCode = "409", description = "The run is over",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ExecutionView cancel(
      @PathVariable String id, @Parameter(description = "Why") @RequestParam(required = false) String reason,
      @Parameter(hidden = true) HttpServletRequest request) {
    return views.of(runs.cancel(id, reason, CampaignApi.by(request)));
  }

  /** One page of what happened. */
  @Schema(name = "ExecutionLog")
  record Log(List<LogEntry> items, int page, int size, long total) {}

  @GetMapping("/{id}/logs")
  @Operation(summary = "What happened in a run, in order; what happened to its leads is on their timelines")
  Log logs(
      @PathVariable String id,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "100") int size) {
    runs.get(id);
    var window = Window.of(page, size);
    var found = log.findByExecutionIdOrderByAt(id, PageRequest.of(window.page(), window.size()));
    return new Log(found.getContent(), window.page(), window.size(), found.getTotalElements());
  }

  /** Somebody who was found, what was said to letting them in, and how far they have come. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ExecutionLead")
  record Found(
      String name, String email, String jobTitle, String company, String location,
      State verdict, @Schema(description = "Why not") String because,
      @Schema(description = "The new lead, or the one they are already") String leadId, Lead.Stage stage,
      Integer score, Lead.Tier tier) {

    static Found of(Prospect one, Lead lead) {
      return new Found(
          one.name(), one.email(), one.jobTitle(), one.company(), one.location(), one.state(), one.because(),
          one.leadId(), lead == null ? null : lead.stage(), lead == null ? null : lead.score(),
          lead == null ? null : lead.tier());
    }
  }

  /** One page of them. */
  @Schema(name = "ExecutionLeads")
  record FoundPage(List<Found> items, int page, int size, long total) {}

  @GetMapping("/{id}/leads")
  @Operation(summary = "Whom a run has found, in order, each with verdict and reason")
  FoundPage leads(
      @PathVariable String id,
      @Parameter(description = "Only these verdicts") @RequestParam(required = false) Set<State> verdict,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    runs.get(id);
    var window = Window.of(page, size);
    var wanted = verdict == null || verdict.isEmpty() ? EnumSet.allOf(State.class) : verdict;
    Page<Prospect> found = prospects.findByExecutionIdAndStateInOrderByAt(
        id, wanted, PageRequest.of(window.page(), window.size()));
    Map<String, Lead> known = leads.findByIdIn(
            found.stream().map(Prospect::leadId).filter(Objects::nonNull).toList()).stream()
        .collect(Collectors.toMap(Lead::id, Function.identity()));
    return new FoundPage(
        found.stream().map(one -> Found.of(one, known.get(one.leadId()))).toList(), window.page(), window.size(),
        found.getTotalElements());
  }
}
