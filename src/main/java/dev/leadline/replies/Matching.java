package dev.leadline.replies;

import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.mail.Touch;
import dev.leadline.mail.Touches;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.replies.Incoming.Match.By;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whose a mail is, by the surest sign it has. */
@Component
class Matching {

  private final Touches touches;
  private final Leads leads;

  Matching(Touches touches, Leads leads) {
    this.touches = touches;
    this.leads = leads;
  }

  Optional<Match> of(ReceivedMail mail) {
    return touch(mail.answers()).map(touch -> new Match(touch.leadId(), touch.id(), By.HEADERS))
        .or(() -> sender(mail));
  }

  /** The mail of ours that a machine speaks of; only its Message-ID proves that it has it. */
  Optional<Touch> touch(List<String> messageIds) {
    return touches.ofMessage(messageIds);
  }

  private Optional<Match> sender(ReceivedMail mail) {
    return EmailAddress.of(mail.from()).flatMap(address -> leads.findByAddress(address.normal()))
        .map(lead -> new Match(lead.id(), null, By.ADDRESS));
  }
}
