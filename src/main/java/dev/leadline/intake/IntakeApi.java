package dev.leadline.intake;

import dev.leadline.lead.Lead;
import dev.leadline.web.InvalidInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/leads", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Leads")
class IntakeApi {

  private static final int MAX_BODY = 64 * 1024;
  private static final int MAX_KEY = 200;

  private final Intake intake;

  IntakeApi(Intake intake) {
    this.intake = intake;
  }

  @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, "application/*+json"})
  @Operation(
      summary = "Register a lead and start its journey",
      description = "A person whose e-mail address is known already is not registered again.",
      requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
          required = true,
          content = @Content(mediaType = "application/json", schema = @Schema(implementation = LeadRequest.class))))
  @ApiResponse(responseCode = "201", description = "Registered; Location names the lead")
  @ApiResponse(responseCode = "200", description = "Known already; the answer and Location name the lead it duplicates")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "413", description = "The payload is larger than 64 KB",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "415", description = "The payload is not JSON",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "422", description = "The Idempotency-Key came before with another payload",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<LeadAnswer> register(
      @Parameter(description = "Names this request: sent again, it gets the same answer. At most 200 visible ASCII "
          + "characters.")
      @RequestHeader(name = "Idempotency-Key", required = false) String key,
      @Parameter(hidden = true) HttpServletRequest request) throws IOException {
    if (key != null && !key.matches("[!-~]{1," + MAX_KEY + "}")) {
      throw new InvalidInput("Idempotency-Key", "must be 1 to " + MAX_KEY + " visible ASCII characters");
    }
    return answer(take(key, body(request)));
  }

  private Verdict take(String key, String payload) {
    try {
      return intake.take(Channel.API, key, payload);
    } catch (KeyReused e) {
      throw new InvalidInput(HttpStatus.UNPROCESSABLE_ENTITY, List.of(
          new InvalidInput.Field("Idempotency-Key", "was used before with another payload")));
    }
  }

  private static ResponseEntity<LeadAnswer> answer(Verdict verdict) {
    return switch (verdict) {
      case Verdict.New made ->
          ResponseEntity.created(location(made.lead())).body(LeadAnswer.of(made.lead(), false));
      case Verdict.Duplicate known ->
          ResponseEntity.ok().location(location(known.of())).body(LeadAnswer.of(known.of(), true));
      case Verdict.Rejected no -> throw new InvalidInput(HttpStatus.BAD_REQUEST, no.problems().stream()
          .map(problem -> new InvalidInput.Field(problem.field(), problem.reason())).toList());
    };
  }

  private static URI location(Lead lead) {
    return URI.create("/api/v1/leads/" + lead.id());
  }

  private static String body(HttpServletRequest request) throws IOException {
    byte[] bytes = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new InvalidInput(HttpStatus.PAYLOAD_TOO_LARGE, List.of(
          new InvalidInput.Field("body", "must not be larger than " + MAX_BODY / 1024 + " KB")));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInput("body", "must be UTF-8");
    }
  }
}
