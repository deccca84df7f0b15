package dev.leadline.agent;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.model.AgentConfiguration;
import dev.leadline.model.Call;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import dev.leadline.web.Viewer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
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
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping(path = "/api/v1/agents", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Agents", description = "Steps that think: how they fare, asked directly, configured")
class AgentApi {

  private static final Logger log = LoggerFactory.getLogger(AgentApi.class);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  /** Has something else than hexadecimal digits in it: those are the ids of campaigns, which others call agents too. */
  private static final String STEP = "/{step:.*[^0-9a-f].*}";
  private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

  private final Roster roster;
  private final Invocations invocations;
  private final Configuring configuring;
  private final AgentRuns runs;
  private final List<WordsOfLeads> words;
  private final StrictJson strict;

  AgentApi(
      Roster roster, Invocations invocations, Configuring configuring, AgentRuns runs, List<WordsOfLeads> words,
      StrictJson strict) {
    this.roster = roster;
    this.invocations = invocations;
    this.configuring = configuring;
    this.runs = runs;
    this.words = words;
    this.strict = strict;
  }

  @GetMapping
  @Operation(summary = "All agents with status, figures and breaker")
  List<Roster.Agent> all(
      @Parameter(description = "Figures of so many days, today included: 1 to 30") @RequestParam(defaultValue = "1")
      int days) {
    return roster.all(within("days", days, 30));
  }

  @GetMapping(STEP)
  @Operation(summary = "One agent")
  @ApiResponse(responseCode = "200", description = "The agent")
  @ApiResponse(responseCode = "404", description = "There is no such agent",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  Roster.Agent one(@PathVariable String step, @RequestParam(defaultValue = "1") int days) {
    return roster.one(step, within("days", days, 30)).orElseThrow(() -> notHere(step));
  }

  @GetMapping("/{step}/runs")
  @Operation(summary = "An agent's latest questions to its model, the newest first, without their texts")
  List<RunView> runs(
      @PathVariable String step,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    known(step);
    return runs.ofStep(step, Limit.of(within("size", size, 200))).stream().map(RunView::of).toList();
  }

  @GetMapping("/runs/{id}")
  @Operation(summary = "One question to a model, with what was asked and answered")
  RunView run(@PathVariable String id) {
    return runs.findById(id).map(RunView::of).orElseThrow(
        () -> new Refused(HttpStatus.NOT_FOUND, "There is no run with this id"));
  }

  @DeleteMapping("/runs")
  @Operation(
      summary = "Forget what models were asked about a lead and answered",
      description = "With all that agents with tools said and read about them. What it cost stays counted.")
  Map<String, Long> forget(@RequestParam String leadId) {
    return Map.of("removed", words.stream().mapToLong(kept -> kept.deleteByLeadId(leadId)).sum());
  }

  @PostMapping(path = "/{step}/invocations", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Ask one agent directly",
      description = "With the input of its job, and with all its effects: what it finds is kept with the lead, and "
          + "its timeline says so. Accept: text/event-stream sends progress, text and result as they come.",
      requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = @Content(
          schema = @Schema(type = "object"), examples = @ExampleObject("{\"leadId\": \"…\"}"))))
  @ApiResponse(responseCode = "200", description = "What it answered")
  @ApiResponse(responseCode = "400", description = "The input is wrong: see errors",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "422", description = "The input is well-formed, but the agent cannot work with it",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  Invocations.Answered invoke(@PathVariable String step, @RequestBody JsonNode input) {
    return invocations.prepare(step, input).run(Call.Watcher.NOBODY);
  }

  @PostMapping(
      path = "/{step}/invocations", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(hidden = true)
  SseEmitter watch(@PathVariable String step, @RequestBody JsonNode input) {
    var invocation = invocations.prepare(step, input);
    var client = new Events(new SseEmitter(LONGEST.toMillis()));
    Thread.ofVirtual().name("invocation-" + step).start(() -> {
      try {
        client.send("result", invocation.run(client));
      } catch (RuntimeException e) {
        client.send("error", e instanceof ErrorResponse known ? known.getBody() : unexpected(step, e));
      }
      client.emitter.complete();
    });
    return client.emitter;
  }

  @PostMapping("/{step}/reset")
  @Operation(
      summary = "Begin anew with an agent",
      description = "Builds its model's client anew, forgets what providers, websites or name servers told it, lets "
          + "whomever it asks be asked again (breakers, pauses), sets its figures to zero. What is spent of budgets "
          + "stays spent; what providers were paid for is paid for again. enrich-lead has the data providers, run-agent "
          + "the search engines and the CRM. Breakers, pauses and what is in memory are those of this instance.")
  Roster.Agent reset(@PathVariable String step) {
    known(step);
    roster.reset(step);
    return one(step, 1);
  }

  /** An agent's configuration; see {@link Configuring.Wanted}. */
  record Configuration(Long version, Configuring.Wanted values, String by, Instant at) {
    static Configuration of(AgentConfiguration version) {
      return new Configuration(version.version(), Configuring.Wanted.of(version), version.by(), version.at());
    }
  }

  @GetMapping("/{step}/configuration")
  @Operation(summary = "How an agent is configured; null is as the files and the environment say")
  ResponseEntity<Configuration> configuration(@PathVariable String step) {
    known(step);
    return answer(configuring.now(step));
  }

  @PutMapping(path = "/{step}/configuration", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Configure an agent from its next job on",
      description = "Takes what GET gives, of which only the values count, or the values alone. A value that is left "
          + "out or null is as the files and the environment say, and enabled is true then. "
          + "If-Match carries the version that was changed, as GET gave it in ETag (\"0\" when there is none).",
      requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(required = true, content = @Content(
          schema = @Schema(oneOf = {Configuration.class, Configuring.Wanted.class}),
          examples = @ExampleObject("{\"values\": {\"enabled\": true, \"temperature\": 0.2, \"maxTokens\": 800}}"))))
  @ApiResponse(responseCode = "200", description = "The new version")
  @ApiResponse(responseCode = "400", description = "A value is not known or cannot be: see errors",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "409", description = "The agent asks no model",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "412", description = "There is a newer version",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  @ApiResponse(responseCode = "428", description = "If-Match is missing",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<Configuration> configure(
      @PathVariable String step, @RequestBody JsonNode given,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String seen, HttpServletRequest request) {
    known(step);
    if (seen == null)
      throw new Refused(HttpStatus.PRECONDITION_REQUIRED, "If-Match must carry the version that you changed, like \"0\"");
    var version = ETAG.matcher(seen.strip());
    if (!version.matches()) throw new InvalidInput("If-Match", "must be a version in quotes, like \"0\"");
    String by = Viewer.of(request).map(Viewer::name).orElse("API");
    return answer(configuring.change(step, wanted(given), Long.parseLong(version.group(1)), by));
  }

  private Configuring.Wanted wanted(JsonNode given) {
    if (!given.has("values")) return strict.read(given, Configuring.Wanted.class);
    var values = strict.read(given, Configuration.class).values();
    if (values == null) throw new InvalidInput("values", "must be an object");
    return values;
  }

  @GetMapping("/{step}/configuration/versions")
  @Operation(summary = "Every version of an agent's configuration, the newest first")
  List<Configuration> versions(@PathVariable String step) {
    known(step);
    return configuring.versions(step).stream().map(Configuration::of).toList();
  }

  private static ResponseEntity<Configuration> answer(AgentConfiguration version) {
    return ResponseEntity.ok().eTag("\"" + version.version() + "\"").body(Configuration.of(version));
  }

  private void known(String step) {
    if (roster.one(step, 1).isEmpty()) throw notHere(step);
  }

  private static int within(String field, int value, int most) {
    if (value < 1 || value > most) throw new InvalidInput(field, "must be between 1 and " + most);
    return value;
  }

  private static Refused notHere(String step) {
    return new Refused(HttpStatus.NOT_FOUND, "There is no agent " + step);
  }

  private static ProblemDetail unexpected(String step, RuntimeException e) {
    log.error("An invocation of {} failed with {}", step, e.getClass().getName());
    return ProblemDetail.forStatusAndDetail(
        HttpStatus.INTERNAL_SERVER_ERROR, "This is our fault, and it has been noted");
  }

  /** Server-sent events to one client; an agent works on when the client is gone. */
  private record Events(SseEmitter emitter) implements Call.Watcher {

    @Override
    public void progress(String what) {
      send("progress", Map.of("what", what));
    }

    @Override
    public void text(String more) {
      send("text", Map.of("text", more));
    }

    void send(String name, Object data) {
      try {
        emitter.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
      } catch (IOException | IllegalStateException gone) {
        // Nobody listens any more.
      }
    }
  }
}
