package dev.leadline.suppression;

import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Whom.Scope;
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
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
@RequestMapping(path = "/api/v1/suppressions", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Suppressions", description = "People, domains and companies that get no more mail")
class SuppressionApi {

  private static final int MAX_COMPANY = 200;

  private final Suppressions suppressions;
  private final Suppress suppress;
  private final SuppressionList list;

  SuppressionApi(Suppressions suppressions, Suppress suppress, SuppressionList list) {
    this.suppressions = suppressions;
    this.suppress = suppress;
    this.list = list;
  }

  /** Whom to contact no more: exactly one of e-mail, domain and company. */
  record Request(
      @Schema(example = "jo@acme.example") String email,
      @Schema(example = "acme.example", description = "With everything below it") String domain,
      @Schema(example = "Acme Ltd", description = "Everybody who names it as theirs") String company,
      @Schema(implementation = Reason.class, requiredMode = Schema.RequiredMode.REQUIRED) String reason) {}

  /**
   * One suppression.
   *
   * @param key names it in other calls
   * @param email in normal form; null unless it is about one person whose address is known
   * @param reasons every one, the first one first
   */
  record View(String key, Scope scope, String email, Reason reason, List<Reason> reasons, Instant at, String by) {

    static View of(Suppression one) {
      Whom whom = one.whom();
      return new View(
          one.key(), whom.scope(), whom.scope() == Scope.PERSON ? one.key() : null, one.reason(), one.reasons(),
          one.at(), one.by());
    }
  }

  /** One page of them. */
  record Found(List<View> items, int page, int size, long total) {}

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Contact somebody no more",
      description = "A person, a domain or a company. Ends their journeys too. A further reason is kept beside the first.")
  @ApiResponse(responseCode = "201", description = "Suppressed from now on")
  @ApiResponse(responseCode = "200", description = "Was suppressed before; the answer says why and since when")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<View> add(@RequestBody Request request, @Parameter(hidden = true) HttpServletRequest from) {
    List<InvalidInput.Field> errors = new ArrayList<>();
    var whom = whom(request, errors);
    var reason = reason(request.reason(), errors);
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    var outcome = suppress.of(whom.orElseThrow(), reason.orElseThrow(), by(from));
    return ResponseEntity.status(outcome.added() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(View.of(outcome.suppression()));
  }

  @PostMapping(path = "/imports", consumes = "text/csv")
  @Operation(
      summary = "Take over a list",
      description = "In each line an address or a domain, and perhaps a reason. At most 20,000 lines; a line that names "
          + "nobody is told, the others count.")
  SuppressionList.Outcome take(
      @RequestBody String lines,
      @Parameter(description = "Of lines that name none") @RequestParam(defaultValue = "DO_NOT_CONTACT") String reason,
      @Parameter(hidden = true) HttpServletRequest from) throws IOException {
    List<InvalidInput.Field> errors = new ArrayList<>();
    var known = reason(reason, errors);
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    return list.take(new StringReader(lines), known.orElseThrow(), by(from));
  }

  @DeleteMapping("/{key}")
  @Operation(
      summary = "Take back what one of us said",
      description = "Only DO_NOT_CONTACT can be taken back so. What people said of themselves, and bounces, stay.")
  @ApiResponse(responseCode = "204", description = "They may be contacted again")
  @ApiResponse(responseCode = "404", description = "No such suppression")
  @ApiResponse(responseCode = "409", description = "Other reasons remain, so it stays")
  ResponseEntity<Void> lift(@PathVariable String key) {
    return lifted(suppress.lift(key));
  }

  @PostMapping(path = "/{key}/misread", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Say that their reply was misread",
      description = "Takes back UNSUBSCRIBED where only a reply of theirs was read so; a link that they pressed, and what "
          + "their mail program said, stays. Who says it and why is kept on the timeline of the lead.")
  @ApiResponse(responseCode = "204", description = "They may be contacted again")
  @ApiResponse(responseCode = "400", description = "Name or reason is missing; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "404", description = "No such suppression")
  @ApiResponse(responseCode = "409", description = "Other reasons remain, or they are no lead, so it stays")
  ResponseEntity<Void> misread(
      @PathVariable String key, @RequestBody Misread said, @Parameter(hidden = true) HttpServletRequest from) {
    var checked = said.checked(Viewer.of(from));
    return lifted(suppress.misread(key, checked.by(), checked.because()));
  }

  private static ResponseEntity<Void> lifted(Suppress.Lifted outcome) {
    return switch (outcome) {
      case LIFTED -> ResponseEntity.noContent().build();
      case UNKNOWN -> throw new Refused(HttpStatus.NOT_FOUND, "There is no suppression with this key");
      case OTHERS_REMAIN -> throw new Refused(HttpStatus.CONFLICT, "It stays, for a reason that is not ours to take back");
      case NO_LEAD -> throw new Refused(HttpStatus.CONFLICT, "It stays, for there is no lead whose timeline could keep why not");
    };
  }

  @GetMapping
  @Operation(summary = "Who is contacted no more, newest first")
  Found find(
      @Parameter(description = "The beginning of any word of an address, a domain or a company's name", example = "acme.ex")
      @RequestParam(defaultValue = "") String q,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    var found = suppressions.find(q, window.request());
    return new Found(found.map(View::of).getContent(), page, size, found.getTotalElements());
  }

  private static String by(HttpServletRequest from) {
    return Viewer.of(from).map(Viewer::name).orElse("API");
  }

  private static Optional<Whom> whom(Request request, List<InvalidInput.Field> errors) {
    long given = Stream.of(request.email(), request.domain(), request.company()).filter(SuppressionApi::isGiven).count();
    if (given != 1) {
      errors.add(new InvalidInput.Field("email", "is required, or domain, or company, and only one of them"));
      return Optional.empty();
    }
    if (isGiven(request.company())) {
      if (request.company().length() > MAX_COMPANY) {
        errors.add(new InvalidInput.Field("company", "is longer than %d characters".formatted(MAX_COMPANY)));
        return Optional.empty();
      }
      return Optional.of(Whom.company(request.company()));
    }
    boolean person = isGiven(request.email());
    var whom = Whom.read(person ? request.email() : request.domain())
        .filter(read -> read.scope() == (person ? Scope.PERSON : Scope.DOMAIN));
    if (whom.isEmpty()) {
      errors.add(person
          ? new InvalidInput.Field("email", "is not an e-mail address")
          : new InvalidInput.Field("domain", "is not the name of a domain"));
    }
    return whom;
  }

  private static boolean isGiven(String text) {
    return text != null && !text.isBlank();
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
