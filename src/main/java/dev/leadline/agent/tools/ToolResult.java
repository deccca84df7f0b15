package dev.leadline.agent.tools;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;
import java.util.Optional;

/**
 * What an activity gave back, as the drawing's output element collects it.
 *
 * @param id of the call; null when somebody else than the agent activated the activity
 * @param content {reading: id} by our own tools, anything by others
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ToolResult(String id, String name, Object content) {

  Optional<String> reading() {
    return content instanceof Map<?, ?> map && map.get("reading") instanceof String id
        ? Optional.of(id)
        : Optional.empty();
  }
}
