package dev.leadline.agent.tools;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * A row of the plan that is followed when no model chooses.
 *
 * @param tool element id; a tool is used once
 * @param after the tool that must have been used before; null or empty when it can be used at once
 * @param with what the tool is told; null when nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record PlannedCall(String tool, String after, Map<String, Object> with) {

  PlannedCall {
    after = after == null || after.isBlank() ? null : after;
    with = with == null ? Map.of() : with;
  }
}
