package dev.leadline.journey;

import io.camunda.client.api.search.response.ProcessDefinition;
import java.util.Optional;

/**
 * A deployed process and how its instances fare, over all its versions.
 *
 * @param key of the latest version
 * @param tag version tag, null when it has none
 */
record Journey(
    long key, String id, String name, int version, String tag, Count running, Count incidents, Count finished) {

  /** How many there are; beyond what the engine counts, at least so many. */
  record Count(long number, boolean more) {
    @Override
    public String toString() {
      return "%,d%s".formatted(number, more ? "+" : "");
    }
  }

  static Journey of(ProcessDefinition process, Count running, Count incidents, Count finished) {
    return new Journey(
        process.getProcessDefinitionKey(),
        process.getProcessDefinitionId(),
        Optional.ofNullable(process.getName()).orElse(process.getProcessDefinitionId()),
        process.getVersion(),
        process.getVersionTag(),
        running,
        incidents,
        finished);
  }
}
