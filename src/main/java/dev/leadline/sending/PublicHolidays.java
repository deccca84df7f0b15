package dev.leadline.sending;

import dev.leadline.calendar.Holidays;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** Days on which a whole country is off; those of regions do not count. */
@Component
class PublicHolidays {

  /** @param country ISO 3166; null or one without a calendar has no holidays */
  boolean on(LocalDate date, String country) {
    return Holidays.on(date, country);
  }
}
