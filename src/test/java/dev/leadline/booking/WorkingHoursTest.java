package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.calendar.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingHoursTest {

  @Test
  void aBreakIsNoWork() {
    var week = new Span(Instant.parse("2027-05-03T00:00:00Z"), Instant.parse("2027-05-10T00:00:00Z"));
    var hours = WorkingHours.of("Mon-Thu 9:00-12:00, 13:00-17:00; Fri 09:00-12:00");
    assertThat(hours.in(ZoneOffset.UTC, week, day -> false).list()).hasSize(9);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "weekdays 09:00-17:00 | is no day",
    "Mon-Fri | has no hours",
    "Fri-Mon 09:00-17:00 | ends before it begins",
    "Mon 17:00-09:00 | ends before it begins",
    "Mon 09:00-25:00 | is no time of day",
    "Mon 9-17 | is no time",
    "Mon-Fri 09:00-17:00; Wed 09:00-12:00 | names a day twice",
  })
  void whatCannotBeReadIsSaidInWords(String text, String why) {
    assertThatThrownBy(() -> WorkingHours.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
  }
}
