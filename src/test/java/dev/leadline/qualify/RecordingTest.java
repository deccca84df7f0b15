package dev.leadline.qualify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.ThinkingSteps;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead.Tier;
import dev.leadline.research.Researched;
import dev.leadline.timeline.TimelineEntry.Actor;
import io.camunda.client.api.command.CompleteJobCommandStep1;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.api.worker.JobClient;
import io.camunda.client.impl.command.CompleteUserTaskJobResultImpl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the tables and people decide, written onto the lead. */
class RecordingTest {

  private final ThinkingSteps steps = new ThinkingSteps();

  @BeforeEach
  void register() {
    steps.register("l1", "Anna Berg", "Acme", null, "COO", "Phone", "Please call.");
  }

  @AfterEach
  void close() {
    steps.close();
  }

  @Test
  void whatTheTablesSaidIsOnTheLeadAndOnTheTimelineOnce() throws Exception {
    var input = new ObjectMapper().readValue("""
        {"leadId": "l1", "score": {"points": 78, "tier": "A", "because": ["An executive.", "A need is stated."]},
         "routing": {"route": "outreach", "because": "Tier A is contacted."}}""", RecordAssessment.Input.class);

    steps.get(RecordAssessment.class).handle(input, 7);
    steps.get(RecordAssessment.class).handle(input, 7);

    assertThat(steps.lead("l1").score()).isEqualTo(78);
    assertThat(steps.lead("l1").tier()).isEqualTo(Tier.A);
    assertThat(steps.lead("l1").route()).isEqualTo("outreach");
    assertThat(steps.lead("l1").stage()).isEqualTo(Stage.QUALIFYING);
    assertThat(steps.timeline().of("l1")).hasSize(2).allSatisfy(entry ->
        assertThat(entry.actor()).isEqualTo(Actor.TABLE));
    assertThat(steps.timeline().of("l1").toString())
        .contains("Scored 78 of 100, tier A.", "An executive.", "Tier A is contacted.");
  }

  @Test
  void aLeadForAPersonWaitsForOneAndShowsWhatIsKnown() {
    Researched.by(steps, "l1");
    var shown = steps.get(ShowLead.class).handle(new ShowLead.Input("l1"));

    assertThat(shown.lead().name()).isEqualTo("Anna Berg");
    assertThat(shown.evidence()).extracting(ShowLead.Evidence::quote).contains("COO");
    assertThat(steps.lead("l1").stage()).isEqualTo(Stage.WAITING_FOR_PERSON);
  }

  @ParameterizedTest
  @CsvSource(nullValues = "null", delimiter = '|', value = {
    "null | outreach | null | Claim the task first",
    "' '  | outreach | null | Claim the task first",
    "kim  | null     | null | Choose how to go on",
    "kim  | person   | null | Choose how to go on",
    "kim  | close    | null | Give a reason",
    "kim  | close    | ' '  | Give a reason"
  })
  void anIncompleteDecisionIsGivenBackWithASentence(String person, String route, String reason, String sentence) {
    var result = complete(person, route, reason);

    assertThat(result.isDenied()).isTrue();
    assertThat(result.getDeniedReason()).startsWith(sentence);
    assertThat(steps.timeline().of("l1")).isEmpty();
    assertThat(steps.lead("l1").route()).isNull();
  }

  @Test
  void aPersonsDecisionIsRecordedInTheirNameOnce() {
    assertThat(complete("kim", "close", "Not our market.").isDenied()).isFalse();
    complete("kim", "close", "Not our market.");

    assertThat(steps.lead("l1").route()).isEqualTo("close");
    assertThat(steps.timeline().of("l1")).singleElement().satisfies(entry -> {
      assertThat(entry.actor()).isEqualTo(Actor.PERSON);
      assertThat(entry.by()).isEqualTo("kim");
      assertThat(entry.details()).isEqualTo(List.of("Not our market."));
    });
  }

  private CompleteUserTaskJobResultImpl complete(String person, String route, String reason) {
    var variables = new HashMap<String, Object>(Map.of("leadId", "l1"));
    variables.put("route", route);
    variables.put("reason", reason);
    ActivatedJob job = mock(RETURNS_DEEP_STUBS);
    when(job.getUserTask().getAssignee()).thenReturn(person);
    when(job.getVariablesAsMap()).thenReturn(variables);
    when(job.getVariable("leadId")).thenReturn("l1");
    when(job.getElementInstanceKey()).thenReturn(99L);
    return new Completed().of(client -> steps.get(RecordQualification.class).handle(client, job));
  }

  /** Catches the result a listener completes its job with. */
  private static final class Completed {
    private CompleteUserTaskJobResultImpl result;

    private CompleteUserTaskJobResultImpl of(Consumer<JobClient> listener) {
      JobClient client = mock();
      CompleteJobCommandStep1 command = mock(RETURNS_DEEP_STUBS);
      when(client.newCompleteCommand(any(ActivatedJob.class))).thenReturn(command);
      when(command.withResult(any())).thenAnswer(call -> {
        Function<Object, Object> build = call.getArgument(0);
        CompleteJobCommandStep1.CompleteJobCommandJobResultStep step = mock();
        when(step.forUserTask()).thenReturn(new CompleteUserTaskJobResultImpl());
        result = (CompleteUserTaskJobResultImpl) build.apply(step);
        return command;
      });
      listener.accept(client);
      return result;
    }
  }
}
