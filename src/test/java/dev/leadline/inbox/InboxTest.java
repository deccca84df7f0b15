package dev.leadline.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

  @TempDir static Path directory;

  private static InboxEngine engine;
  private static Tasks tasks;
  private static Desk desk;

  @BeforeAll
  static void start() {
    engine = new InboxEngine(directory.resolve("engine"));
    tasks = new Tasks(engine.client, mock(Leads.class));
    desk = new Desk(engine.client, tasks);
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void showsWhatIsMineAndWhatIsNobodys() throws Exception {
    long mine = open();
    long nobodys = open();
    desk.claim(mine, "Maja", false);

    await().untilAsserted(() -> assertThat(keys(Show.MINE, "Maja")).contains(mine).doesNotContain(nobodys));
    assertThat(keys(Show.UNASSIGNED, "Maja")).contains(nobodys).doesNotContain(mine);
    assertThat(keys(Show.ALL, "Maja")).contains(mine, nobodys);
    assertThat(keys(Show.MINE, "")).isEmpty();
  }

  @Test
  void changesItsVersionOnlyWhenTheListLooksDifferent() throws Exception {
    long task = open();
    await().until(() -> keys(Show.ALL, "").contains(task));
    var before = tasks.list(Show.ALL, "").version();

    assertThat(tasks.list(Show.ALL, "").version()).isEqualTo(before);
    desk.claim(task, "Maja", false);
    await().untilAsserted(() -> assertThat(tasks.list(Show.ALL, "").version()).isNotEqualTo(before));
  }

  @Test
  void saysWhoWasFaster() throws Exception {
    long task = open();
    desk.claim(task, "Maja", false);

    assertThatThrownBy(() -> desk.claim(task, "Otto", false)).hasMessageContaining("Maja works on this task");
    assertThatThrownBy(() -> desk.complete(task, "Otto", Map.of("answer", "yes"))).hasMessageContaining("Maja");
    desk.claim(task, "Otto", true);
    desk.complete(task, "Otto", Map.of("answer", "yes"));
    assertThatThrownBy(() -> desk.complete(task, "Maja", Map.of())).hasMessageContaining("done already");
  }

  @Test
  void saysInWordsWhyACompletionWasDenied() throws Exception {
    long task = open();

    assertThatThrownBy(() -> desk.complete(task, "Maja", Map.of("answer", "no")))
        .isInstanceOf(Desk.Refused.class)
        .hasMessage("Say 'yes', it's a test.");
    assertThat(tasks.find(task)).hasValueSatisfying(still -> assertThat(still.open()).isTrue());
    desk.complete(task, "Maja", Map.of("answer", "yes"));
  }

  @Test
  void aTaskThatNobodyWorksOnBelongsToWhoCompletesIt() throws Exception {
    long task = open();
    desk.complete(task, "Maja", Map.of("answer", "yes"));

    await().untilAsserted(() -> assertThat(tasks.find(task).orElseThrow().assignee()).isEqualTo("Maja"));
    assertThat(tasks.find(task).orElseThrow().open()).isFalse();
  }

  @Test
  void unknownTasksAreNotThere() {
    assertThat(tasks.find(12345)).isEmpty();
  }

  @Test
  void aTaskWithoutFormHasOnlyItsVariables() throws Exception {
    var content = new TaskForm(engine.client, new com.fasterxml.jackson.databind.ObjectMapper()).of(open());

    assertThat(content.schema()).isNull();
    assertThat(content.data().get("leadId").asText()).isEqualTo("lead-1");
  }

  @Test
  void anOverdueReviewIsRaisedForTheSalesLeads() {
    var timeline = mock(Timeline.class);
    long instance = engine.start("lead-9");
    await().until(() -> !tasks.ofInstance(instance).isEmpty());
    var escalate = new EscalateReview(tasks, engine.client, timeline);

    escalate.escalate(new EscalateReview.Input("lead-9"), instance);
    escalate.escalate(new EscalateReview.Input("lead-9"), instance);

    await().untilAsserted(() -> assertThat(engine.task(instance).getPriority()).isEqualTo(90));
    assertThat(engine.task(instance).getCandidateGroups()).containsExactlyInAnyOrder("sdr-reviewers", "sales-leads");
    assertThat(engine.task(instance).getDueDate()).isNotNull();
    verify(timeline, times(2))
        .record(
            eq("escalate-review/" + engine.task(instance).getUserTaskKey()),
            eq("lead-9"),
            eq("escalate-review"),
            eq(Actor.SYSTEM),
            anyString(),
            contains("overdue since"),
            any());
  }

  @Test
  void aReviewThatWasDoneInTheMeantimeIsNotRaised() throws Exception {
    var timeline = mock(Timeline.class);
    long instance = engine.start("lead-10");
    await().until(() -> !tasks.ofInstance(instance).isEmpty());
    desk.complete(engine.task(instance).getUserTaskKey(), "Maja", Map.of("answer", "yes"));

    new EscalateReview(tasks, engine.client, timeline).escalate(new EscalateReview.Input("lead-10"), instance);

    verify(timeline, never()).record(any(), any(), any(), any(), any(), any(), any());
  }

  private static long open() {
    long instance = engine.start("lead-1");
    await().until(() -> !tasks.ofInstance(instance).isEmpty());
    return engine.task(instance).getUserTaskKey();
  }

  private static java.util.List<Long> keys(Show show, String viewer) {
    return tasks.list(show, viewer).tasks().stream().map(Task::key).toList();
  }
}
