package dev.leadline.reading;

import dev.leadline.research.Rules;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The day a reply names, counted from the day it came; the words are those of rules/dates.yaml. */
@Component
class Dates {

  /** What lies further ahead is a misunderstanding. */
  private static final int MOST_MONTHS = 24;
  private static final String YEAR = "(?:,? (?:de |del |of )?((?:19|20)\\d\\d))?(?! ?\\d)";

  private final File file = Rules.read("dates", File.class);
  private final List<Reading> plans = new ArrayList<>();
  private final List<Reading> absences = new ArrayList<>();

  private record Month(List<String> full, List<String> brief) {}

  private record File(
      List<Month> months, List<List<String>> weekdays, List<String> about, List<String> begin, List<String> middle,
      List<String> end, List<String> last, Map<Integer, List<String>> numbers, Map<String, List<String>> units,
      List<String> within, List<String> next, List<String> current, List<String> tomorrow,
      Map<Integer, List<String>> seasons) {}

  /** One way to name a day, and which day it is; null when none. */
  private record Reading(Pattern pattern, BiFunction<MatchResult, LocalDate, LocalDate> day) {
    Stream<LocalDate> in(String text, LocalDate today) {
      return pattern.matcher(text).results().flatMap(found -> {
        try {
          return Stream.ofNullable(day.apply(found, today));
        } catch (DateTimeException noSuchDay) {
          return Stream.empty();
        }
      });
    }
  }

  Dates() {
    days();
    months();
    spans();
    absences.addAll(plans);
    weekdays();
  }

  /** The first day after an absence: of all days that are named, the last, which is the safe one. */
  Optional<LocalDate> endOfAbsence(String text, LocalDate today) {
    return latest(absences, text, today);
  }

  /** The day they want to hear from us again. */
  Optional<LocalDate> again(String text, LocalDate today) {
    return latest(plans, text, today);
  }

  private static Optional<LocalDate> latest(List<Reading> readings, String text, LocalDate today) {
    String plain = Plain.of(text);
    return readings.stream()
        .flatMap(reading -> reading.in(plain, today))
        .filter(day -> day.isAfter(today) && day.isBefore(today.plusMonths(MOST_MONTHS)))
        .max(Comparator.naturalOrder());
  }

  /** 16 March, March 16th, 16.03.2026, 2026-03-16; the day after it when it is the last one away. */
  private void days() {
    String lead = "(?:(" + any(file.last()) + ") )?(?:(?:the|den|dem|der|le|el|de|il|au|al) )?(?:(?:"
        + any(file.weekdays().stream().flatMap(List::stream).toList()) + ")[a-z]{0,2},? (?:(?:the|den|dem|le|el|de|il) )?)?";
    for (int month = 1; month <= 12; month++) {
      int number = month;
      Month names = file.months().get(month - 1);
      String name = "(?:" + any(names.full()) + "|(?:" + any(names.brief()) + ")\\.?)";
      plans.add(reading(
          lead + "(\\d{1,2})(?:st|nd|rd|th|er|\\.|º|°)? ?(?:of |de |di )?" + name + YEAR,
          (found, today) -> day(today, found.group(3), number, found.group(2), found.group(1) != null)));
      plans.add(reading(
          lead + name + " (?:the )?(\\d{1,2})(?:st|nd|rd|th)?" + YEAR,
          (found, today) -> day(today, found.group(3), number, found.group(2), found.group(1) != null)));
    }
    plans.add(reading(
        lead + "(\\d{1,2})[./](\\d{1,2})[./]?(20\\d\\d|\\d\\d)?(?!\\d)",
        (found, today) -> {
          int first = Integer.parseInt(found.group(2));
          int second = Integer.parseInt(found.group(3));
          boolean dayFirst = second <= 12;
          String year = found.group(4) == null || found.group(4).length() == 4 ? found.group(4) : "20" + found.group(4);
          return day(
              today, year, dayFirst ? second : first, Integer.toString(dayFirst ? first : second),
              found.group(1) != null);
        }));
    plans.add(reading(
        lead + "(20\\d\\d)-(\\d\\d)-(\\d\\d)",
        (found, today) -> day(
            today, found.group(2), Integer.parseInt(found.group(3)), found.group(4), found.group(1) != null)));
  }

  private static LocalDate day(LocalDate today, String year, int month, String day, boolean last) {
    int of = Integer.parseInt(day);
    LocalDate named = year == null ? ahead(today, month, of) : LocalDate.of(Integer.parseInt(year), month, of);
    return last ? named.plusDays(1) : named;
  }

  private static LocalDate ahead(LocalDate today, int month, int day) {
    LocalDate named = LocalDate.of(today.getYear(), month, day);
    return named.isBefore(today) ? named.plusYears(1) : named;
  }

  /** In June, early, mid or end of June, Q3, after the summer. */
  private void months() {
    for (int month = 1; month <= 12; month++) {
      int number = month;
      String name = "(?:" + any(file.months().get(month - 1).full()) + ")" + YEAR;
      String noDay = "(?! (?:the )?\\d)";
      plans.add(reading(
          "(?:" + any(file.about()) + "|" + any(file.begin()) + ") ?" + name + noDay,
          (found, today) -> first(today, found.group(1), number)));
      plans.add(reading(
          "(?:" + any(file.middle()) + ") ?(?:of |de |di )?" + name + noDay,
          (found, today) -> first(today, found.group(1), number).withDayOfMonth(15)));
      plans.add(reading(
          "(?:" + any(file.end()) + ") ?(?:of |de |di )?" + name + noDay,
          (found, today) -> first(today, found.group(1), number).plusMonths(1)));
    }
    plans.add(reading("q([1-4])(?: ?(20\\d\\d))?", (found, today) -> first(
        today, found.group(2), 3 * Integer.parseInt(found.group(1)) - 2)));
    file.seasons().forEach((month, phrases) ->
        plans.add(reading(any(phrases), (found, today) -> first(today, null, month))));
    plans.add(reading(
        "(?:" + any(file.about()) + "|anno|jahr|year|jaar|ano|annee) (20\\d\\d)",
        (found, today) -> LocalDate.of(Integer.parseInt(found.group(1)), 1, 1)));
  }

  private static LocalDate first(LocalDate today, String year, int month) {
    return year == null ? ahead(today, month, 1) : LocalDate.of(Integer.parseInt(year), month, 1);
  }

  /** In three months, next quarter, tomorrow. */
  private void spans() {
    String number = "(\\d{1,2}|" + any(file.numbers().values().stream().flatMap(List::stream).toList()) + ")";
    file.units().forEach((unit, names) -> {
      plans.add(reading(
          "(?:" + any(file.within()) + ") (?:about |ca\\.? |etwa |environ |unos |circa )?" + number + " (?:" + any(names) + ")",
          (found, today) -> later(today, unit, number(found.group(1)))));
      plans.add(reading(
          "(?:" + any(file.next()) + ") (?:" + any(names) + ")|(?:" + any(names) + ") (?:" + any(file.next()) + ")",
          (found, today) -> next(today, unit)));
    });
    plans.add(reading(any(file.tomorrow()), (found, today) -> today.plusDays(1)));
  }

  private int number(String said) {
    if (Character.isDigit(said.charAt(0))) return Integer.parseInt(said);
    return file.numbers().entrySet().stream()
        .filter(number -> number.getValue().stream().map(Plain::of).anyMatch(said::equals))
        .findFirst().orElseThrow().getKey();
  }

  private static LocalDate later(LocalDate today, String unit, int count) {
    return switch (unit) {
      case "days" -> today.plusDays(count);
      case "weeks" -> today.plusWeeks(count);
      case "months" -> today.plusMonths(count);
      case "quarters" -> today.plusMonths(3L * count);
      default -> today.plusYears(count);
    };
  }

  private static LocalDate next(LocalDate today, String unit) {
    return switch (unit) {
      case "days" -> today.plusDays(1);
      case "weeks" -> today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
      case "months" -> today.with(TemporalAdjusters.firstDayOfNextMonth());
      case "quarters" -> today.withDayOfMonth(1).plusMonths(3 - (today.getMonthValue() - 1) % 3);
      default -> LocalDate.of(today.getYear() + 1, 1, 1);
    };
  }

  /** Only who is away means such a day: back on Monday, away this week. */
  private void weekdays() {
    IntStream.rangeClosed(1, 7).forEach(number -> absences.add(reading(
        "(?:(" + any(file.last()) + ") )?(?:(?:" + any(file.next()) + ") )?(?:" + any(file.weekdays().get(number - 1)) + ")",
        (found, today) -> {
          LocalDate named = today.with(TemporalAdjusters.next(DayOfWeek.of(number)));
          return found.group(1) == null ? named : named.plusDays(1);
        })));
    absences.add(reading(
        "(?:" + any(file.current()) + ") (?:" + any(file.units().get("weeks")) + ")",
        (found, today) -> next(today, "weeks")));
  }

  private static Reading reading(String expression, BiFunction<MatchResult, LocalDate, LocalDate> day) {
    return new Reading(Plain.phrase(expression), day);
  }

  private static String any(List<String> words) {
    return String.join("|", words);
  }
}
