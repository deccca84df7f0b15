package dev.leadline.replies;

import dev.leadline.deliverability.Reputation;
import dev.leadline.mail.Touch;
import dev.leadline.replies.MachineMail.Failure;
import dev.leadline.replies.MachineMail.Said;
import dev.leadline.suppression.Suppress;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
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
  private final Suppress suppress;
  private final Reputation reputation;
  private final ReplySettings settings;
  private final Timeline timeline;

  ReportedMail(
      Bounces bounces, Suppress suppress, Reputation reputation, ReplySettings settings, Timeline timeline) {
    this.bounces = bounces;
    this.suppress = suppress;
    this.reputation = reputation;
    this.settings = settings;
    this.timeline = timeline;
  }

  void bounced(Incoming mail, Touch touch, Said.Bounced bounced) {
    bounces.save(new Bounce(
        mail.id(), touch.id(), touch.leadId(), touch.address(), bounced.failure(), bounced.status(),
        mail.receivedAt()));
    // What may pass says nothing about us.
    if (bounced.failure() != Failure.SOFT) reputation.bounced(touch);
    boolean gone = bounced.failure() == Failure.HARD || isUsedUp(touch);
    if (gone) suppress.address(touch.address(), Reason.BOUNCED, "mail server");
    record(mail, touch, words(touch, bounced.failure(), gone), "mail server",
        "Status " + bounced.status() + (bounced.diagnosis().isEmpty() ? "" : ": " + bounced.diagnosis()));
  }

  /** What may pass has not passed, mail after mail. */
  private boolean isUsedUp(Touch touch) {
    return bounces.findByLeadId(touch.leadId()).stream()
        .filter(before -> before.failure() == Failure.SOFT && before.address().equals(touch.address()))
        .map(Bounce::touchId).distinct().count() >= settings.softBounces();
  }

  private static String words(Touch touch, Failure failure, boolean gone) {
    return "E-mail %d did not arrive".formatted(touch.number()) + switch (failure) {
      case HARD -> ": there is no such mailbox";
      case SOFT -> gone ? ", and not for the first time: no more mail there" : " yet: their server takes none now";
      case OURS -> ": their server takes no mail from us";
    };
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
