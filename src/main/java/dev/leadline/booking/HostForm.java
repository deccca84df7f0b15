package dev.leadline.booking;

import dev.leadline.booking.Host.Absence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;

/**
 * A host as typed into the form: every field a text.
 *
 * @param values by the names of the fields
 * @param absences without the lines that are empty
 */
record HostForm(Map<String, String> values, List<Absence> absences) {

  private static final List<String> FIELDS = List.of(
      "name", "email", "zone", "hours", "region", "before", "after", "notice", "mostPerDay", "weight", "calendar",
      "calendarId", "location");

  static HostForm of(HostApi.View host) {
    var values = new LinkedHashMap<String, String>();
    put(values, "name", host.name());
    put(values, "email", host.email());
    put(values, "zone", host.zone());
    put(values, "hours", host.hours());
    put(values, "region", host.region());
    put(values, "before", host.before());
    put(values, "after", host.after());
    put(values, "notice", host.notice());
    put(values, "mostPerDay", host.mostPerDay());
    put(values, "weight", host.weight());
    put(values, "calendar", host.calendar());
    put(values, "calendarId", host.calendarId());
    put(values, "location", host.location());
    return new HostForm(values, host.absences() == null ? List.of() : host.absences());
  }

  static HostForm typed(MultiValueMap<String, String> typed) {
    var values = new LinkedHashMap<String, String>();
    FIELDS.forEach(field -> put(values, field, typed.getFirst(field)));
    var absences = new ArrayList<Absence>();
    int lines = typed.getOrDefault("from", List.of()).size();
    for (int i = 0; i < lines; i++) {
      var absence = new Absence(at(typed, "from", i), at(typed, "to", i), at(typed, "reason", i));
      if (!absence.from().isEmpty() || !absence.to().isEmpty() || !absence.reason().isEmpty()) absences.add(absence);
    }
    return new HostForm(values, absences);
  }

  private static void put(Map<String, String> values, String field, Object value) {
    values.put(field, value == null ? "" : value.toString().strip());
  }

  private static String at(MultiValueMap<String, String> typed, String field, int line) {
    var all = typed.getOrDefault(field, List.of());
    return line < all.size() && all.get(line) != null ? all.get(line).strip() : "";
  }

  /** @param problems what is no number is put there, by field */
  HostApi.View wanted(Map<String, String> problems) {
    return new HostApi.View(
        null, values.get("name"), values.get("email"), values.get("zone"), values.get("hours"), values.get("region"),
        whole("before", problems), whole("after", problems), whole("notice", problems), whole("mostPerDay", problems),
        whole("weight", problems), absences, values.get("calendar"), values.get("calendarId"), values.get("location"));
  }

  private Integer whole(String field, Map<String, String> problems) {
    String typed = values.get(field);
    if (typed.isEmpty()) return null;
    if (typed.matches("\\d{1,6}")) return Integer.valueOf(typed);
    problems.put(field, "must be a whole number");
    return null;
  }
}
