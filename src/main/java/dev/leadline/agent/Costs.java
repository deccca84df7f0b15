package dev.leadline.agent;

import dev.leadline.model.ModelLimits;
import java.math.BigDecimal;
import java.util.Collection;
import org.springframework.stereotype.Component;

/** What thinking cost, as far back as figures are kept (leadline.agent.keep). */
@Component
public class Costs {

  private final Ledger ledger;
  private final ModelLimits limits;

  Costs(Ledger ledger, ModelLimits limits) {
    this.ledger = ledger;
    this.limits = limits;
  }

  public Cost ofLeads(Collection<String> leadIds) {
    return cost(ledger.ofLeads(leadIds));
  }

  public Cost ofAll() {
    return cost(ledger.ofAllDays());
  }

  private Cost cost(Figures figures) {
    return new Cost(
        figures.calls(), figures.tokens(), BigDecimal.valueOf(figures.micros(), 6), limits.currency());
  }
}
