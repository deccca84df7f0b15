package dev.leadline.replies;

import dev.leadline.contact.MailboxKind;
import dev.leadline.contact.Mailboxes;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Leads;
import dev.leadline.mail.Touch;
import dev.leadline.mail.Touches;
import dev.leadline.mail.message.TouchTokens;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.replies.Incoming.Match.By;
import dev.leadline.sending.Contacts;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Whose a mail is, by the surest sign it has. */
@Component
class Matching {

  /** Whose domain says nothing about their company. */
  private static final Set<MailboxKind> EVERYBODYS = EnumSet.of(MailboxKind.PRIVATE, MailboxKind.DISPOSABLE);

  private final Touches touches;
  private final Leads leads;
  private final Mailboxes mailboxes;
  private final Contacts contacts;

  Matching(Touches touches, Leads leads, Mailboxes mailboxes, Contacts contacts) {
    this.touches = touches;
    this.leads = leads;
    this.mailboxes = mailboxes;
    this.contacts = contacts;
  }

  Optional<Match> of(ReceivedMail mail) {
    var sender = EmailAddress.of(mail.from());
    return touch(mail.answers()).map(touch -> new Match(touch.leadId(), touch.id(), By.HEADERS))
        .or(() -> token(mail).map(touch -> new Match(touch.leadId(), touch.id(), By.TOKEN)))
        .or(() -> sender.flatMap(this::lead))
        .or(() -> sender.flatMap(this::colleague));
  }

  /** The mail of ours that a machine speaks of; only its Message-ID or its token prove that it has it. */
  Optional<Touch> reported(ReceivedMail mail) {
    return touch(mail.subjects()).or(() -> token(mail));
  }

  private Optional<Touch> touch(List<String> messageIds) {
    return touches.ofMessage(messageIds);
  }

  private Optional<Touch> token(ReceivedMail mail) {
    return mail.recipients().stream().flatMap(address -> TouchTokens.in(address).stream())
        .flatMap(token -> touches.ofToken(token).stream()).findFirst();
  }

  private Optional<Match> lead(EmailAddress sender) {
    return leads.findByAddress(sender.normal()).map(lead -> new Match(lead.id(), null, By.ADDRESS));
  }

  /** Of whom we wrote to at the sender's company, the last; a person has to say whether the mail is theirs. */
  private Optional<Match> colleague(EmailAddress sender) {
    if (EVERYBODYS.contains(mailboxes.kindOf(sender))) return Optional.empty();
    return contacts.lastAt(Mailboxes.domainOf(sender)).flatMap(leads::findById)
        .map(lead -> new Match(lead.id(), null, By.COMPANY));
  }
}
