package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetingsPageTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23, false, 2026-11-23",
    "2026-11-27, false, 2026-11-23",
    "2026-11-28, false, 2026-11-30",
    "2026-11-29, false, 2026-11-30",
    "2026-11-28, true,  2026-11-23",
    "2026-11-29, true,  2026-11-23",
  })
  void atAWeekendTheWeekThatComesIsShownUnlessSomethingIsLeftOfThisOne(LocalDate today, boolean more, LocalDate monday) {
    assertThat(MeetingsPage.begin(today, more)).isEqualTo(monday);
  }
}
