package dev.leadline.mail;

import dev.leadline.approval.Approvals;
import dev.leadline.approval.Content;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.mail.Clearance.Cleared;
import dev.leadline.mail.Touch.State;
import dev.leadline.mail.message.Letter;
import dev.leadline.mail.message.Letters;
import dev.leadline.mail.message.Order;
import dev.leadline.mail.message.Order.Footing;
import dev.leadline.mail.message.TouchTokens;
import dev.leadline.mail.smtp.Delivery;
import dev.leadline.mail.smtp.SendingMailbox;
import dev.leadline.mail.smtp.Smtp;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Drafts;
import dev.leadline.outreach.Email;
import dev.leadline.sending.MustSay;
import dev.leadline.sending.Permits;
import dev.leadline.timeline.TimelineEntry.Actor;
import dev.leadline.trace.LeadSpan;
import io.camunda.client.exception.CamundaError;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * The one way out: a mail goes once, and only if somebody approved exactly this content.
 *
 * <p>Before the server is spoken to, the touch says SENDING. If that is found later without anybody at it, a crash or a
 * broken connection left in doubt whether the server has the mail: then the mailbox is asked, and if it cannot say, a
 * person is. There is no way to a second mail.
 */
@Component
class Outbox {

  private static final int AS_OFTEN = 3;
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private final Leads leads;
  private final Drafts drafts;
  private final Approvals approvals;
  private final Clearance clearance;
  private final Touches touches;
  private final TouchTokens tokens;
  private final Mailbox mailbox;
  private final Letters letters;
  private final Smtp smtp;
  private final SendingRecord record;
  private final Heard heard;

  Outbox(
      Leads leads,
      Drafts drafts,
      Approvals approvals,
      Clearance clearance,
      Touches touches,
      TouchTokens tokens,
      Mailbox mailbox,
      Letters letters,
      Smtp smtp,
      SendingRecord record,
      Heard heard) {
    this.leads = leads;
    this.drafts = drafts;
    this.approvals = approvals;
    this.clearance = clearance;
    this.touches = touches;
    this.tokens = tokens;
    this.mailbox = mailbox;
    this.letters = letters;
    this.smtp = smtp;
    this.record = record;
    this.heard = heard;
  }

  /** Returns when the mail server has it, now or since an earlier call; gives its Message-ID. */
  String send(String leadId, String draftId, int number) {
    Lead lead = leads.get(leadId);
    Draft draft = drafts.get(draftId);
    if (!draft.leadId().equals(leadId)) {
      throw new IllegalStateException("Draft " + draftId + " is not for lead " + leadId);
    }
    Email email = draft.email(number);
    Content content = approvals.content(lead, draft, email);
    Touch touch = certain(touches.prepare(content, draftId, lead.address(), token(content)));
    if (touch.state() != State.SENT) {
      Cleared cleared = clearance.require(lead, draft, content, touch.id());
      touch = handOver(
          touch, lead, draft, cleared.from(), order(touch, cleared, content, email), content.hash());
    }
    record.sent(touch, lead, email, touch.contentHash().equals(content.hash()));
    clearance.used(touch.id());
    return touch.messageId();
  }

  private Touch certain(Touch touch) {
    if (touch.state() != State.SENDING) return touch;
    Touch mine = touches.takeOver(touch).orElseThrow(() -> busy(touch));
    try {
      if (!mailbox.configured()) {
        throw new IllegalStateException(
            "It cannot be told whether the mail server has the e-mail of touch %s, because no mailbox can be asked"
                .formatted(touch.id())
                + " (leadline.mail.imap.host). Look there yourself and POST what you found to "
                + SettlementApi.PATH
                + ", then retry");
      }
      return mailbox.has(mine.messageId()) ? touches.sent(mine) : touches.notSent(mine, State.PREPARED);
    } catch (RuntimeException e) {
      touches.letGo(mine);
      throw e;
    }
  }

  private String token(Content content) {
    return tokens.of(Touch.id(content.leadId(), content.campaign(), content.number()));
  }

  private Order order(Touch touch, Cleared cleared, Content content, Email email) {
    boolean answer = touch.campaign().isAwaited();
    SendingMailbox from = cleared.from();
    return new Order(
        touch.id(), token(content), Letters.messageId(content.hash(), from.email()), from.from(), content.recipient(),
        email, thread(touch), answer && cleared.approval().actor() != Actor.PERSON,
        footing(cleared.mustSay(), touch.leadId()));
  }

  /** Where their address is from is said once, in the first mail (Art. 14 GDPR). */
  private Footing footing(MustSay mustSay, String leadId) {
    boolean first = mustSay.source() != null && touches.sentTo(leadId).isEmpty();
    return new Footing(mustSay.aiDisclosure(), mustSay.postalAddress(), first ? mustSay.source() : null);
  }

  private Touch handOver(Touch touch, Lead lead, Draft draft, SendingMailbox from, Order order, String contentHash) {
    Letter letter = letters.write(order);
    Touch mine = touches.claim(touch, draft.id(), lead.address(), contentHash, order.messageId(), from.id())
        .orElseThrow(() -> busy(touch));
    return switch (send(letter, from, order.messageId())) {
      case Delivery.Accepted() -> touches.sent(mine);
      case Delivery.Deferred deferred -> {
        touches.notSent(mine, State.PREPARED);
        throw clearance.deferred(mine.id(), deferred);
      }
      case Delivery.Withheld() -> {
        touches.notSent(mine, State.PREPARED);
        throw Permits.stopped();
      }
      case Delivery.Refused refused -> {
        touches.notSent(mine, State.REFUSED);
        throw record.refused(mine, lead, refused);
      }
      case Delivery.InDoubt doubt -> {
        touches.letGo(mine);
        throw new IllegalStateException(
            "The connection broke before the mail server confirmed; the next attempt asks the mailbox first",
            doubt.cause());
      }
    };
  }

  private Delivery send(Letter letter, SendingMailbox from, String messageId) {
    return LeadSpan.current().request("send mail").with("messaging.message.id", messageId).around(span -> {
      Delivery delivery = smtp.send(from.id(), letter, clearance::stillGoes);
      if (!(delivery instanceof Delivery.Accepted)) span.failed(delivery.getClass().getSimpleName());
      return delivery;
    });
  }

  /** Message-IDs of the mails in whose thread it belongs: its own campaign's; for what goes on a conversation all,
   * theirs too. */
  private List<String> thread(Touch touch) {
    boolean begins = !touch.campaign().goesOn();
    if (begins && touch.number() == 1) return List.of();
    var ours = touches.sentTo(touch.leadId()).stream()
        .filter(sent -> !begins || sent.campaign() == touch.campaign())
        .map(sent -> new Heard.Letter(sent.messageId(), sent.sentAt()));
    var theirs = begins ? Stream.<Heard.Letter>of() : heard.from(touch.leadId()).stream();
    return Stream.concat(ours, theirs).sorted(Comparator.comparing(Heard.Letter::at)).map(Heard.Letter::messageId).toList();
  }

  /** Somebody else is at it: waiting for them is no failure and costs no retry. */
  private RuntimeException busy(Touch touch) {
    Duration left = touch.heldUntil() == null ? LOOK_AGAIN : touches.waitFor(touch);
    return CamundaError.jobError(
        "Another worker is sending this e-mail", null, AS_OFTEN, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
  }
}
