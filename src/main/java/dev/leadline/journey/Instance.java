package dev.leadline.journey;

import io.camunda.client.api.search.response.ProcessInstance;
import java.time.Instant;
import java.util.Optional;

/**
 * One run of a process.
 *
 * @param definitionKey of the version it runs
 * @param parent key of the instance that called it, null when it was started by itself
 * @param end null while it runs
 */
record Instance(
    long key,
    String process,
    String name,
    int version,
    long definitionKey,
    Long parent,
    Instant start,
    Instant end,
    State state) {

  enum State {
    RUNNING("running", ""),
    INCIDENT("incident", "bad"),
    FINISHED("finished", "good"),
    ENDED_EARLY("ended early", "warn");

    private final String words;
    private final String look;

    State(String words, String look) {
      this.words = words;
      this.look = look;
    }

    public String words() {
      return words;
    }

    public String look() {
      return look;
    }
  }

  static Instance of(ProcessInstance instance) {
    return new Instance(
        instance.getProcessInstanceKey(),
        instance.getProcessDefinitionId(),
        Optional.ofNullable(instance.getProcessDefinitionName()).orElse(instance.getProcessDefinitionId()),
        instance.getProcessDefinitionVersion(),
        instance.getProcessDefinitionKey(),
        instance.getParentProcessInstanceKey(),
        instance.getStartDate().toInstant(),
        instance.getEndDate() == null ? null : instance.getEndDate().toInstant(),
        state(instance));
  }

  public boolean ended() {
    return state == State.FINISHED || state == State.ENDED_EARLY;
  }

  private static State state(ProcessInstance instance) {
    return switch (instance.getState()) {
      case COMPLETED -> State.FINISHED;
      case TERMINATED -> State.ENDED_EARLY;
      default -> Boolean.TRUE.equals(instance.getHasIncident()) ? State.INCIDENT : State.RUNNING;
    };
  }
}
