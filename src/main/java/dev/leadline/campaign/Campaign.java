package dev.leadline.campaign;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Whom to look for, again and again: what other systems call a sales agent. Its runs are {@link Execution}s.
 *
 * @param by who wrote it last
 * @param request what made it, if that had a name; a repeated request finds it
 */
@Document("campaigns")
record Campaign(
    @Id String id,
    @Version Long version,
    Definition definition,
    String by,
    @Indexed Instant createdAt,
    Instant changedAt,
    @Indexed(unique = true, sparse = true) String requestKey,
    String requestHash) {

  public String name() {
    return definition.name();
  }

  Campaign changed(Definition definition, String by, Instant now) {
    return new Campaign(id, version, definition, by, createdAt, now, requestKey, requestHash);
  }
}
