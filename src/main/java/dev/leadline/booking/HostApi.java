package dev.leadline.booking;

import dev.leadline.booking.Host.Absence;
import dev.leadline.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/hosts", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Hosts", description = "Colleagues whom leads can meet")
class HostApi {

  private final Hosts hosts;
  private final EnterHosts enter;

  HostApi(Hosts hosts, EnterHosts enter) {
    this.hosts = hosts;
    this.enter = enter;
  }

  /** A host; what is left out has the value in the example. */
  @Schema(name = "Host")
  record View(
      @Schema(accessMode = Schema.AccessMode.READ_ONLY) String id,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Alex Morgan") String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "alex@harbor.example") String email,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Europe/London") String zone,
      @Schema(example = "Mon-Fri 09:00-17:00") String hours,
      @Schema(description = "Whose public holidays are off: GB, or DE-BY; none when left out", example = "GB") String region,
      @Schema(description = "Minutes free before a meeting", example = "5") Integer before,
      @Schema(description = "Minutes free after a meeting", example = "10") Integer after,
      @Schema(description = "Hours from now to the earliest meeting", example = "4") Integer notice,
      @Schema(example = "6") Integer mostPerDay,
      @Schema(description = "0 to 100; 0 for no new meetings", example = "1") Integer weight,
      List<Absence> absences,
      @Schema(description = "embedded, caldav, google or microsoft", example = "embedded") String calendar,
      @Schema(description = "Which calendar it is there: a path of CalDAV, else an address") String calendarId,
      @Schema(description = "Where they meet, mostly a link") String location) {

    static View of(Host host) {
      return new View(
          host.id(), host.name(), host.email(), host.zone(), host.hours(), host.region(), host.before(), host.after(),
          host.notice(), host.mostPerDay(), host.weight(), host.absences(), host.calendar(), host.calendarId(),
          host.location());
    }
  }

  @GetMapping
  @Operation(summary = "All hosts, by name")
  List<View> all() {
    return hosts.findAllByOrderByName().stream().map(View::of).toList();
  }

  @GetMapping("/{id}")
  @Operation(summary = "One host")
  View one(@PathVariable String id) {
    return View.of(known(id));
  }

  @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Enter or change a host", description = "Meetings that are booked stay as they are.")
  @ApiResponse(responseCode = "200", description = "As it is now")
  @ApiResponse(responseCode = "400", description = "The payload is wrong; errors name the field and the reason",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  View put(@PathVariable String id, @RequestBody View wanted) {
    return View.of(enter.enter(id, hosts.findById(id).map(Host::version).orElse(null), wanted));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Remove a host", description = "Only one without open meetings; weight 0 gives them no new ones.")
  @ApiResponse(responseCode = "204", description = "Removed")
  @ApiResponse(responseCode = "409", description = "They have meetings that are not over")
  ResponseEntity<Void> remove(@PathVariable String id) {
    known(id);
    enter.remove(id);
    return ResponseEntity.noContent().build();
  }

  private Host known(String id) {
    return hosts.findById(id).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no such host"));
  }
}
