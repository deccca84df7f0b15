package dev.leadline.calendar;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Public holidays of countries and their regions, from the calendars of Jollyday. */
public final class Holidays {

  private static final Set<String> COUNTRIES = HolidayManager.getSupportedCalendarCodes().stream()
      .map(code -> code.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
  private static final Cache<Day, Boolean> KNOWN = Caffeine.newBuilder().maximumSize(10_000).build();

  private Holidays() {}

  private record Day(String region, LocalDate date) {}

  /** Whether the holidays of a region can be told: a country by ISO 3166-1 (DE), with or without a part (DE-BY). */
  public static boolean known(String region) {
    return region != null && COUNTRIES.contains(country(region));
  }

  /** Whether a day is a public holiday there; false where holidays are not known. */
  public static boolean on(LocalDate date, String region) {
    return known(region) && KNOWN.get(new Day(region, date), day -> isHoliday(day.date(), day.region()));
  }

  private static boolean isHoliday(LocalDate date, String region) {
    String[] parts = region.toLowerCase(Locale.ROOT).split("-");
    return HolidayManager.getInstance(ManagerParameters.create(parts[0]))
        .isHoliday(date, HolidayType.PUBLIC_HOLIDAY, Arrays.copyOfRange(parts, 1, parts.length));
  }

  private static String country(String region) {
    return region.toLowerCase(Locale.ROOT).split("-")[0];
  }
}
