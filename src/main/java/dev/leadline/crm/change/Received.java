package dev.leadline.crm.change;

import dev.leadline.crm.CrmChange;
import java.time.Instant;
import java.util.Locale;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A change in the CRM that is news to us.
 *
 * @param id name of the CRM, and the change's own id there
 * @param at when it was changed
 * @param journey whether the engine has taken it
 */
@Document("crm_changes")
record Received(
    @Id String id, @Indexed String leadId, CrmChange.What what, String value, Instant at, @Indexed Told journey) {

  enum Told {
    PENDING,
    TOLD
  }

  Received told() {
    return new Received(id, leadId, what, value, at, Told.TOLD);
  }

  /** As the table has it: do-not-contact. */
  String word() {
    return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
