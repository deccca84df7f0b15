package dev.leadline.rights;

import dev.leadline.crm.sync.CrmOutbox;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.relay.Parcel;
import dev.leadline.web.Refused;
import dev.leadline.web.Viewer;
import dev.leadline.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "People's rights", description = "A copy of what we hold about a person, and its erasure")
class RightsApi {

  private static final JsonWriterSettings PLAIN = JsonWriterSettings.builder()
      .outputMode(JsonMode.RELAXED)
      .indent(true)
      .dateTimeConverter((millis, json) -> json.writeString(Instant.ofEpochMilli(millis).toString()))
      .objectIdConverter((id, json) -> json.writeString(id.toHexString()))
      .build();

  private final Leads leads;
  private final Holdings holdings;
  private final AskForErasure ask;
  private final Erasures erasures;
  private final CrmOutbox crm;
  private final Clock clock;

  RightsApi(Leads leads, Holdings holdings, AskForErasure ask, Erasures erasures, CrmOutbox crm, Clock clock) {
    this.crm = crm;
    this.leads = leads;
    this.holdings = holdings;
    this.ask = ask;
    this.erasures = erasures;
    this.clock = clock;
  }

  /**
   * One erasure.
   *
   * @param due until when it has to be decided
   * @param gone documents erased, by collection
   * @param crm which CRM has to delete them as well; null when it does not know them
   * @param inCrm pending, done or dead: whether it has; null when it need not
   */
  record View(
      String id, String leadId, Erasure.State state, String askedBy, Instant askedAt, Instant due, String decidedBy,
      String because, Instant endedAt, Map<String, Long> gone, String crm, String inCrm) {

    static View of(Erasure one, Parcel there) {
      // What was done is forgotten by the relay after a while.
      String inCrm = one.crm() == null ? null : there == null ? "done" : there.state().name().toLowerCase(Locale.ROOT);
      return new View(
          one.id(), one.leadId(), one.state(), one.askedBy(), one.askedAt(), one.due(), one.decidedBy(), one.because(),
          one.endedAt(), one.gone(), one.crm(), inCrm);
    }
  }

  /** One page of them. */
  record Found(List<View> items, int page, int size, long total) {}

  @GetMapping("/leads/{id}/export")
  @Operation(summary = "Everything we hold about a person", description = "Art. 15 and 20 GDPR: one JSON file, by collection.")
  @ApiResponse(responseCode = "404", description = "No such lead")
  ResponseEntity<String> export(@PathVariable String id) {
    Lead lead = lead(id);
    var all = new Document("lead", id).append("exportedAt", clock.instant().toString());
    holdings.of(lead).forEach(all::append);
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"lead-%s.json\"".formatted(id))
        .contentType(MediaType.APPLICATION_JSON)
        .body(all.toJson(PLAIN));
  }

  @PostMapping("/leads/{id}/erasures")
  @Operation(
      summary = "Ask for the erasure of a person's data",
      description = "Starts erase-person: somebody confirms that it is the person who asks, then everything goes but a "
          + "hash of their address. Asking again finds the request that is under way.")
  @ApiResponse(responseCode = "202", description = "Asked; a person confirms it")
  @ApiResponse(responseCode = "404", description = "No such lead")
  ResponseEntity<View> erase(@PathVariable String id, @Parameter(hidden = true) HttpServletRequest from) {
    String by = Viewer.of(from).map(Viewer::name).orElse("API");
    return ResponseEntity.status(HttpStatus.ACCEPTED).body(View.of(ask.of(lead(id), by), null));
  }

  @GetMapping("/erasures")
  @Operation(summary = "What was asked to be erased, newest first")
  Found find(
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    var found = erasures.findAllByOrderByAskedAtDesc(window.request());
    var inCrm = crm.erasures(found.map(Erasure::leadId).getContent());
    return new Found(
        found.map(one -> View.of(one, inCrm.get(one.leadId()))).getContent(), page, size, found.getTotalElements());
  }

  private Lead lead(String id) {
    return leads.findById(id).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no lead with this id"));
  }
}
