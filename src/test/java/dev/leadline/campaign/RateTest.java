package dev.leadline.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {

  /** Against the table in Newcombe (1998), Statistics in Medicine 17, method 3: 81 of 263, 0 of 20. */
  @Test
  void theIntervalIsWilsons() {
    var rate = Rate.of(81, 263);
    assertThat(rate.low()).isCloseTo(0.2553, within(0.0001));
    assertThat(rate.high()).isCloseTo(0.3662, within(0.0001));
    assertThat(rate.value()).isCloseTo(0.3080, within(0.0001));
    assertThat(Rate.of(0, 20).high()).isCloseTo(0.1611, within(0.0001));
    assertThat(Rate.of(0, 20).low()).isZero();
  }

  @Test
  void fewPeopleSayNothing() {
    assertThat(Rate.of(5, 99).value()).isNull();
    assertThat(Rate.of(5, 99).inWords()).startsWith("not enough data (");
    assertThat(Rate.of(5, 100).inWords()).startsWith("5.0 % (");
    assertThat(Rate.of(0, 0).inWords()).isEqualTo("nobody yet");
  }
}
