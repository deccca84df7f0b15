package dev.leadline.intake;

import java.time.Instant;
import org.springframework.data.mongodb.core.MongoOperations;

/** Arrivals without an application around them. */
public final class TestArrivals {

  private TestArrivals() {}

  public static Arrivals in(MongoOperations mongo) {
    return new Arrivals(mongo);
  }

  /** Somebody wrote to us. */
  public static void byForm(MongoOperations mongo, String leadId) {
    mongo.save(new Received(leadId, null, Channel.FORM, Instant.EPOCH, "{}", null, Verdict.Outcome.NEW, leadId, null, null));
  }
}
