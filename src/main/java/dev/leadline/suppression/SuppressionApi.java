package dev.leadline.suppression;

import dev.leadline.lead.EmailAddress;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.PageRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/suppressions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Suppressions", description = "Addresses that get no more mail")
class SuppressionApi {

  private static final int MAX_PAGE_SIZE = 200;
  private static final int MAX_OFFSET = 1_000_000;
  private static final int MAX_EMAIL = 320;

  private final Suppressions suppressions;
  private final Suppress suppress;

  SuppressionApi(Suppressions suppressions, Suppress suppress) {
    this.suppressions = suppressions;
    this.suppress = suppress;
  }

  /** Whom to contact no more. */
  record Request(
      @Schema(example = "jo@acme.example", requiredMode = Schema.RequiredMode.REQUIRED) String email,
      @Schema(implementation = Reason.class, requiredMode = Schema.RequiredMode.REQUIRED) String reason) {}

  /** One suppressed address, in normal form. */
  record View(String email, Reason reason, Instant at, String by) {

    static View of(Suppression suppression) {
      return new View(suppression.address(), suppression.reason(), suppression.at(), suppression.by());
    }
  }

  /** One page of them. */
  record Found(List<View> items, int page, int size, long total) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Contact somebody no more", description = "Ends their journey too. The first reason stays.")
  @ApiResponse(responseCode = "201", description = "Suppressed from now on")
  @ApiResponse(responseCode = "200", description = "Was suppressed before; the answer says why and since when")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<View> add(@RequestBody Request request, @Parameter(hidden = true) HttpServletRequest from) {
    List<InvalidInput.Field> errors = new ArrayList<>();
    var email = email(request.email(), errors);
    var reason = reason(request.reason(), errors);
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    String by = Viewer.of(from).map(Viewer::name).orElse("API");
    var outcome = suppress.address(email.orElseThrow().normal(), reason.orElseThrow(), by);
    return ResponseEntity.status(outcome.added() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(View.of(outcome.suppression()));
  }

  @GetMapping
  @Operation(summary = "Who is contacted no more, newest first")
  Found find(
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    if (size < 1 || size > MAX_PAGE_SIZE) throw new InvalidInput("size", "must be between 1 and " + MAX_PAGE_SIZE);
    if (page < 0 || page > MAX_OFFSET / size) {
      throw new InvalidInput("page", "must be between 0 and " + MAX_OFFSET / size);
    }
    var found = suppressions.findAllByOrderByAtDesc(PageRequest.of(page, size));
    return new Found(found.map(View::of).getContent(), page, size, found.getTotalElements());
  }

  private static Optional<EmailAddress> email(String text, List<InvalidInput.Field> errors) {
    if (text == null || text.isBlank()) {
      errors.add(new InvalidInput.Field("email", "is required"));
      return Optional.empty();
    }
    var email = text.length() > MAX_EMAIL ? Optional.<EmailAddress>empty() : EmailAddress.of(text.strip());
    if (email.isEmpty()) errors.add(new InvalidInput.Field("email", "is not an e-mail address"));
    return email;
  }

  private static Optional<Reason> reason(String text, List<InvalidInput.Field> errors) {
    if (text == null || text.isBlank()) {
      errors.add(new InvalidInput.Field("reason", "is required"));
      return Optional.empty();
    }
    var reason = Arrays.stream(Reason.values()).filter(known -> known.name().equals(text.strip())).findFirst();
    if (reason.isEmpty()) {
      errors.add(new InvalidInput.Field("reason", "must be one of " + List.of(Reason.values())));
    }
    return reason;
  }
}
