package dev.leadline.sending;

import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.outreach.Drafts;
import dev.leadline.sending.AskToSend.Clearance;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Where a mail asks for its turn: at once, in the queue, or never. */
@Component
class Line {

  static final String STOPPED = "All sending is stopped";
  private static final String CLOSED = "They are closed: nothing is sent but answers to them and what is about a meeting";
  private static final String STEP = "ask-to-send";
  private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);

  private final Leads leads;
  private final Drafts drafts;
  private final Recipients recipients;
  private final Turns turns;
  private final MailboxLoads loads;
  private final OurMailboxes ours;
  private final Queue queue;
  private final SendingSettings settings;
  private final Timeline timeline;
  private final Clock clock;

  Line(
      Leads leads, Drafts drafts, Recipients recipients, Turns turns, MailboxLoads loads, OurMailboxes ours,
      Queue queue, SendingSettings settings, Timeline timeline, Clock clock) {
    this.leads = leads;
    this.drafts = drafts;
    this.recipients = recipients;
    this.turns = turns;
    this.loads = loads;
    this.ours = ours;
    this.queue = queue;
    this.settings = settings;
    this.timeline = timeline;
    this.clock = clock;
  }

  Clearance ask(String leadId, String draftId, int number) {
    Lead lead = leads.get(leadId);
    var campaign = drafts.get(draftId).campaign();
    String id = campaign.touch(leadId, number);
    var touch = new Asked(
        id, lead, draftId, number, Kind.of(campaign, number), ours.of(lead), recipients.of(lead),
        queue.find(id).map(QueuedTouch::deferral).orElse(null));
    // Whoever closed them ended all that we began, whether or not its journey heard of it.
    if (lead.stage() == Lead.Stage.CLOSED && !campaign.isAwaited()) return refuse(touch, "closed", CLOSED, Actor.SYSTEM, "lead");
    return switch (turns.look(touch.id(), touch.kind(), touch.recipient(), touch.mailbox(), touch.deferral())) {
      case Turn.Never never -> refuse(touch, "not-allowed", never.because(), Actor.TABLE, Policies.CONTACT);
      case Turn.Stopped stopped -> wait(touch, stopped.policy(), clock.instant(), STOPPED);
      case Turn.Later later -> wait(touch, later.policy(), later.notBefore(), later.because());
      case Turn.Now now -> takeTurn(touch, now);
    };
  }

  private record Asked(
      String id, Lead lead, String draftId, int number, Kind kind, String mailbox, Recipient recipient,
      Deferral deferral) {

    QueuedTouch queued(Instant now, SendPolicy policy) {
      return new QueuedTouch(
          id, lead.id(), draftId, number, kind, mailbox, recipient.company(), null, now, now.plus(policy.patience()), now,
          null, 0, null, null, false, deferral);
    }
  }

  private Clearance takeTurn(Asked touch, Turn.Now now) {
    var wait = turns.note(touch.id(), touch.recipient(), now.policy());
    if (wait.isPresent()) return wait(touch, now.policy(), wait.get().until(), wait.get().because());
    var full = loads.takeUnlessInLine(touch.mailbox());
    if (full.isPresent()) {
      turns.forget(touch.id(), touch.recipient());
      return wait(touch, now.policy(), clock.instant(), "The mailbox has sent what it may for now");
    }
    Instant at = clock.instant();
    queue.callAtOnce(touch.queued(at, now.policy()), until(settings, at, now), now.mustSay());
    return new Clearance(touch.id(), "now", null, null);
  }

  /** Not later than its hours end. */
  static Instant until(SendingSettings settings, Instant at, Turn.Now now) {
    Instant until = at.plus(settings.permit());
    return until.isBefore(now.until()) ? until : now.until();
  }

  private Clearance wait(Asked touch, SendPolicy policy, Instant notBefore, String because) {
    queue.wait(touch.queued(clock.instant(), policy), notBefore, because);
    if (touch.deferral() != null && because.equals(touch.deferral().because())) sayThatItIsTriedAgain(touch);
    else sayThatItWaits(touch, notBefore, because);
    return new Clearance(touch.id(), "queued", because, null);
  }

  /** Once, however often it takes. */
  private void sayThatItIsTriedAgain(Asked touch) {
    timeline.record(
        touch.id() + ":deferred:" + touch.deferral().since().toEpochMilli(), touch.lead().id(), STEP, Actor.SYSTEM, "mail",
        "E-mail %d is tried again: the mail server did not take it for now".formatted(touch.number()),
        List.of(touch.deferral().because()));
  }

  private void sayThatItWaits(Asked touch, Instant notBefore, String because) {
    boolean later = notBefore.isAfter(clock.instant());
    timeline.record(
        touch.id() + ":waits:" + notBefore.getEpochSecond() / 60 + because.hashCode(), touch.lead().id(), STEP, Actor.TABLE,
        Policies.SEND,
        later
            ? "E-mail %d waits until %s".formatted(touch.number(), inWords(notBefore, touch.recipient().zone()))
            : "E-mail %d waits for its turn".formatted(touch.number()),
        List.of(because));
  }

  private Clearance refuse(Asked touch, String outcome, String because, Actor actor, String by) {
    queue.remove(touch.id());
    timeline.record(
        touch.id() + ":never", touch.lead().id(), STEP, actor, by,
        "E-mail %d will not be sent".formatted(touch.number()), List.of(because));
    return new Clearance(touch.id(), "never", because, outcome);
  }

  static String inWords(Instant time, ZoneId zone) {
    return MOMENT.format(time.atZone(zone)) + " (" + zone.getId() + ")";
  }
}
