package dev.leadline.deliverability;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A mail that came back, or that somebody called spam.
 *
 * @param id touch/kind: however often it is reported, it counts once
 */
@Document("returned_mails")
record Returned(@Id String id, @Indexed String leadId, @Indexed String mailbox, Kind kind, Instant at) {

  enum Kind { BOUNCE, COMPLAINT }
}
