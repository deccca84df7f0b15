package dev.leadline.campaign;

import dev.leadline.web.InvalidInput;
import dev.leadline.web.Viewer;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Campaigns, under two names: others call them sales agents. An id has hexadecimal digits only, which no step's name
 * has, so both kinds of agents live under /api/v1/agents.
 */
@RestController
@RequestMapping(produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Campaigns", description = "Sales agents: whom to look for, again and again; their runs are executions")
class CampaignApi {

  private static final String CAMPAIGNS = "/api/v1/campaigns";
  private static final String AGENTS = "/api/v1/agents";
  private static final String ID = "/{id:[0-9a-f]+}";
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private final Campaigns campaigns;

  CampaignApi(Campaigns campaigns) {
    this.campaigns = campaigns;
  }

  @PostMapping(path = {CAMPAIGNS, AGENTS}, consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Make a campaign", description = "Nothing happens before it is executed.")
  @ApiResponse(responseCode = "201", description = "Made; Location names it")
  @ApiResponse(responseCode = "200", description = "This Idempotency-Key made it before")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "422", description = "The Idempotency-Key came before with another payload",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<CampaignView> make(
      @RequestBody Definition wanted,
      @Parameter(description = "Names this request: sent again, it makes nothing more")
      @RequestHeader(name = "Idempotency-Key", required = false) String key,
      @Parameter(hidden = true) HttpServletRequest request) {
    var made = campaigns.make(wanted, by(request), Request.of(key, "campaign", wanted));
    var location = URI.create(CAMPAIGNS + "/" + made.campaign().id());
    return ResponseEntity.status(made.now() ? HttpStatus.CREATED : HttpStatus.OK).location(location)
        .eTag(etag(made.campaign())).body(CampaignView.of(made.campaign()));
  }

  @GetMapping(CAMPAIGNS)
  @Operation(summary = "All campaigns, the newest first")
  CampaignView.Window all(
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    return CampaignView.Window.of(campaigns.page(window.page(), window.size()));
  }

  @GetMapping(path = AGENTS, params = "kind=sales")
  @Operation(summary = "Agents: those that are steps, or with kind=sales the campaigns")
  CampaignView.Window agents(
      @RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
    return all(page, size);
  }

  @GetMapping({CAMPAIGNS + "/{id}", AGENTS + ID})
  @Operation(summary = "One campaign")
  @ApiResponse(responseCode = "200", description = "The campaign; ETag carries its version")
  @ApiResponse(responseCode = "404", description = "There is no such campaign",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<CampaignView> one(@PathVariable String id) {
    return answer(campaigns.get(id));
  }

  @PutMapping(path = {CAMPAIGNS + "/{id}", AGENTS + ID}, consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Change a campaign", description = "A run that goes on keeps what it was started with.")
  @ApiResponse(responseCode = "200", description = "Changed")
  @ApiResponse(responseCode = "412", description = "There is a newer version than If-Match says",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<CampaignView> change(
      @PathVariable String id, @RequestBody Definition wanted,
      @Parameter(description = "The version that was changed, as ETag gave it; without it, whichever it is")
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen,
      @Parameter(hidden = true) HttpServletRequest request) {
    return answer(campaigns.change(id, wanted, version(seen), by(request)));
  }

  @DeleteMapping({CAMPAIGNS + "/{id}", AGENTS + ID})
  @Operation(summary = "Delete a campaign", description = "Its runs and leads stay.")
  @ApiResponse(responseCode = "204", description = "Deleted")
  @ApiResponse(responseCode = "409", description = "A run of it goes on",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<Void> delete(@PathVariable String id) {
    campaigns.delete(id);
    return ResponseEntity.noContent().build();
  }

  private static ResponseEntity<CampaignView> answer(Campaign campaign) {
    return ResponseEntity.ok().eTag(etag(campaign)).body(CampaignView.of(campaign));
  }

  private static String etag(Campaign campaign) {
    return "\"" + campaign.version() + "\"";
  }

  private static Long version(String seen) {
    if (seen == null) return null;
    var version = ETAG.matcher(seen.strip());
    if (!version.matches()) throw new InvalidInput("If-Match", "must be a version in quotes, like \"0\"");
    return Long.valueOf(version.group(1));
  }

  static String by(HttpServletRequest request) {
    return Viewer.of(request).map(Viewer::name).orElse("API");
  }
}
