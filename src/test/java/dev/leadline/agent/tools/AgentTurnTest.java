package dev.leadline.agent.tools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.agent.Answer.Source;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgentTurnTest {

  private static final ToolCall SEARCH = new ToolCall("1-1-0", "SearchWeb", Map.of());
  private static final ToolCall CRM = new ToolCall("1-1-1", "LookUpCrm", Map.of());

  @Test
  void waitsUntilTheLastToolHasAnswered() {
    var asking = AgentState.start().waitingFor(List.of(SEARCH, CRM));

    assertThat(turn(null).waits()).isFalse();
    assertThat(turn(asking).waits()).isTrue();
    assertThat(turn(asking, new ToolResult("1-1-1", "LookUpCrm", "x")).waits()).isTrue();
    var both = turn(
        asking, new ToolResult("1-1-1", "LookUpCrm", "x"), new ToolResult("1-1-0", "SearchWeb", "y"),
        new ToolResult(null, null, "by somebody else"));
    assertThat(both.waits()).isFalse();
    assertThat(both.results()).extracting(ToolResult::name).containsExactly("LookUpCrm", "SearchWeb");
  }

  @Test
  void thePlanGoesOnWhereTheModelLeftOff() {
    var plan = List.of(
        new PlannedCall("SearchWeb", null, Map.of("query", "news")), new PlannedCall("ReadPage", "SearchWeb", null),
        new PlannedCall("LookUpCrm", " ", null), new PlannedCall("LookUpCrm", null, null),
        new PlannedCall("Telephone", null, null));

    assertThat(planned(plan, AgentState.start())).containsExactly("SearchWeb", "LookUpCrm");
    assertThat(planned(plan, AgentState.start().received(List.of("LookUpCrm")))).containsExactly("SearchWeb");
    assertThat(planned(plan, AgentState.start().received(List.of("SearchWeb")))).containsExactly("ReadPage", "LookUpCrm");
    assertThat(planned(plan, AgentState.start().received(List.of("SearchWeb", "LookUpCrm", "ReadPage")))).isEmpty();
    assertThat(turn(plan, null).missing()).containsExactly("Telephone");
  }

  @Test
  void aRowWhosePredecessorIsNotThereDoesNotWaitForIt() {
    assertThat(planned(List.of(new PlannedCall("ReadPage", "Telephone", null)), AgentState.start()))
        .containsExactly("ReadPage");
    assertThat(planned(List.of(new PlannedCall("ReadPage", "SearchWeb", null)), AgentState.start()))
        .containsExactly("ReadPage");
  }

  @Test
  void everyLimitEndsTheQuestions() {
    var state = AgentState.start().asked("m", 700, new BigDecimal("0.02")).asked("m", 300, new BigDecimal("0.02"));

    assertThat(limited(10, null, null).spent(state)).isEmpty();
    assertThat(limited(2, null, null).spent(state)).contains("The model was asked 2 times, which is the limit.");
    assertThat(limited(10, 1_000L, null).spent(state))
        .contains("The model has used 1,000 tokens; the limit is 1,000.");
    assertThat(limited(10, null, new BigDecimal("0.04")).spent(state))
        .contains("The model has cost 0.04; the limit is 0.04.");
    assertThat(limited(10, 1_001L, new BigDecimal("0.05")).spent(state)).isEmpty();
    assertThat(limited(99, null, null).mostCalls()).isEqualTo(10);
    assertThat(limited(-1, null, null).mostCalls()).isZero();
  }

  @Test
  void rulesKeepTheReasonOnce() {
    var state = AgentState.start().byRules("The model did not answer.").byRules("The model did not answer.").byRules(null);

    assertThat(state.notes()).containsExactly("The model did not answer.");
    assertThat(state.source()).isEqualTo(Source.RULES);
    assertThat(state.by()).isEqualTo("rules");
  }

  private static List<String> planned(List<PlannedCall> plan, AgentState state) {
    return turn(plan, state).planned(state).stream().map(PlannedCall::tool).toList();
  }

  private static AgentTurn limited(Integer calls, Long tokens, BigDecimal cost) {
    return new AgentTurn("l", "t", null, null, null, null, calls, tokens, cost);
  }

  private static AgentTurn turn(AgentState state, ToolResult... results) {
    return new AgentTurn("l", "t", state, tools(), List.of(results), null, null, null, null);
  }

  private static AgentTurn turn(List<PlannedCall> plan, AgentState state) {
    return new AgentTurn("l", "t", state, tools(), null, plan, null, null, null);
  }

  private static List<Tool> tools() {
    return Stream.of("SearchWeb", "ReadPage", "LookUpCrm").map(id -> new Tool(id, id, null, null)).toList();
  }
}
