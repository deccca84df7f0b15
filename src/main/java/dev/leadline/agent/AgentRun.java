package dev.leadline.agent;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One question to a model: what it cost and what came of it, never what was said.
 *
 * @param source who answered in the end
 * @param attempts requests that went out; 0 when the circuit breaker held them back
 * @param error class of the failure, null when the model answered
 */
@Document("agent_runs")
public record AgentRun(
    @Id String id,
    String step,
    String leadId,
    long jobKey,
    String provider,
    String model,
    Answer.Source source,
    int tokensIn,
    int tokensOut,
    long latencyMillis,
    int attempts,
    String error,
    Instant at) {}
