package dev.leadline.sending;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.leadline.lead.DomainName;
import dev.leadline.lead.Leads;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import dev.leadline.web.Viewer;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
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
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Sending", description = "What waits to go out, who is held, and the switch that stops all mail")
class SendingApi {

  private static final int LONGEST_NAME = 80;
  private static final int LONGEST_REASON = 500;
  private static final Duration LONGEST_HOLD = Duration.ofDays(2 * 366);

  private final Sending sending;
  private final PanicSwitch panic;
  private final Holds holds;
  private final Leads leads;
  private final Clock clock;

  SendingApi(Sending sending, PanicSwitch panic, Holds holds, Leads leads, Clock clock) {
    this.sending = sending;
    this.panic = panic;
    this.holds = holds;
    this.leads = leads;
    this.clock = clock;
  }

  /** A mail that waits. */
  @Schema(name = "WaitingMail")
  record WaitingMail(
      @Schema(description = "lead/campaign/number") String touch, String leadId, Kind kind, Instant askedAt,
      @Schema(description = "It is looked at again then") Instant notBefore, String because) {

    static WaitingMail of(QueuedTouch touch) {
      return new WaitingMail(
          touch.id(), touch.leadId(), touch.kind(), touch.askedAt(), touch.notBefore(), touch.because());
    }
  }

  /** One page of them. */
  record WaitingPage(List<WaitingMail> items, int page, int size, long total) {}

  /** What may leave one mailbox, and what has had its turn. */
  @Schema(name = "Mailbox")
  record MailboxView(
      String mailbox, @Schema(description = "Days since its first mail") long age, int thisMinute, int perMinute,
      int today, int perDay, @Schema(description = "When it may send again") Instant free) {

    static MailboxView of(MailboxLoads.Use use) {
      return new MailboxView(
          use.mailbox(), use.age(), use.thisMinute(), use.policy().perMinute(), use.today(), use.policy().perDay(),
          use.free());
    }
  }

  /** Somebody is held; without {@code until}, everything is stopped or one of our mailboxes rests, until somebody ends it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Hold")
  record HoldView(String who, Instant until, String because, String by, Instant since) {

    static HoldView of(Hold hold) {
      return new HoldView(hold.who(), hold.until(), hold.because(), hold.by(), hold.at());
    }
  }

  /** How sending stands. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "Sending")
  record StateView(
      @Schema(description = "Absent while mail goes") HoldView stopped, List<MailboxView> mailboxes,
      Map<Kind, Long> waiting, @Schema(description = "Have their turn and are not out yet") long onTheirWay) {}

  /** Who throws the switch, and why. */
  record Throwing(
      @Schema(description = "A name; not needed when the page knows who you are", example = "Robin") String by,
      @Schema(example = "The price in the second paragraph is wrong") String because) {}

  /** Whom to hold. */
  record HoldRequest(
      @Schema(description = "Id of a lead, or domain of a company", example = "acme.example",
          requiredMode = Schema.RequiredMode.REQUIRED) String who,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Instant until,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "a colleague of theirs has answered") String because,
      String by) {}

  @GetMapping("/outbox")
  @Operation(summary = "What waits to go out, the next to be looked at first")
  WaitingPage outbox(
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    var items = sending.waiting(window.page(), window.size()).stream().map(waiting -> WaitingMail.of(waiting.touch())).toList();
    return new WaitingPage(items, page, size, sending.state().total());
  }

  @GetMapping("/sending")
  @Operation(summary = "Whether mail goes, and how much of what it may each mailbox has sent")
  StateView state() {
    var state = sending.state();
    return new StateView(
        state.stopped() == null ? null : HoldView.of(state.stopped()),
        state.mailboxes().stream().map(MailboxView::of).toList(),
        state.waiting(), state.onTheirWay());
  }

  @PostMapping(path = "/sending/stop", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Stop all mail", description = "Nothing begins to go out any more, within a second, in all "
      + "applications. What waits goes on waiting. An earlier stop stays as it is.")
  @ApiResponse(responseCode = "200", description = "All mail is stopped")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  StateView stop(@RequestBody Throwing said, @Parameter(hidden = true) HttpServletRequest from) {
    var checked = checked(said.by(), said.because(), from, List.of());
    panic.stop(checked.by(), checked.because());
    return state();
  }

  @PostMapping(path = "/sending/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Let mail go again")
  @ApiResponse(responseCode = "200", description = "Mail goes")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  StateView resume(@RequestBody Throwing said, @Parameter(hidden = true) HttpServletRequest from) {
    var checked = checked(said.by(), said.because(), from, List.of());
    panic.resume(checked.by(), checked.because());
    return state();
  }

  @GetMapping("/sending/holds")
  @Operation(summary = "Whom nothing goes to for a while, the first to end first")
  List<HoldView> holds() {
    return holds.all().stream().map(HoldView::of).toList();
  }

  @PostMapping(path = "/sending/holds", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Let nothing go to a person or a company for a while",
      description = "Of two holds on the same, the one that ends later stays.")
  @ApiResponse(responseCode = "200", description = "The hold that counts now")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  HoldView hold(@RequestBody HoldRequest request, @Parameter(hidden = true) HttpServletRequest from) {
    var errors = new ArrayList<InvalidInput.Field>();
    String who = request.who() == null ? "" : request.who().strip();
    boolean lead = !who.isEmpty() && leads.findById(who).isPresent();
    var domain = lead || who.isEmpty() ? Optional.<String>empty() : DomainName.of(who);
    if (who.isEmpty()) errors.add(new InvalidInput.Field("who", "is required"));
    else if (!lead && domain.isEmpty()) errors.add(new InvalidInput.Field("who", "is neither a lead nor a domain"));
    Instant now = clock.instant();
    if (request.until() == null) errors.add(new InvalidInput.Field("until", "is required"));
    else if (!request.until().isAfter(now)) errors.add(new InvalidInput.Field("until", "must be in the future"));
    else if (request.until().isAfter(now.plus(LONGEST_HOLD))) {
      errors.add(new InvalidInput.Field("until", "must be within two years"));
    }
    var checked = checked(request.by(), request.because(), from, errors);
    return HoldView.of(holds.hold(domain.orElse(who), request.until(), checked.because(), checked.by()));
  }

  @DeleteMapping("/sending/holds/{who}")
  @Operation(summary = "End a hold before its time")
  @ApiResponse(responseCode = "204", description = "Mail may go to them again")
  @ApiResponse(responseCode = "404", description = "Nobody is held by this name",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<Void> release(@PathVariable String who, @Parameter(hidden = true) HttpServletRequest from) {
    if (holds.release(who, Viewer.of(from).map(Viewer::name).orElse("API"))) return ResponseEntity.noContent().build();
    throw new Refused(HttpStatus.NOT_FOUND, "Nobody is held by this name");
  }

  private record Checked(String by, String because) {}

  /** Who and why, both needed: a switch without a name is nobody's. */
  private static Checked checked(
      String by, String because, HttpServletRequest from, List<InvalidInput.Field> before) {
    var errors = new ArrayList<>(before);
    String name = by == null || by.isBlank() ? Viewer.of(from).map(Viewer::name).orElse("") : by.strip();
    if (name.isEmpty()) errors.add(new InvalidInput.Field("by", "is required"));
    if (name.length() > LONGEST_NAME) errors.add(new InvalidInput.Field("by", "is too long, at most " + LONGEST_NAME));
    String reason = because == null ? "" : because.strip();
    if (reason.isEmpty()) errors.add(new InvalidInput.Field("because", "is required"));
    if (reason.length() > LONGEST_REASON) {
      errors.add(new InvalidInput.Field("because", "is too long, at most " + LONGEST_REASON));
    }
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    return new Checked(name, reason);
  }
}
