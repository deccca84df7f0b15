package dev.leadline.mail;

import dev.leadline.lead.Lead;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.mail.smtp.SendingMailboxes;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/** Which mailbox writes to whom, and which of them rest. */
@Component
public class MailboxRotation {

  private final SendingMailboxes mailboxes;
  private final Touches touches;
  private final MongoTemplate mongo;
  private final Clock clock;

  MailboxRotation(SendingMailboxes mailboxes, Touches touches, MongoTemplate mongo, Clock clock) {
    this.mailboxes = mailboxes;
    this.touches = touches;
    this.mongo = mongo;
    this.clock = clock;
  }

  public List<SendingMailbox> all() {
    return mailboxes.all();
  }

  /**
   * The mailbox that writes to a lead: the one that did so last, as long as there is one; else one that does not rest,
   * the same for all of a company.
   */
  public SendingMailbox of(Lead lead) {
    if (all().size() == 1) return all().getFirst();
    return touches.sentTo(lead.id()).stream()
        .max(Comparator.comparing(Touch::sentAt))
        .flatMap(touch -> mailboxes.find(touch.mailbox()))
        .orElseGet(() -> chosen(lead));
  }

  private SendingMailbox chosen(Lead lead) {
    var awake = all().stream().filter(mailbox -> resting(mailbox.id()).isEmpty()).toList();
    var some = awake.isEmpty() ? all() : awake;
    String company = lead.company() == null ? lead.address() : lead.company().strip().toLowerCase(Locale.ROOT);
    return some.get(Math.floorMod(company.hashCode(), some.size()));
  }

  /** Why a mailbox sends nothing now; empty when it may. */
  public Optional<Resting> resting(String mailbox) {
    return last(mailbox).filter(Resting::resting);
  }

  /** When somebody last let it go on. */
  public Optional<Instant> wentOn(String mailbox) {
    return last(mailbox).filter(said -> !said.resting()).map(Resting::at);
  }

  /** From the next mail on it sends nothing; what it has to send waits. */
  public void rest(String mailbox, String because, String by) {
    mongo.save(new Resting(mailbox, true, because, by, clock.instant()));
  }

  public void goOn(String mailbox, String by) {
    mongo.save(new Resting(mailbox, false, null, by, clock.instant()));
  }

  private Optional<Resting> last(String mailbox) {
    return Optional.ofNullable(mongo.findById(mailbox, Resting.class));
  }
}
