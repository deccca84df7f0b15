package dev.leadline.agent.tools;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One use of a tool.
 *
 * @param id unique; the tool's result carries it
 * @param tool element id
 */
record ToolCall(String id, String tool, Map<String, Object> arguments) {

  /** What the activity is given: its mappings read toolCall, and toolCallResult is its own until it has one. */
  Map<String, Object> variables() {
    var call = new LinkedHashMap<>(arguments);
    call.put("_meta", Map.of("id", id, "name", tool));
    return Map.of("toolCall", call, "toolCallResult", "");
  }
}
