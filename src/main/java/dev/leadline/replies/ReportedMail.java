package dev.leadline.replies;

import dev.leadline.deliverability.Reputation;
import dev.leadline.lead.LastAnswer;
import dev.leadline.lead.LastAnswers;
import dev.leadline.mail.Touch;
import dev.leadline.replies.MachineMail.Failure;
import dev.leadline.replies.MachineMail.Said;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * What follows when a server or a provider reports on a mail of ours: they name its Message-ID, which nobody knows who
 * did not get it.
 */
@Component
class ReportedMail {

  private static final String STEP = "receive-mail";

  private final Bounces bounces;
  private final LastAnswers answers;
  private final Suppress suppress;
  private final Reputation reputation;
  private final ReplySettings settings;
  private final Timeline timeline;

  ReportedMail(
      Bounces bounces, LastAnswers answers, Suppress suppress, Reputation reputation, ReplySettings settings, Timeline timeline) {
    this.bounces = bounces;
    this.answers = answers;
    this.suppress = suppress;
    this.reputation = reputation;
    this.settings = settings;
    this.timeline = timeline;
  }

  void bounced(Incoming mail, Touch touch, Said.Bounced bounced) {
    if (bounced.failure() == Failure.DELAYED) {
      record(mail, touch, words(touch, bounced.failure(), false), "mail server", status(bounced));
      return;
    }
    bounces.save(new Bounce(
        mail.id(), touch.id(), touch.leadId(), touch.address(), bounced.failure(), bounced.status(),
        mail.receivedAt()));
    // What may pass says nothing about us.
    if (bounced.failure() != Failure.SOFT) reputation.bounced(touch);
    boolean gone = bounced.failure() == Failure.HARD || isUsedUp(touch, mail.receivedAt());
    if (gone) suppress.address(touch.address(), Reason.BOUNCED, "mail server");
    record(mail, touch, words(touch, bounced.failure(), gone), "mail server", status(bounced));
  }

  private static String status(Said.Bounced bounced) {
    return "Status " + bounced.status() + (bounced.diagnosis().isEmpty() ? "" : ": " + bounced.diagnosis());
  }

  /** What may pass has not passed, mail after mail; whoever wrote to us meanwhile has a mailbox. */
  private boolean isUsedUp(Touch touch, Instant at) {
    Instant period = at.minus(settings.softBouncePeriod());
    Instant since = answers.findById(touch.leadId()).map(LastAnswer::at).filter(period::isBefore).orElse(period);
    return bounces.findByLeadId(touch.leadId()).stream()
        .filter(before -> before.failure() == Failure.SOFT && before.address().equals(touch.address()))
        .filter(before -> before.at().isAfter(since))
        .map(Bounce::touchId).distinct().count() >= settings.softBounces();
  }

  private static String words(Touch touch, Failure failure, boolean gone) {
    return "E-mail %d %s".formatted(touch.number(), switch (failure) {
      case HARD -> "did not arrive: there is no such mailbox";
      case SOFT -> gone
          ? "did not arrive, and not for the first time: no more mail there"
          : "did not arrive: their server took none as long as ours tried";
      case OURS -> "did not arrive: their server takes no mail from us";
      case DELAYED -> "has not arrived yet: their server takes none now, ours goes on trying";
    });
  }

  void complained(Incoming mail, Touch touch, Said.Complained complaint) {
    switch (complaint.type()) {
      case "not-spam" -> record(mail, touch, "They said that our mail is no spam", "feedback loop", "");
      case "opt-out" -> {
        suppress.address(touch.address(), Reason.UNSUBSCRIBED, "feedback loop");
        record(mail, touch, "They unsubscribed by their mail program", "feedback loop", "");
      }
      default -> {
        suppress.address(touch.address(), Reason.COMPLAINED, "feedback loop");
        reputation.complained(touch);
        record(mail, touch, "They called our mail spam", "feedback loop", "Kind: " + complaint.type());
      }
    }
  }

  private void record(Incoming mail, Touch touch, String words, String by, String detail) {
    timeline.record(
        mail.id() + ":received", touch.leadId(), STEP, Actor.SYSTEM, by, words,
        detail.isEmpty() ? List.of() : List.of(detail));
  }
}
