package dev.leadline.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResearchDepthTest {

  private final Decision depth = Decision.named("research-depth");

  @Test
  void theLessIsKnownTheDeeperWeLook() {
    assertThat(depth.answer(Map.of("research", Map.of("facts", 5))))
        .containsEntry("company", true).containsEntry("growth", true);
    assertThat(depth.answer(Map.of("research", Map.of("facts", 6))))
        .containsEntry("company", false).containsEntry("growth", true).containsKey("because");
  }
}
