package dev.leadline.mail;

import dev.leadline.mail.Touch.State;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Mail", description = "What went out, where Leadline cannot know it")
class SettlementApi {

  static final String PATH = "/api/v1/touches/settlements";

  private final Touches touches;
  private final Timeline timeline;

  SettlementApi(Touches touches, Timeline timeline) {
    this.touches = touches;
    this.timeline = timeline;
  }

  /** What a person found out about a mail in doubt. */
  record Settlement(
      @Schema(description = "As the incident names it", example = "4711/outreach/1",
          requiredMode = Schema.RequiredMode.REQUIRED) String touch,
      @Schema(description = "Whether the mail server had taken it", requiredMode = Schema.RequiredMode.REQUIRED)
      Boolean sent) {}

  /** How the touch stands now. */
  record Settled(String touch, State state) {}

  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Say whether a mail in doubt had gone out",
      description = "A sending was interrupted and no mailbox can tell: look at the mail server, say what you found, "
          + "and retry the incident. What had not gone out is sent then, what had is not sent again.")
  @ApiResponse(responseCode = "200", description = "Settled")
  @ApiResponse(responseCode = "400", description = "The payload is wrong, or this touch is not in doubt",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "409", description = "It may still be under way; ask again in some minutes",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  Settled settle(@RequestBody Settlement said, @Parameter(hidden = true) HttpServletRequest request) {
    if (said.touch() == null || said.touch().isBlank()) throw new InvalidInput("touch", "is required");
    if (said.sent() == null) throw new InvalidInput("sent", "is required");
    Touch touch = touches.find(said.touch()).orElseThrow(() -> new InvalidInput("touch", "is not known"));
    if (touch.state() != State.SENDING) throw new InvalidInput("touch", "is not in doubt, it is " + touch.state());
    Touch mine = touches.takeOver(touch).orElseThrow(() -> new InvalidInput(
        HttpStatus.CONFLICT, List.of(new InvalidInput.Field("touch", "may still be under way"))));
    String by = Viewer.of(request).map(Viewer::name).orElse("API");
    timeline.record(
        mine.id() + ":settled:" + mine.contentHash() + ":" + said.sent(), mine.leadId(), "send-email", Actor.PERSON, by,
        "%s found that e-mail %d %s".formatted(by, mine.number(), said.sent() ? "had gone out" : "had not gone out"),
        List.of());
    Touch settled = said.sent() ? touches.sent(mine) : touches.notSent(mine, State.PREPARED);
    return new Settled(settled.id(), settled.state());
  }
}
