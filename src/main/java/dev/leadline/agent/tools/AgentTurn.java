package dev.leadline.agent.tools;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the drawing tells an agent each time it is its turn.
 *
 * @param task what it has to find out
 * @param adHocSubProcessElements the tools
 * @param plan what to use when no model chooses, in this order
 * @param mostCalls how often the model may be asked, at most 10
 * @param mostTokens tokens in and out that the model may use; null for any number
 * @param mostCost what the model may cost, in the currency of the configured prices; null for anything
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AgentTurn(
    String leadId,
    String task,
    AgentState agent,
    List<Tool> adHocSubProcessElements,
    List<ToolResult> toolCallResults,
    List<PlannedCall> plan,
    Integer mostCalls,
    Long mostTokens,
    BigDecimal mostCost) {

  static final int MOST_CALLS = 10;

  AgentTurn {
    agent = agent == null ? AgentState.start() : agent;
    adHocSubProcessElements = adHocSubProcessElements == null ? List.of() : adHocSubProcessElements;
    toolCallResults = toolCallResults == null ? List.of() : toolCallResults;
    plan = plan == null ? List.of() : plan;
    mostCalls = mostCalls == null ? MOST_CALLS : Math.clamp(mostCalls, 0, MOST_CALLS);
  }

  List<Tool> tools() {
    return adHocSubProcessElements;
  }

  Optional<Tool> tool(String elementId) {
    return tools().stream().filter(tool -> tool.elementId().equals(elementId)).findFirst();
  }

  /** Tools answer one by one, and each answer is a turn; only the last of them is one to think. */
  boolean waits() {
    return !answered().containsAll(agent.waitsFor());
  }

  /** The results the agent waits for; what others activated is not its own. */
  List<ToolResult> results() {
    return toolCallResults.stream().filter(result -> agent.waitsFor().contains(result.id())).toList();
  }

  private Set<String> answered() {
    return toolCallResults.stream().map(ToolResult::id).filter(Objects::nonNull)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Why the model may not be asked again, in words; empty while it may. */
  Optional<String> spent(AgentState state) {
    if (state.modelCalls() >= mostCalls)
      return Optional.of("The model was asked %d times, which is the limit.".formatted(mostCalls));
    if (mostTokens != null && state.tokens() >= mostTokens)
      return Optional.of(String.format(
          Locale.ROOT, "The model has used %,d tokens; the limit is %,d.", state.tokens(), mostTokens));
    if (mostCost != null && state.cost().compareTo(mostCost) >= 0)
      return Optional.of("The model has cost %s; the limit is %s.".formatted(
          state.cost().toPlainString(), mostCost.toPlainString()));
    return Optional.empty();
  }

  /** What the plan says is next: every tool that is drawn, not used, and whose turn has come. */
  List<PlannedCall> planned(AgentState state) {
    var once = new HashSet<String>();
    return plan.stream()
        .filter(row -> tool(row.tool()).isPresent() && !state.used().contains(row.tool()))
        .filter(row -> row.after() == null || state.used().contains(row.after()) || !isPlanned(row.after()))
        .filter(row -> once.add(row.tool()))
        .toList();
  }

  /** Tools that the plan names and nobody has drawn. */
  List<String> missing() {
    return plan.stream().map(PlannedCall::tool).filter(tool -> tool(tool).isEmpty()).distinct().toList();
  }

  private boolean isPlanned(String tool) {
    return tool(tool).isPresent() && plan.stream().anyMatch(row -> row.tool().equals(tool));
  }
}
