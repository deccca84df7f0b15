package dev.leadline.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedJobTest {

  @ParameterizedTest
  @CsvSource({"0, PT10S", "1, PT10S", "2, PT1M", "3, PT1M", "99, PT1M"})
  void everyFailureWaitsLongerUntilTheLastWait(int failures, Duration wait) {
    var settings = new RetrySettings(List.of(Duration.ofSeconds(10), Duration.ofMinutes(1)));
    assertThat(settings.before(failures)).isEqualTo(wait);
  }

  @Test
  void noWaitAtAllIsRefused() {
    assertThatThrownBy(() -> new RetrySettings(List.of())).hasMessageContaining("at least one wait");
  }

  @Test
  void theReasonNamesTheKindOfFailureAndWhereItHappened() {
    assertThat(new Reason(new IllegalStateException("No dossier for this lead")).inWords())
        .startsWith("IllegalStateException: No dossier for this lead (at FailedJobTest.java:");
  }

  @Test
  void theReasonQuotesNoAddressesAndNoTexts() {
    var failure = new IllegalArgumentException(
        "550 <jane.doe@acme.example> said \"please stop writing to me\"\nReceived: from secret");

    assertThat(new Reason(failure).inWords())
        .contains("550 <<address>> said <text>").doesNotContain("jane", "please stop", "secret");
  }

  @Test
  void theReasonIsShortAndNeverNull() {
    assertThat(new Reason(new RuntimeException("x".repeat(10_000))).inWords()).hasSizeLessThan(400);
    assertThat(new Reason(new NullPointerException()).inWords()).startsWith("NullPointerException");
  }
}
