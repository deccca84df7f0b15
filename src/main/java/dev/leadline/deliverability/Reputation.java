package dev.leadline.deliverability;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.deliverability.Returned.Kind;
import dev.leadline.mail.CalledSpam;
import dev.leadline.mail.CameBack;
import dev.leadline.mail.MailboxRotation;
import dev.leadline.mail.Touch;
import dev.leadline.mail.Touches;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/**
 * What receivers think of our mailboxes, by what came back in the last seven days; at a limit a mailbox rests.
 *
 * <p>It counts anew from the moment somebody lets a mailbox go on.
 */
@Component
public class Reputation {

  private static final Duration WINDOW = Duration.ofDays(7);

  private final MongoTemplate mongo;
  private final Touches touches;
  private final MailboxRotation rotation;
  private final Rests rests;
  private final ReputationLimits limits;
  private final Clock clock;

  Reputation(MongoTemplate mongo, Touches touches, MailboxRotation rotation, Rests rests, ReputationLimits limits, Clock clock) {
    this.mongo = mongo;
    this.touches = touches;
    this.rotation = rotation;
    this.rests = rests;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * How a mailbox stands.
   *
   * @param sent mails that servers took or sent back
   * @param since from when on it counts
   */
  public record Standing(String mailbox, long sent, long bounced, long complained, Instant since) {

    public double bounceRate() {
      return sent == 0 ? 0 : (double) bounced / sent;
    }

    public double complaintRate() {
      return sent == 0 ? 0 : (double) complained / sent;
    }
  }

  /**
   * A mail came back for good, because its recipient does not exist or their server takes none from us; not for a
   * mailbox that is only full or away.
   */
  public void bounced(Touch touch) {
    returned(touch, Kind.BOUNCE);
  }

  /** Somebody called a mail spam (RFC 5965). */
  public void complained(Touch touch) {
    returned(touch, Kind.COMPLAINT);
  }

  @EventListener
  void cameBack(CameBack event) {
    bounced(event.touch());
  }

  @EventListener
  void calledSpam(CalledSpam event) {
    complained(event.touch());
  }

  private void returned(Touch touch, Kind kind) {
    if (touch.mailbox() == null) return;
    String id = touch.id() + "/" + kind.name().toLowerCase(Locale.ROOT);
    try {
      mongo.insert(new Returned(id, touch.leadId(), touch.mailbox(), kind, clock.instant()));
    } catch (DuplicateKeyException known) {
      return;
    }
    judge(touch.mailbox());
  }

  private void judge(String mailbox) {
    if (rotation.resting(mailbox).isPresent()) return;
    Standing standing = of(mailbox);
    String why = limits.broken(standing);
    if (why == null) return;
    rests.begin(mailbox, why);
  }

  public Standing of(String mailbox) {
    Instant window = clock.instant().minus(WINDOW);
    Instant since = rests.lastEnd(mailbox).filter(window::isBefore).orElse(window);
    long bounced = count(mailbox, Kind.BOUNCE, since);
    long refused = touches.refusedSince(mailbox, since);
    return new Standing(
        mailbox, touches.sentSince(mailbox, since) + refused, bounced, count(mailbox, Kind.COMPLAINT, since), since);
  }

  private long count(String mailbox, Kind kind, Instant since) {
    return mongo.count(query(where("mailbox").is(mailbox).and("kind").is(kind).and("at").gte(since)), Returned.class);
  }
}
