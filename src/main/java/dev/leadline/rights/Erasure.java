package dev.leadline.rights;

import java.time.Instant;
import java.util.Map;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody asked us to erase what we hold about them (Art. 17 GDPR). Holds nothing about the person but the id of a lead
 * that is gone at the end.
 *
 * @param askedBy which of us took the request
 * @param due a month after it was asked (Art. 12(3) GDPR)
 * @param told whether the engine has taken it
 * @param decidedBy who checked that it is the person who asks; null before that
 * @param because why it was refused; null when it was not
 * @param gone how many documents, by collection; null before that
 * @param crm which CRM has to delete them as well; null when it does not know them
 */
@Document("erasures")
record Erasure(
    @Id String id,
    @Indexed String leadId,
    @Indexed State state,
    String askedBy,
    @Indexed Instant askedAt,
    Instant due,
    @Indexed boolean told,
    String decidedBy,
    String because,
    Instant endedAt,
    Map<String, Long> gone,
    String crm) {

  /** How far it has come. */
  enum State {
    ASKED,
    REFUSED,
    ERASED
  }

  static Erasure asked(String id, String leadId, String by, Instant at, Instant due) {
    return new Erasure(id, leadId, State.ASKED, by, at, due, false, null, null, null, null, null);
  }

  Erasure taken() {
    return new Erasure(id, leadId, state, askedBy, askedAt, due, true, decidedBy, because, endedAt, gone, crm);
  }

  Erasure decided(String by) {
    return new Erasure(id, leadId, state, askedBy, askedAt, due, true, by, because, endedAt, gone, crm);
  }

  Erasure refused(String by, String why, Instant at) {
    return new Erasure(id, leadId, State.REFUSED, askedBy, askedAt, due, true, by, why, at, gone, crm);
  }

  Erasure erased(Map<String, Long> documents, String crm, Instant at) {
    return new Erasure(id, leadId, State.ERASED, askedBy, askedAt, due, true, decidedBy, because, at, documents, crm);
  }
}
