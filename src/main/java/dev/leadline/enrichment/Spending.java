package dev.leadline.enrichment;

import java.math.BigDecimal;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.mapping.Document;

/** What providers of data were paid for a lead so far, whichever step asked them; in the currency of their prices. */
@Document("enrichment_spending")
record Spending(@Id String leadId, @Version Long version, BigDecimal amount) {

  Spending plus(BigDecimal more) {
    return new Spending(leadId, version, amount.add(more));
  }
}
