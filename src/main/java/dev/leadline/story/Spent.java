package dev.leadline.story;

import dev.leadline.agent.AgentRun;
import dev.leadline.model.Money;
import java.util.List;
import java.util.Objects;

/**
 * What models were used for one lead.
 *
 * @param money as people read it; "" when no price is known
 */
record Spent(int questions, long tokens, String money) {

  static Spent of(List<AgentRun> runs) {
    long tokens = runs.stream().mapToLong(run -> run.tokensIn() + run.tokensOut()).sum();
    var costs = runs.stream().map(AgentRun::cost).filter(Objects::nonNull).mapToLong(Long::longValue).summaryStatistics();
    return new Spent(
        runs.size(), tokens, costs.getCount() == 0 ? "" : Money.of(costs.getSum(), runs.getLast().currency()));
  }
}
