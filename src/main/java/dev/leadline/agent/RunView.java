package dev.leadline.agent;

import dev.leadline.model.Fault;
import java.time.Instant;
import java.util.List;

/**
 * A question to a model as the API shows it.
 *
 * @param cost in the currency; null when the model's price is unknown
 * @param question null in lists, and so is the answer
 */
record RunView(
    String id, String step, String leadId, long jobKey, Long processInstance, String provider, String model,
    String prompt, String variant, Answer.Source source, int tokensIn, int tokensCached, int tokensOut, Double cost,
    String currency, long latencyMillis, long waitedMillis, int attempts, Fault error, String question, String answer,
    List<String> evidence, Instant at) {

  static RunView of(AgentRun run) {
    return new RunView(
        run.id(), run.step(), run.leadId(), run.jobKey(), run.processInstance(), run.provider(), run.model(),
        run.prompt(), run.variant(), run.source(), run.tokensIn(), run.tokensCached(), run.tokensOut(),
        run.cost() == null ? null : run.cost() / 1e6, run.currency(), run.latencyMillis(), run.waitedMillis(),
        run.attempts(), run.error(), run.question(), run.answer(), run.evidence(), run.at());
  }
}
