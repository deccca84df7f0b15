package dev.leadline.embedded.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.api.search.enums.ElementInstanceState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class CampaignDiagramTest {

  @TempDir static Path directory;
  static Stage stage;

  private final String executionId = UUID.randomUUID().toString();
  private final AtomicInteger discovered = new AtomicInteger();
  private final ConcurrentLinkedQueue<Map<String, Object>> closed = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Object> verdicts = new ConcurrentLinkedQueue<>();

  @BeforeAll
  static void start() throws IOException {
    stage = new Stage(directory);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @BeforeEach
  void nobodyElseFits() {
    stage.answers("discover-prospects", given -> {
      discovered.incrementAndGet();
      return batch(List.of(), 0);
    });
    stage.answers("register-prospects", given -> {
      verdicts.add(given.get("verdicts"));
      return Map.of("registered", Map.of("leads", 0, "more", false));
    });
    stage.answers("watch-leads", Map.of("watch", watch(0, 0)));
    stage.answers("stop-leads", Map.of());
    stage.answers("close-campaign", given -> {
      closed.add(given);
      return Map.of();
    });
  }

  @Test
  void theTableJudgesEverybodyAndTheVerdictsKeepTheirIds() {
    stage.answers("discover-prospects", batch(List.of(
        Map.of("id", "a", "address", "verified", "mailbox", "personal", "relation", "none"),
        Map.of("id", "b", "address", "verified", "mailbox", "personal", "relation", "competitor")), 0));

    stage.ends(run());

    assertThat(verdicts).containsExactly(List.of(
        Map.of("id", "a", "verdict", "accept", "because", "A person at work whom nothing speaks against"),
        Map.of("id", "b", "verdict", "exclude", "because", "Belongs to a competitor")));
    assertThat(closed).singleElement().satisfies(given -> assertThat(given).containsEntry("outcome", "completed"));
  }

  @Test
  void aProviderThatAsksForPeaceIsAskedAgainLater() throws Exception {
    stage.answers("discover-prospects", given ->
        discovered.incrementAndGet() == 1 ? batch(List.of(), 1) : batch(List.of(), 0));
    long instance = run();
    await().until(() -> stage.elements(instance, ElementInstanceState.ACTIVE).contains("TimerEvent_AskAgain"));

    stage.passes(Duration.ofHours(1));
    stage.ends(instance);

    assertThat(discovered).hasValue(2);
    assertThat(closed).singleElement().satisfies(given -> assertThat(given).containsEntry("outcome", "completed"));
  }

  @Test
  void afterTenRefusalsTheRunHasFailedAndSaysWhy() {
    stage.answers("discover-prospects", batch(List.of(), 10));

    long instance = run();
    stage.ends(instance);

    assertThat(closed).singleElement().satisfies(given -> assertThat(given)
        .containsEntry("outcome", "failed").containsEntry("because", "apollo has no credits left for us"));
    assertThat(stage.passed(instance)).contains("EndEvent_Failed").doesNotContain("EndEvent_Completed");
  }

  @Test
  void leadsAreWatchedUntilTheyHaveBeenQuietForAWeek() throws Exception {
    stage.answers("watch-leads", Map.of("watch", watch(2, 0)));
    long instance = run();
    await().until(() -> stage.elements(instance, ElementInstanceState.ACTIVE).contains("TimerEvent_LookAgain"));
    assertThat(closed).isEmpty();

    stage.passes(Duration.ofDays(8));
    stage.ends(instance);
  }

  @Test
  void aPauseLeavesTheRunAndAResumptionBeginsWhereItsDocumentStands() throws Exception {
    stage.answers("watch-leads", Map.of("watch", watch(2, 1)));
    long instance = run();
    await().until(() -> stage.elements(instance, ElementInstanceState.ACTIVE).contains("TimerEvent_LookAgain"));

    say("campaign-paused");
    await().until(() -> stage.elements(instance, ElementInstanceState.ACTIVE).contains("CatchEvent_Resumed"));
    stage.passes(Duration.ofDays(1));
    assertThat(stage.elements(instance, ElementInstanceState.ACTIVE)).doesNotContain("RunCampaign");
    say("campaign-resumed");
    await().until(() -> stage.elements(instance, ElementInstanceState.ACTIVE).contains("TimerEvent_LookAgain"));
    assertThat(discovered).hasValue(2);

    say("campaign-cancelled");
    stage.ends(instance);
    assertThat(closed).singleElement().satisfies(given -> assertThat(given).containsEntry("outcome", "cancelled"));
    assertThat(stage.passed(instance)).contains("StopLeads");
  }

  private long run() {
    return stage.client.newCorrelateMessageCommand().messageName("campaign-started").correlationKey(executionId)
        .variables(Map.of("executionId", executionId)).send().join().getProcessInstanceKey();
  }

  private void say(String message) {
    stage.client.newPublishMessageCommand().messageName(message).correlationKey(executionId)
        .timeToLive(Duration.ofMinutes(1)).send().join();
  }

  private static Map<String, Object> batch(List<Map<String, String>> prospects, int refusals) {
    var batch = new HashMap<String, Object>(Map.of("prospects", prospects, "refusals", refusals));
    batch.put("after", refusals == 0 ? null : "PT1H");
    batch.put("because", refusals == 0 ? null : "apollo has no credits left for us");
    return Map.of("batch", batch);
  }

  private static Map<String, Object> watch(int leads, int open) {
    String now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
    return Map.of("leads", leads, "open", open, "lastChange", now, "since", now);
  }
}
