package dev.leadline.mail;

import dev.leadline.mail.Touch.State;
import dev.leadline.outreach.Draft.Campaign;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Touches for tests of other packages. */
public final class TestTouches {

  private TestTouches() {}

  public static Touches in(MongoTemplate mongo, Clock clock) {
    var settings = new MailSettings(
        true, List.of("*"), Duration.ofMinutes(6),
        new MailSettings.Imap(null, 143, null, null, "INBOX", false, null, null));
    return new Touches(mongo, clock, settings, true);
  }

  /** One that went out. */
  public static Touch sent(
      MongoTemplate mongo, Clock clock, String leadId, String address, int number, String messageId) {
    return mongo.insert(new Touch(
        Touch.id(leadId, Campaign.OUTREACH, number), leadId, Campaign.OUTREACH, number,
        leadId + "-outreach-1", State.SENT, address, "hash-" + number, messageId, null, null, clock.instant(),
        "default", null));
  }
}
