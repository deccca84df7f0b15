package dev.leadline.sending;

import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.HolidayType;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Days on which a whole country is off, by the calendars of Jollyday; those of regions do not count. */
@Component
class PublicHolidays {

  private final Map<String, Optional<HolidayManager>> calendars = new ConcurrentHashMap<>();

  /** @param country ISO 3166; null or one without a calendar has no holidays */
  boolean on(LocalDate date, String country) {
    return country != null
        && calendars.computeIfAbsent(country, PublicHolidays::calendar)
            .map(calendar -> calendar.isHoliday(date, HolidayType.PUBLIC_HOLIDAY))
            .orElse(false);
  }

  private static Optional<HolidayManager> calendar(String country) {
    return Arrays.stream(HolidayCalendar.values())
        .filter(calendar -> calendar.getId().equalsIgnoreCase(country))
        .findFirst()
        .map(calendar -> HolidayManager.getInstance(ManagerParameters.create(calendar)));
  }
}
