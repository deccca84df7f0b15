package dev.leadline.booking;

import dev.leadline.booking.Host.Absence;
import dev.leadline.booking.Meeting.State;
import dev.leadline.calendar.Calendars;
import dev.leadline.calendar.Holidays;
import dev.leadline.lead.EmailAddress;
import dev.leadline.web.InvalidInput;
import dev.leadline.web.Refused;
import dev.leadline.web.InvalidInput.Field;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Enters, changes and removes hosts; what is wrong with one is said field by field. */
@Component
class EnterHosts {

  private static final int LONGEST = 200;
  private static final int MOST_ABSENCES = 200;

  private final Hosts hosts;
  private final Meetings meetings;
  private final Calendars calendars;

  EnterHosts(Hosts hosts, Meetings meetings, Calendars calendars) {
    this.hosts = hosts;
    this.meetings = meetings;
    this.calendars = calendars;
  }

  /** @param problems empty when the host can be saved */
  record Read(Host host, List<Field> problems) {}

  /**
   * @param version of the host that was changed; null for a new one
   * @throws InvalidInput when something is wrong
   * @throws org.springframework.dao.DataAccessException when somebody else has changed it since
   */
  Host enter(String id, Long version, HostApi.View wanted) {
    var read = read(id, version, wanted);
    if (!read.problems().isEmpty()) throw new InvalidInput(HttpStatus.BAD_REQUEST, read.problems());
    return hosts.save(read.host());
  }

  Read read(String id, Long version, HostApi.View wanted) {
    var errors = new ArrayList<Field>();
    if (!id.matches("[a-z0-9][a-z0-9-]{0,59}"))
      errors.add(new Field("id", "must be of lower case letters, digits and dashes"));
    String calendar = text(wanted.calendar(), "embedded");
    var host = new Host(
        id, version, required("name", wanted.name(), errors), email(wanted.email(), errors), zone(wanted.zone(), errors),
        hours(text(wanted.hours(), "Mon-Fri 09:00-17:00"), errors), region(wanted.region(), errors),
        number("before", wanted.before(), 5, 0, 240, errors), number("after", wanted.after(), 10, 0, 240, errors),
        number("notice", wanted.notice(), 4, 0, 720, errors),
        number("mostPerDay", wanted.mostPerDay(), 6, 1, 50, errors), number("weight", wanted.weight(), 1, 0, 100, errors),
        absences(wanted.absences(), errors), calendar(calendar, errors), calendarId(id, calendar, wanted.calendarId(), errors),
        line("location", text(wanted.location(), ""), errors));
    return new Read(host, errors);
  }

  /** @throws org.springframework.web.ErrorResponseException 409 while they have meetings that are not over */
  void remove(String id) {
    boolean busy = !meetings.findByHostAndStateIn(
        id, EnumSet.of(State.PROPOSED, State.CHOSEN, State.BOOKED), Limit.of(1)).isEmpty();
    if (busy) throw new Refused(HttpStatus.CONFLICT, "This host has meetings that are not over; move or cancel them first");
    hosts.deleteById(id);
  }

  private static String text(String text, String otherwise) {
    return text == null || text.isBlank() ? otherwise : text.strip();
  }

  private static String required(String field, String text, List<Field> errors) {
    if (text == null || text.isBlank()) errors.add(new Field(field, "is required"));
    return line(field, text(text, ""), errors);
  }

  private static String line(String field, String text, List<Field> errors) {
    if (text.length() > LONGEST) errors.add(new Field(field, "has more than %d characters".formatted(LONGEST)));
    if (text.chars().anyMatch(Character::isISOControl)) errors.add(new Field(field, "must be one line"));
    return text;
  }

  private static String email(String text, List<Field> errors) {
    if (text == null || EmailAddress.of(text.strip()).isEmpty())
      errors.add(new Field("email", text == null ? "is required" : "is not an e-mail address"));
    return text == null ? "" : text.strip();
  }

  private static String zone(String text, List<Field> errors) {
    try {
      return ZoneId.of(text == null ? "" : text.strip()).getId();
    } catch (DateTimeException e) {
      errors.add(new Field("zone", "must be a zone like Europe/London"));
      return "UTC";
    }
  }

  private static String hours(String text, List<Field> errors) {
    try {
      return WorkingHours.of(text).toString();
    } catch (IllegalArgumentException e) {
      errors.add(new Field("hours", e.getMessage()));
      return "";
    }
  }

  private static String region(String text, List<Field> errors) {
    if (text == null || text.isBlank()) return null;
    if (!Holidays.known(text.strip()))
      errors.add(new Field("region", "must be a country like GB or a part of one like DE-BY"));
    return text.strip();
  }

  private static int number(
      String field, Integer value, int otherwise, int least, int most, List<Field> errors) {
    int number = value == null ? otherwise : value;
    if (number < least || number > most)
      errors.add(new Field(field, "must be between %d and %d".formatted(least, most)));
    return number;
  }

  private static List<Absence> absences(List<Absence> absences, List<Field> errors) {
    if (absences == null) return List.of();
    if (absences.size() > MOST_ABSENCES || absences.contains(null)) {
      errors.add(new Field("absences", "has more than %d or empty ones".formatted(MOST_ABSENCES)));
      return List.of();
    }
    for (Absence absence : absences) {
      try {
        if (LocalDate.parse(absence.to()).isBefore(LocalDate.parse(absence.from())))
          errors.add(new Field("absences", "end before they begin"));
      } catch (DateTimeException | NullPointerException e) {
        errors.add(new Field("absences", "need from and to like 2026-12-24"));
      }
    }
    return absences;
  }

  private String calendar(String name, List<Field> errors) {
    if (calendars.find(name).isEmpty())
      errors.add(new Field("calendar", "must be one that can be used here: " + String.join(", ", calendars.names())));
    return name;
  }

  private static String calendarId(String id, String calendar, String text, List<Field> errors) {
    String which = text(text, calendar.equals("embedded") ? id : "");
    String pattern = calendar.equals("caldav") ? "(/[A-Za-z0-9@_~%-][A-Za-z0-9._@~%-]*)+/?" : "[A-Za-z0-9._@+#-]+";
    if (!which.matches(pattern)) errors.add(new Field(
        "calendarId", calendar.equals("caldav") ? "must be a path like /calendars/alex/work/" : "must be a calendar's address"));
    return which;
  }
}
