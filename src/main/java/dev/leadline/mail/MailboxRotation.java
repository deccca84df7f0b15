package dev.leadline.mail;

import dev.leadline.lead.Lead;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.mail.smtp.SendingMailboxes;
import dev.leadline.sending.Hold;
import dev.leadline.sending.Holds;
import dev.leadline.sending.OurMailboxes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which mailbox writes to whom, and which of them rest. */
@Component
public class MailboxRotation implements OurMailboxes {

  private final SendingMailboxes mailboxes;
  private final Touches touches;
  private final Holds holds;

  MailboxRotation(SendingMailboxes mailboxes, Touches touches, Holds holds) {
    this.mailboxes = mailboxes;
    this.touches = touches;
    this.holds = holds;
  }

  @Override
  public List<One> all() {
    return mailboxes.all().stream().map(mailbox -> new One(mailbox.id(), mailbox.email(), mailbox.since())).toList();
  }

  @Override
  public boolean haveServersOfTheirOwn() {
    return mailboxes.haveServersOfTheirOwn();
  }

  /** The one that wrote to them last, as long as there is one; else one that does not rest, the same for all of a company. */
  @Override
  public String of(Lead lead) {
    var all = mailboxes.all();
    if (all.size() == 1) return all.getFirst().id();
    return touches.sentTo(lead.id()).stream()
        .max(Comparator.comparing(Touch::sentAt))
        .flatMap(touch -> mailboxes.find(touch.mailbox()))
        .orElseGet(() -> chosen(lead, all)).id();
  }

  private SendingMailbox chosen(Lead lead, List<SendingMailbox> all) {
    var awake = all.stream().filter(mailbox -> resting(mailbox.id()).isEmpty()).toList();
    var some = awake.isEmpty() ? all : awake;
    String company = lead.company() == null ? lead.address() : lead.company().strip().toLowerCase(Locale.ROOT);
    return some.get(Math.floorMod(company.hashCode(), some.size()));
  }

  /** Why a mailbox sends nothing now; empty when it may. */
  public Optional<Hold> resting(String mailbox) {
    return holds.of(Hold.mailbox(mailbox));
  }

  /** From the next mail on it sends nothing; what it has to send waits. */
  public void rest(String mailbox, String because, String by) {
    holds.hold(Hold.mailbox(mailbox), null, because, by);
  }

  public void goOn(String mailbox, String by) {
    holds.release(Hold.mailbox(mailbox), by);
  }
}
