package dev.leadline.enrichment;

import java.math.BigDecimal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** What each lead has cost so far. */
@Component
class Spendings {

  private final SpendingDocuments documents;

  Spendings(SpendingDocuments documents) {
    this.documents = documents;
  }

  BigDecimal of(String leadId) {
    return documents.findById(leadId).map(Spending::amount).orElse(BigDecimal.ZERO);
  }

  /** Tried again when another step was faster, so that nothing is left out. */
  void add(String leadId, BigDecimal more) {
    for (int attempt = 1; ; attempt++) {
      try {
        var now = documents.findById(leadId).orElseGet(() -> new Spending(leadId, null, BigDecimal.ZERO));
        documents.save(now.plus(more));
        return;
      } catch (OptimisticLockingFailureException | DuplicateKeyException faster) {
        if (attempt == 10) throw faster;
      }
    }
  }
}
