package dev.leadline.crm.sync;

import dev.leadline.crm.CrmRecords;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.provider.Unavailable;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/crm", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "CRM", description = "What is written into the CRM, and what could not be")
class CrmApi {

  private static final int MAX_LEADS = 100;

  private final Relay relay;
  private final CrmOutbox outbox;
  private final CrmWriter writer;
  private final Leads leads;
  private final CrmSettings settings;

  CrmApi(@Qualifier("crmRelay") Relay relay, CrmOutbox outbox, CrmWriter writer, Leads leads, CrmSettings settings) {
    this.relay = relay;
    this.outbox = outbox;
    this.writer = writer;
    this.leads = leads;
    this.settings = settings;
  }

  /** One thing to write. */
  record Write(
      String id, String leadId, String what, State state, int attempts, Instant at, Instant due, String because) {

    static Write of(Parcel parcel) {
      return new Write(
          parcel.id(), parcel.leadId(), parcel.what(), parcel.state(), parcel.attempts(), parcel.at(), parcel.due(),
          parcel.because());
    }
  }

  /** One page of them. */
  record Writes(List<Write> items, int page, int size) {}

  /** @param id of one dead letter; missing for all of them */
  record Again(@Schema(example = "touch/hubspot/4711/outreach/1:sent") String id) {}

  /** How many dead letters are sent again. */
  record Sent(int replayed) {}

  /** Whom to write, and what. */
  record Sync(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<String> leadIds,
      @Schema(description = "One of leadline.crm.stages; missing leaves it as it is") String stage,
      @Schema(description = "One of leadline.crm.reasons; missing leaves it as it is") String reason,
      @Schema(description = "Only say what would be written") boolean dryRun) {}

  /** What writing one lead does: which fields of which record. */
  record Planned(String leadId, List<String> plan) {}

  record Plans(List<Planned> items) {}

  @GetMapping("/writes")
  @Operation(summary = "What is, was or could not be written, newest first")
  Writes writes(
      @RequestParam(required = false) State state,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    return new Writes(relay.list(state, window.page(), window.size()).stream().map(Write::of).toList(), page, size);
  }

  @PostMapping(path = "/replays", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      summary = "Send dead letters again", description = "A contact takes what waited for it along: its touches.")
  Sent replay(@RequestBody Again again) {
    return new Sent(replay(Optional.ofNullable(again.id())));
  }

  int replay(Optional<String> id) {
    if (id.isEmpty()) return relay.replayAll(Optional.empty());
    Parcel dead = relay.find(id.get()).filter(parcel -> parcel.state() == State.DEAD)
        .orElseThrow(() -> new InvalidInput("id", "is not the id of a dead letter"));
    return dead.what().equals(CrmWriter.PERSON)
        ? relay.replayAll(Optional.of(dead.lane()))
        : relay.replay(dead.id()) ? 1 : 0;
  }

  @PostMapping(path = "/syncs", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Write leads into the CRM by hand, or say what that would do")
  @ApiResponse(responseCode = "202", description = "It will be written")
  @ApiResponse(responseCode = "200", description = "Dry run: what would be written")
  ResponseEntity<Plans> sync(@RequestBody Sync sync) {
    List<Lead> wanted = check(sync);
    if (!sync.dryRun()) {
      String id = UUID.randomUUID().toString();
      wanted.forEach(lead -> outbox.person(id + "/" + lead.id(), lead.id(), sync.stage(), sync.reason()));
      return ResponseEntity.accepted().body(new Plans(List.of()));
    }
    try {
      return ResponseEntity.ok(new Plans(wanted.stream()
          .map(lead -> new Planned(
              lead.id(), writer.plan(lead, sync.stage(), sync.reason()).stream().map(Plan::words).toList()))
          .toList()));
    } catch (Unavailable away) {
      throw new InvalidInput(HttpStatus.SERVICE_UNAVAILABLE, List.of(
          new InvalidInput.Field("dryRun", "needs the CRM: " + away.provider() + " " + away.getMessage())));
    } catch (CrmRecords.Refused no) {
      throw new InvalidInput(HttpStatus.UNPROCESSABLE_ENTITY, List.of(
          new InvalidInput.Field("dryRun", "is refused: " + no.getMessage())));
    }
  }

  private List<Lead> check(Sync sync) {
    var errors = new ArrayList<InvalidInput.Field>();
    var ids = sync.leadIds() == null ? List.<String>of() : sync.leadIds();
    if (ids.isEmpty() || ids.size() > MAX_LEADS || ids.contains(null))
      errors.add(new InvalidInput.Field("leadIds", "must name 1 to " + MAX_LEADS + " leads"));
    if (sync.stage() != null && !settings.stages().contains(sync.stage()))
      errors.add(new InvalidInput.Field("stage", "must be one of " + settings.stages()));
    if (sync.reason() != null && !settings.reasons().contains(sync.reason()))
      errors.add(new InvalidInput.Field("reason", "must be one of " + settings.reasons()));
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    var found = leads.findByIdIn(ids);
    ids.stream().filter(id -> found.stream().noneMatch(lead -> lead.id().equals(id))).findFirst().ifPresent(id -> {
      throw new InvalidInput("leadIds", "names a lead that does not exist");
    });
    return found;
  }
}
