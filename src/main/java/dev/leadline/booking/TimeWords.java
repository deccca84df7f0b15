package dev.leadline.booking;

import dev.leadline.research.Rules;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Reads days and times of day out of a text, in the five languages of rules/meeting-times.yaml. */
@Component
class TimeWords {

  private static final Pattern TIME = Pattern.compile(
      "(?i)(?<![\\p{L}\\p{N}.:/-])(?:(\\d{1,2})\\s*(?:[:.h]|uhr\\s?)\\s*(\\d{2})\\s*(am|pm|a\\.m\\.|p\\.m\\.)?"
          + "|(\\d{1,2})\\s*(am|pm|a\\.m\\.|p\\.m\\.|uhr|h|o'clock|o’clock|heures?|horas?|uur)|(?<=\\bat |\\bum |\\bom |\\bà |\\ba las )(\\d{1,2}))"
          + "(?![\\p{L}\\p{N}]|[./-]\\d)");

  private final Map<DayOfWeek, Pattern> days = new EnumMap<>(DayOfWeek.class);
  private final Map<Integer, Pattern> months = new TreeMap<>();
  private final List<Pattern> ordinals = new ArrayList<>();
  private final Pattern no;
  private final Pattern morning;
  private final Pattern afternoon;

  TimeWords() {
    var file = Rules.read("meeting-times", File.class);
    for (int i = 0; i < 7; i++) days.put(DayOfWeek.of(i + 1), Rules.anyOf(List.of(file.days().get(i))));
    for (int i = 0; i < 12; i++) months.put(i + 1, Pattern.compile(
        "(?i)(?<!\\d)(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?\\s*(?:of |de |)(?:%1$s)(?![\\p{L}])|(?<![\\p{L}])(?:%1$s)\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|:)"
            .formatted(file.months().get(i))));
    file.ordinals().forEach(one -> ordinals.add(Rules.anyOf(List.of(one))));
    no = Rules.anyOf(file.no());
    morning = Rules.anyOf(file.morning());
    afternoon = Rules.anyOf(file.afternoon());
  }

  /** Regular expressions; days from Monday, months from January. */
  private record File(
      List<String> days, List<String> months, List<String> ordinals, List<String> no, List<String> morning,
      List<String> afternoon) {}

  /**
   * What a text says.
   *
   * @param days of the week that are named
   * @param dates as day and month: 312 for 3 December
   * @param times of day that are named, exactly
   * @param ordinals 1 for "the first one"
   * @param no something does not suit
   */
  record Said(
      Set<DayOfWeek> days, Set<Integer> dates, Set<LocalTime> times, Set<Integer> ordinals, boolean morning,
      boolean afternoon, boolean no) {

    boolean nothing() {
      return days.isEmpty() && dates.isEmpty() && times.isEmpty() && ordinals.isEmpty() && !morning && !afternoon;
    }

    /** How many of the things that are named a time has; 0 when it has not all of them. */
    int fit(ZonedDateTime time) {
      int fit = 0;
      if (!days.isEmpty() && days.contains(time.getDayOfWeek())) fit++;
      if (!dates.isEmpty() && dates.contains(time.getDayOfMonth() * 100 + time.getMonthValue())) fit += 2;
      if (!times.isEmpty() && times.contains(time.toLocalTime())) fit++;
      if (morning && time.getHour() < 12) fit++;
      if (afternoon && time.getHour() >= 12) fit++;
      return fit;
    }

    /** Whether a time has everything that is named of day and time. */
    boolean means(ZonedDateTime time) {
      return (days.isEmpty() || days.contains(time.getDayOfWeek()))
          && (dates.isEmpty() || dates.contains(time.getDayOfMonth() * 100 + time.getMonthValue()))
          && (times.isEmpty() || times.contains(time.toLocalTime()))
          && (!morning || times.size() > 0 || time.getHour() < 12)
          && (!afternoon || times.size() > 0 || time.getHour() >= 12)
          && !(days.isEmpty() && dates.isEmpty() && times.isEmpty() && !morning && !afternoon);
    }
  }

  Said in(String text) {
    var named = EnumSet.noneOf(DayOfWeek.class);
    days.forEach((day, words) -> {
      if (words.matcher(text).find()) named.add(day);
    });
    var dates = new HashSet<Integer>();
    months.forEach((month, words) -> words.matcher(text).results().forEach(found -> dates.add(
        Integer.parseInt(found.group(1) == null ? found.group(2) : found.group(1)) * 100 + month)));
    var times = new HashSet<LocalTime>();
    TIME.matcher(text).results().forEach(found -> {
      String hour = found.group(1) != null ? found.group(1) : found.group(4) != null ? found.group(4) : found.group(6);
      String half = found.group(1) != null ? found.group(3) : found.group(5);
      time(Integer.parseInt(hour), found.group(2) == null ? 0 : Integer.parseInt(found.group(2)), half, times);
    });
    var chosen = new HashSet<Integer>();
    for (int i = 0; i < ordinals.size(); i++) if (ordinals.get(i).matcher(text).find()) chosen.add(i + 1);
    return new Said(
        named, dates, times, chosen, morning.matcher(text).find(), afternoon.matcher(text).find(),
        no.matcher(text).find());
  }

  private static void time(int hour, int minute, String half, Set<LocalTime> times) {
    if (hour > 23 || minute > 59) return;
    String am = half == null ? "" : half.toLowerCase(Locale.ROOT).replace(".", "");
    if (am.equals("pm") && hour < 12) hour += 12;
    if (am.equals("am") && hour == 12) hour = 0;
    times.add(LocalTime.of(hour, minute));
  }
}
