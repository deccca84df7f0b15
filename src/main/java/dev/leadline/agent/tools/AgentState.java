package dev.leadline.agent.tools;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.leadline.agent.Answer.Source;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.stream.Stream;

/**
 * What the process remembers of an agent.
 *
 * @param transcript id of the transcript to go on from; null before a model was asked
 * @param waitsFor ids of the calls whose results are not back
 * @param used element ids of the tools used so far
 * @param modelCalls how often the model was asked
 * @param toolCalls how often a tool was used
 * @param tokens in and out, of all calls to the model
 * @param cost of all calls to the model, in the currency of the configured prices; 0 without prices
 * @param source who chooses: MODEL until it fails or a limit is reached, then RULES for good
 * @param by the model's name, or "rules"
 * @param notes what went otherwise than it should, in words for a sales lead
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AgentState(
    String transcript,
    List<String> waitsFor,
    List<String> used,
    int modelCalls,
    int toolCalls,
    long tokens,
    BigDecimal cost,
    Source source,
    String by,
    List<String> notes) {

  static AgentState start() {
    return new AgentState(
        null, List.of(), List.of(), 0, 0, 0, BigDecimal.ZERO, Source.MODEL, null, List.of());
  }

  boolean chosenByModel() {
    return source == Source.MODEL;
  }

  /** The tools have answered. */
  AgentState received(List<String> tools) {
    SequencedSet<String> all = new LinkedHashSet<>(used);
    all.addAll(tools);
    return new AgentState(
        transcript, List.of(), List.copyOf(all), modelCalls, toolCalls + tools.size(), tokens, cost, source, by, notes);
  }

  /** The model was asked once more. */
  AgentState asked(String model, long tokensUsed, BigDecimal spent) {
    return new AgentState(
        transcript, waitsFor, used, modelCalls + 1, toolCalls, tokens + tokensUsed, cost.add(spent), source, model, notes);
  }

  AgentState waitingFor(List<ToolCall> calls) {
    return new AgentState(
        transcript, calls.stream().map(ToolCall::id).toList(), used, modelCalls, toolCalls, tokens, cost, source, by, notes);
  }

  AgentState saved(String transcript) {
    return new AgentState(
        transcript, waitsFor, used, modelCalls, toolCalls, tokens, cost, source, by, notes);
  }

  AgentState noting(String note) {
    var all = note == null || notes.contains(note) ? notes : Stream.concat(notes.stream(), Stream.of(note)).toList();
    return new AgentState(
        transcript, waitsFor, used, modelCalls, toolCalls, tokens, cost, source, by, all);
  }

  /** From here on the plan says what is used. */
  AgentState byRules(String why) {
    var rules = new AgentState(
        transcript, waitsFor, used, modelCalls, toolCalls, tokens, cost, Source.RULES, "rules", notes);
    return rules.noting(why);
  }
}
