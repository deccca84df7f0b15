package dev.leadline.booking;

import dev.leadline.booking.Host.Absence;
import dev.leadline.booking.Meeting.State;
import dev.leadline.calendar.Calendars;
import dev.leadline.calendar.Holidays;
import dev.leadline.lead.EmailAddress;
import dev.leadline.web.InvalidInput;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.springframework.data.domain.Limit;
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

  private static final int LONGEST = 200;
  private static final int MOST_ABSENCES = 200;

  private final Hosts hosts;
  private final Meetings meetings;
  private final Calendars calendars;

  HostApi(Hosts hosts, Meetings meetings, Calendars calendars) {
    this.hosts = hosts;
    this.meetings = meetings;
    this.calendars = calendars;
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
    var errors = new ArrayList<InvalidInput.Field>();
    if (!id.matches("[a-z0-9][a-z0-9-]{0,59}"))
      errors.add(new InvalidInput.Field("id", "must be of lower case letters, digits and dashes"));
    Long version = hosts.findById(id).map(Host::version).orElse(null);
    String calendar = text(wanted.calendar(), "embedded");
    var host = new Host(
        id, version, required("name", wanted.name(), errors), email(wanted.email(), errors), zone(wanted.zone(), errors),
        hours(text(wanted.hours(), "Mon-Fri 09:00-17:00"), errors), region(wanted.region(), errors),
        number("before", wanted.before(), 5, 0, 240, errors), number("after", wanted.after(), 10, 0, 240, errors),
        number("notice", wanted.notice(), 4, 0, 720, errors),
        number("mostPerDay", wanted.mostPerDay(), 6, 1, 50, errors), number("weight", wanted.weight(), 1, 0, 100, errors),
        absences(wanted.absences(), errors), calendar(calendar, errors), calendarId(id, calendar, wanted.calendarId(), errors),
        line("location", text(wanted.location(), ""), errors));
    if (!errors.isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, errors);
    return View.of(hosts.save(host));
  }

  @DeleteMapping("/{id}")
  @Operation(summary = "Remove a host", description = "Only one without open meetings; weight 0 gives them no new ones.")
  @ApiResponse(responseCode = "204", description = "Removed")
  @ApiResponse(responseCode = "409", description = "They have meetings that are not over")
  ResponseEntity<Void> remove(@PathVariable String id) {
    known(id);
    boolean busy = meetings.findByHostAndStateIn(
        id, EnumSet.of(State.PROPOSED, State.CHOSEN, State.BOOKED), Limit.of(1)).size() > 0;
    if (busy) throw MeetingApi.problem(HttpStatus.CONFLICT, "This host has meetings that are not over; move or cancel them first");
    hosts.deleteById(id);
    return ResponseEntity.noContent().build();
  }

  private Host known(String id) {
    return hosts.findById(id).orElseThrow(() -> MeetingApi.problem(HttpStatus.NOT_FOUND, "There is no such host"));
  }

  private static String text(String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text.strip();
  }

  private static String required(String field, String text, List<InvalidInput.Field> errors) {
    if (text == null || text.isBlank()) errors.add(new InvalidInput.Field(field, "is required"));
    return line(field, text(text, ""), errors);
  }

  private static String line(String field, String text, List<InvalidInput.Field> errors) {
    if (text.length() > LONGEST) errors.add(new InvalidInput.Field(field, "has more than %d characters".formatted(LONGEST)));
    if (text.chars().anyMatch(Character::isISOControl)) errors.add(new InvalidInput.Field(field, "must be one line"));
    return text;
  }

  private static String email(String text, List<InvalidInput.Field> errors) {
    if (text == null || EmailAddress.of(text.strip()).isEmpty())
      errors.add(new InvalidInput.Field("email", text == null ? "is required" : "is not an e-mail address"));
    return text == null ? "" : text.strip();
  }

  private static String zone(String text, List<InvalidInput.Field> errors) {
    try {
      return ZoneId.of(text == null ? "" : text.strip()).getId();
    } catch (DateTimeException e) {
      errors.add(new InvalidInput.Field("zone", "must be a zone like Europe/London"));
      return "UTC";
    }
  }

  private static String hours(String text, List<InvalidInput.Field> errors) {
    try {
      return WorkingHours.of(text).toString();
    } catch (IllegalArgumentException e) {
      errors.add(new InvalidInput.Field("hours", e.getMessage()));
      return "";
    }
  }

  private static String region(String text, List<InvalidInput.Field> errors) {
    if (text == null || text.isBlank()) return null;
    if (!Holidays.known(text.strip()))
      errors.add(new InvalidInput.Field("region", "must be a country like GB or a part of one like DE-BY"));
    return text.strip();
  }

  private static int number(
      String field, Integer value, int otherwise, int least, int most, List<InvalidInput.Field> errors) {
    int number = value == null ? otherwise : value;
    if (number < least || number > most)
      errors.add(new InvalidInput.Field(field, "must be between %d and %d".formatted(least, most)));
    return number;
  }

  private static List<Absence> absences(List<Absence> absences, List<InvalidInput.Field> errors) {
    if (absences == null) return List.of();
    if (absences.size() > MOST_ABSENCES || absences.contains(null)) {
      errors.add(new InvalidInput.Field("absences", "has more than %d or empty ones".formatted(MOST_ABSENCES)));
      return List.of();
    }
    for (Absence absence : absences) {
      try {
        if (LocalDate.parse(absence.to()).isBefore(LocalDate.parse(absence.from())))
          errors.add(new InvalidInput.Field("absences", "end before they begin"));
      } catch (DateTimeException | NullPointerException e) {
        errors.add(new InvalidInput.Field("absences", "need from and to like 2026-12-24"));
      }
    }
    return absences;
  }

  private String calendar(String name, List<InvalidInput.Field> errors) {
    if (calendars.find(name).isEmpty())
      errors.add(new InvalidInput.Field("calendar", "must be one that can be used here: " + String.join(", ", calendars.names())));
    return name;
  }

  private static String calendarId(String id, String calendar, String text, List<InvalidInput.Field> errors) {
    String which = text(text, calendar.equals("embedded") ? id : "");
    String pattern = calendar.equals("caldav") ? "(/[A-Za-z0-9@_~%-][A-Za-z0-9._@~%-]*)+/?" : "[A-Za-z0-9._@+#-]+";
    if (!which.matches(pattern)) errors.add(new InvalidInput.Field(
        "calendarId", calendar.equals("caldav") ? "must be a path like /calendars/alex/work/" : "must be a calendar's address"));
    return which;
  }
}
