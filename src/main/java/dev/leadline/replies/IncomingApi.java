package dev.leadline.replies;

import dev.leadline.lead.Lead;
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
import java.util.ArrayList;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/messages", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Incoming mail", description = "What came by mail, and whose it is")
class IncomingApi {

  private static final int LONGEST_NAME = 80;

  private final IncomingMails mails;
  private final Sorting sorting;
  private final Leads leads;

  IncomingApi(IncomingMails mails, Sorting sorting, Leads leads) {
    this.mails = mails;
    this.sorting = sorting;
    this.leads = leads;
  }

  /** Whose a mail is. */
  @Schema(name = "MailOwner")
  record Owner(
      @Schema(description = "Whose it is") String leadId,
      @Schema(description = "true, instead of a lead, when it is nobody's") Boolean nobody,
      @Schema(description = "Who says so; not needed when the page knows who you are", example = "Robin") String by) {}

  @GetMapping
  @Operation(summary = "Mails that came, newest first")
  IncomingView.Window find(
      @Parameter(description = "Only those of which somebody should say whose they are")
      @RequestParam(defaultValue = "false") boolean unclaimed,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    return IncomingView.Window.of(unclaimed
        ? mails.findByUnclaimedOrderByReceivedAtDesc(true, window.request())
        : mails.findAllByOrderByReceivedAtDesc(window.request()));
  }

  @GetMapping("/{id}")
  @Operation(summary = "One mail that came")
  @ApiResponse(responseCode = "200", description = "The mail")
  @ApiResponse(responseCode = "404", description = "There is no such mail",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  IncomingView one(@PathVariable String id) {
    return IncomingView.of(mail(id));
  }

  @PutMapping(path = "/{id}/owner", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Say whose a mail is that matches nobody, or that it is nobody's",
      description = "What runs for the lead stops at once, and the mail goes the way of any answer, once.")
  @ApiResponse(responseCode = "200", description = "Said, and done what follows")
  @ApiResponse(responseCode = "202", description = "Said; what follows is done as soon as everything is there again")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "404", description = "There is no such mail",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "409", description = "It is known whose it is, or a machine speaks of a mail of ours",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<IncomingView> sort(
      @PathVariable String id, @RequestBody Owner owner, @Parameter(hidden = true) HttpServletRequest from) {
    var mail = mail(id);
    var errors = new ArrayList<InvalidInput.Field>();
    boolean nobody = Boolean.TRUE.equals(owner.nobody());
    var lead = owner.leadId() == null ? Optional.<Lead>empty() : leads.findById(owner.leadId());
    if (nobody == (owner.leadId() != null)) {
      errors.add(new InvalidInput.Field("leadId", nobody ? "cannot stand beside nobody" : "is required, or nobody"));
    } else if (!nobody && lead.isEmpty()) {
      errors.add(new InvalidInput.Field("leadId", "names no lead"));
    }
    String by = owner.by() == null || owner.by().isBlank()
        ? Viewer.of(from).map(Viewer::name).orElse("") : owner.by().strip();
    if (by.isEmpty()) errors.add(new InvalidInput.Field("by", "is required"));
    if (by.length() > LONGEST_NAME) errors.add(new InvalidInput.Field("by", "is too long, at most " + LONGEST_NAME));
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);

    return switch (nobody ? sorting.isNobodys(mail, by) : sorting.belongsTo(mail, lead.orElseThrow(), by)) {
      case DONE -> ResponseEntity.ok(IncomingView.of(mail(id)));
      case SOON -> ResponseEntity.accepted().body(IncomingView.of(mail(id)));
      case REFUSED -> throw new Refused(HttpStatus.CONFLICT, IncomingPages.REFUSED);
    };
  }

  private Incoming mail(String id) {
    return mails.findById(id).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no mail with this id"));
  }
}
