package dev.leadline.intake;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * What came in through the gate, exactly as it came, stored before anything parses it.
 *
 * @param id also the id of the lead that is made of it
 * @param idempotencyKey what the sender calls this request; null when it has no name
 * @param verdict null until the gate has spoken
 * @param leadId the new lead or the one that is duplicated
 */
@Document("intakes")
record Received(
    @Id String id,
    @Version Long version,
    Channel channel,
    Instant at,
    String payload,
    @Indexed(unique = true, sparse = true) String idempotencyKey,
    @Indexed Verdict.Outcome verdict,
    String leadId) {

  Received judged(Verdict said) {
    return switch (said) {
      case Verdict.New made -> judged(Verdict.Outcome.NEW, made.lead().id());
      case Verdict.Duplicate known -> judged(Verdict.Outcome.DUPLICATE, known.of().id());
      case Verdict.Rejected ignored -> judged(Verdict.Outcome.REJECTED, null);
    };
  }

  private Received judged(Verdict.Outcome verdict, String leadId) {
    return new Received(id, version, channel, at, payload, idempotencyKey, verdict, leadId);
  }
}
