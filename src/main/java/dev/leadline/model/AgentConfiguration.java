package dev.leadline.model;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One version of how an agent is configured at run time; null is as the files and the environment say.
 *
 * @param id step/version, so that of two who change the same version one is refused
 * @param version counted from 1; 0 when nobody has configured anything yet
 * @param enabled false: only rules answer
 * @param prompt variant of the step's prompt files
 * @param by who changed it
 */
@Document("agent_configurations")
@CompoundIndex(name = "step", def = "{step: 1, version: -1}")
public record AgentConfiguration(
    @Id String id,
    String step,
    long version,
    boolean enabled,
    String model,
    Double temperature,
    Integer timeoutSeconds,
    Integer maxTokens,
    Long tokensPerDay,
    String prompt,
    String by,
    Instant at) {

  public static AgentConfiguration none(String step) {
    return new AgentConfiguration(step + "/0", step, 0, true, null, null, null, null, null, null, null, null);
  }

  public AgentConfiguration next(long version, String by, Instant at) {
    return new AgentConfiguration(
        step + "/" + version, step, version, enabled, model, temperature, timeoutSeconds, maxTokens, tokensPerDay,
        prompt, by, at);
  }
}
