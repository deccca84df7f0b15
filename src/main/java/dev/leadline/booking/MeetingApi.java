package dev.leadline.booking;

import dev.leadline.booking.Meeting.State;
import dev.leadline.calendar.Ics;
import dev.leadline.provider.Unavailable;
import dev.leadline.timeline.TimelineEntry.Actor;
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
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/api/v1/meetings", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Meetings", description = "Times proposed, booked, moved and cancelled")
class MeetingApi {

  private static final Set<State> ALL = EnumSet.allOf(State.class);

  private final Meetings meetings;
  private final Bookings bookings;
  private final ProposeMeetings proposals;
  private final BookingLinks links;

  MeetingApi(Meetings meetings, Bookings bookings, ProposeMeetings proposals, BookingLinks links) {
    this.meetings = meetings;
    this.bookings = bookings;
    this.proposals = proposals;
    this.links = links;
  }

  /** One meeting; times are UTC. */
  record View(
      String id, String leadId, String host, State state, @Schema(description = "The lead's zone") String zone,
      int minutes, List<Instant> proposed, Instant heldUntil, Instant start, int sequence,
      @Schema(description = "What the lead's calendar answered") Ics.Answer answer,
      @Schema(description = "Where the lead chooses, moves and cancels") URI link, String because, Instant proposedAt,
      Instant changedAt) {}

  /** One page of them. */
  record Found(List<View> items, int page, int size, long total) {}

  /** With whom. */
  record Wanted(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) String leadId) {}

  /** When. */
  record At(@Schema(example = "2027-01-12T10:00:00Z", requiredMode = Schema.RequiredMode.REQUIRED) String start) {}

  @GetMapping
  @Operation(summary = "All meetings, the newest proposal first")
  Found find(
      @Parameter(description = "Only in this state") @RequestParam(required = false) State state,
      @Parameter(description = "Only with this lead") @RequestParam(required = false) String leadId,
      @Parameter(description = "Counted from 0") @RequestParam(defaultValue = "0") int page,
      @Parameter(description = "1 to 200") @RequestParam(defaultValue = "50") int size) {
    var window = Window.of(page, size);
    if (leadId != null) {
      var theirs = meetings.findByLeadIdOrderByProposedAt(leadId).reversed().stream()
          .filter(meeting -> state == null || meeting.state() == state).toList();
      var items = theirs.stream().skip((long) page * size).limit(size).map(this::view).toList();
      return new Found(items, page, size, theirs.size());
    }
    var found = meetings.findByStateInOrderByProposedAtDesc(
        state == null ? ALL : EnumSet.of(state), window.request());
    return new Found(found.map(this::view).getContent(), page, size, found.getTotalElements());
  }

  @GetMapping("/{id}")
  @Operation(summary = "One meeting")
  View one(@PathVariable String id) {
    return view(known(id));
  }

  @GetMapping("/{id}/times")
  @Operation(summary = "When it could be: free for the host, and in the hours of both")
  List<Instant> times(@PathVariable String id) {
    return answered(() -> bookings.possible(known(id)));
  }

  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Propose a meeting to a lead", description = "Starts the journey book-meeting, which holds and mails times.")
  @ApiResponse(responseCode = "202", description = "On its way")
  @ApiResponse(responseCode = "409", description = "One is under way already, or the lead may not be contacted",
      content = @Content(mediaType = "application/problem+json", schema = @Schema(implementation = ProblemDetail.class)))
  ResponseEntity<Wanted> propose(@RequestBody Wanted wanted) {
    if (wanted.leadId() == null || wanted.leadId().isBlank()) throw new InvalidInput("leadId", "is required");
    answered(() -> {
      proposals.to(wanted.leadId());
      return null;
    });
    return ResponseEntity.accepted().body(wanted);
  }

  @PostMapping(path = "/{id}/choice", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Choose a time for the lead")
  View choose(@PathVariable String id, @RequestBody At at, @Parameter(hidden = true) HttpServletRequest from) {
    known(id);
    return view(answered(() -> bookings.choose(id, start(at), Actor.PERSON, by(from))));
  }

  @PostMapping(path = "/{id}/move", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Move a booked meeting", description = "The lead gets the invitation again, with a higher sequence.")
  View move(@PathVariable String id, @RequestBody At at, @Parameter(hidden = true) HttpServletRequest from) {
    known(id);
    return view(answered(() -> bookings.move(id, start(at), Actor.PERSON, by(from))));
  }

  @PostMapping("/{id}/cancel")
  @Operation(summary = "Cancel a meeting, or take a proposal back")
  View cancel(@PathVariable String id, @Parameter(hidden = true) HttpServletRequest from) {
    known(id);
    return view(answered(() -> bookings.cancel(id, "cancelled", Actor.PERSON, by(from))));
  }

  private Meeting known(String id) {
    return meetings.findById(id).orElseThrow(() -> new Refused(HttpStatus.NOT_FOUND, "There is no such meeting"));
  }

  private static <T> T answered(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (Bookings.NotPossible no) {
      throw new Refused(HttpStatus.CONFLICT, no.getMessage());
    } catch (Unavailable calendar) {
      throw new Refused(HttpStatus.SERVICE_UNAVAILABLE, "The host's calendar cannot be asked now; try again in a moment");
    }
  }

  private static Instant start(At at) {
    if (at.start() == null || at.start().isBlank()) throw new InvalidInput("start", "is required");
    try {
      return Instant.parse(at.start().strip());
    } catch (DateTimeParseException e) {
      throw new InvalidInput("start", "must be a moment like 2027-01-12T10:00:00Z");
    }
  }

  private static String by(HttpServletRequest from) {
    return Viewer.of(from).map(Viewer::name).orElse("API");
  }

  private View view(Meeting meeting) {
    return new View(
        meeting.id(), meeting.leadId(), meeting.host(), meeting.state(), meeting.zone(), meeting.minutes(),
        meeting.proposed(), meeting.heldUntil(), meeting.start(), meeting.sequence(), meeting.answer(),
        links.of(meeting), meeting.because(), meeting.proposedAt(), meeting.changedAt());
  }
}
