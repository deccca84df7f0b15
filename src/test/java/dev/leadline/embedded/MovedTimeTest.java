package dev.leadline.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.JourneyTest;
import io.camunda.process.test.api.CamundaProcessTestContext;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@JourneyTest
class MovedTimeTest {

  @Autowired CamundaProcessTestContext context;

  @Test
  void aTestMovesTheTimeOfTheEmbeddedEngine() {
    Instant before = context.getCurrentTime();
    context.increaseTime(Duration.ofDays(3));
    assertThat(Duration.between(before, context.getCurrentTime())).isBetween(Duration.ofDays(3), Duration.ofDays(4));
  }
}
