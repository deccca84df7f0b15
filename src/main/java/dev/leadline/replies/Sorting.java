package dev.leadline.replies;

import dev.leadline.lead.Lead;
import dev.leadline.replies.Incoming.Kind;
import dev.leadline.replies.Incoming.Match;
import dev.leadline.replies.Incoming.Match.By;
import dev.leadline.replies.Incoming.Sorted;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * What a person says of a mail that matches nobody: whose it is, and then it goes the way of any answer, or that it is
 * nobody's.
 *
 * <p>It is written down in one change of the mail, so of two who say something else at the same time one is told, and
 * what follows is done to its end also after a crash.
 */
@Component
class Sorting {

  private final IncomingMails mails;
  private final Mailroom mailroom;
  private final Clock clock;

  Sorting(IncomingMails mails, Mailroom mailroom, Clock clock) {
    this.mails = mails;
    this.mailroom = mailroom;
    this.clock = clock;
  }

  /** What came of it. */
  enum Outcome {
    DONE,
    /** Said, and what follows from it is done as soon as everything is there again. */
    SOON,
    /** It is known whose it is, or it says nothing that could be anybody's. */
    REFUSED
  }

  Outcome belongsTo(Incoming mail, Lead lead, String person) {
    var match = new Match(lead.id(), null, By.PERSON);
    Kind kind = mail.kind() == Kind.AUTO_REPLY ? Kind.AUTO_REPLY : Kind.PERSON;
    if (mails.claim(mail.id(), lead.id(), match, by(person), kind) == 0) return Outcome.REFUSED;
    return mailroom.again(mail.id()) ? Outcome.DONE : Outcome.SOON;
  }

  Outcome isNobodys(Incoming mail, String person) {
    return mails.nobodys(mail.id(), by(person)) == 0 ? Outcome.REFUSED : Outcome.DONE;
  }

  private Sorted by(String person) {
    return new Sorted(person, clock.instant());
  }
}
