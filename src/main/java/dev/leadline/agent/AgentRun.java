package dev.leadline.agent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.leadline.model.Fault;
import dev.leadline.model.Money;
import dev.leadline.model.Prompts;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One question of a thinking step to its model: what was asked and said, what it cost and what came of it.
 *
 * @param jobKey negative when a person asked the agent directly
 * @param processInstance null when no job asked
 * @param turnOf element instance of the agent with tools whose turn it was; null for all other steps
 * @param prompt version of the prompt files, see {@link Prompts}; null when the step has none
 * @param variant of the prompt; null is the plain one
 * @param source who answered in the end
 * @param tokensIn all it read, the cached included
 * @param cost in millionths of the currency; null when the model's price is unknown
 * @param latencyMillis from the question to its answer, the waiting included
 * @param waitedMillis for a turn
 * @param attempts requests that went out; 0 when none did
 * @param error null when the model answered
 * @param system the system prompt; this and the next two redacted, the lead's name included, and cut after 20,000 characters
 * @param evidence ids of the facts that the answer cites
 * @param expireAt when the record goes
 */
@Document("agent_runs")
@CompoundIndex(name = "lead", def = "{leadId: 1, at: 1}")
@CompoundIndex(name = "step", def = "{step: 1, at: -1}")
public record AgentRun(
    @Id String id,
    String step,
    String leadId,
    long jobKey,
    Long processInstance,
    Long turnOf,
    String provider,
    String model,
    String prompt,
    String variant,
    Answer.Source source,
    int tokensIn,
    int tokensCached,
    int tokensOut,
    Long cost,
    String currency,
    long latencyMillis,
    long waitedMillis,
    int attempts,
    Fault error,
    String system,
    String question,
    String answer,
    List<String> evidence,
    Instant at,
    @Indexed(expireAfter = "0s") Instant expireAt) {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** As the step's entry on the lead's timeline is called; an agent with tools has one for all its turns. */
  public String entry() {
    return step + "-" + (turnOf == null ? jobKey : turnOf);
  }

  /** The cost in the currency, or "" when it is unknown. */
  public String money() {
    return Money.of(cost, currency);
  }

  /** The answer for a person to read: JSON line by line, anything else as it is; null when there is none. */
  public String legibleAnswer() {
    if (answer == null) return null;
    try {
      return JSON.readTree(answer).toPrettyString();
    } catch (JsonProcessingException plainWords) {
      return answer;
    }
  }
}
