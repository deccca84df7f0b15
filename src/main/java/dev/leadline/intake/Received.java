package dev.leadline.intake;

import java.time.Duration;
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
 * @param address of whom it is about, in normal form, so that what was rejected can be found when they ask for it; null
 *     when it names none
 * @param until when it is deleted; null when a lead stands behind it
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
    @Indexed String leadId,
    @Indexed(sparse = true) String address,
    @Indexed(expireAfter = "0s") Instant until) {

  /** @param keep how long, when it was rejected */
  Received judged(Verdict said, String address, Duration keep) {
    return switch (said) {
      case Verdict.New made -> judged(Verdict.Outcome.NEW, made.lead().id(), address, null);
      case Verdict.Duplicate known -> judged(Verdict.Outcome.DUPLICATE, known.of().id(), address, null);
      case Verdict.Rejected ignored -> judged(Verdict.Outcome.REJECTED, null, address, at.plus(keep));
    };
  }

  private Received judged(Verdict.Outcome verdict, String leadId, String address, Instant until) {
    return new Received(id, version, channel, at, payload, idempotencyKey, verdict, leadId, address, until);
  }
}
