package dev.leadline.sending;

import dev.leadline.Memory;
import dev.leadline.lead.Attributions;
import dev.leadline.lead.Leads;
import dev.leadline.sending.QueuedTouch.State;
import dev.leadline.timeline.Timeline;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.data.mongodb.core.MongoOperations;

/** Turns without an application around them. */
public final class TestSending {

  private static final MustSay ALL = new MustSay(true, true, null);

  private TestSending() {}

  /** Permits where nobody has to wait; holds and the panic switch count. */
  public static Permits everybodyHasATurn(
      MongoOperations mongo, Leads leads, OurMailboxes ours, MustSay mustSay, Timeline timeline, Clock clock) {
    var queue = new Queue(mongo, new Alarm(clock), clock);
    var settings = settings(false);
    return new Permits(
        queue, holds(mongo, queue, leads, timeline, clock), new MailboxLoads(mongo, null, ours, settings, clock), settings, clock) {
      @Override
      public Permit require(String touch, String leadId, String address) {
        Instant now = clock.instant();
        queue.callAtOnce(
            new QueuedTouch(
                touch, leadId, "draft", 1, Kind.INTRO, ours.of(leads.get(leadId)), null, State.CALLED, now, now, now, null,
                0, null, null, false, null),
            now.plus(Duration.ofDays(1)), mustSay);
        return super.require(touch, leadId, address);
      }
    };
  }

  /** As they are when nobody sets any, but for a sender in London. */
  static SendingSettings settings(boolean sandbox) {
    return new SendingSettings(
        sandbox, ZoneId.of("Europe/London"), null, Duration.ofMinutes(5), 500,
        Stream.of(1, 5, 15, 60).map(Duration::ofMinutes).toList(), Duration.ofHours(24));
  }

  public static Contacts contacts(MongoOperations mongo, Clock clock) {
    return new Contacts(mongo, clock);
  }

  public static void mailed(Contacts contacts, String company, String touch, String address, Clock clock) {
    contacts.note(
        Contacts.company(company), new Contacts.Mail(touch, address, clock.instant()), mails -> Optional.empty());
  }

  public static Holds holds(MongoOperations mongo, Leads leads, Timeline timeline, Clock clock) {
    return holds(mongo, new Queue(mongo, new Alarm(clock), clock), leads, timeline, clock);
  }

  private static Holds holds(MongoOperations mongo, Queue queue, Leads leads, Timeline timeline, Clock clock) {
    return new Holds(mongo, queue, leads, Memory.of(Attributions.class), timeline, event -> {}, clock);
  }

  /** As if a mail had asked and need not wait. */
  public static void turn(MongoOperations mongo, Clock clock, String touch, String leadId) {
    Instant now = clock.instant();
    new Queue(mongo, new Alarm(clock), clock).callAtOnce(
        new QueuedTouch(
            touch, leadId, "draft", 1, Kind.INTRO, "default", null, State.CALLED, now, now, now, null, 0, null, null, false, null),
        now.plus(Duration.ofDays(1)), ALL);
  }

  /** Stops everything, or lets it go on. */
  public static PanicSwitch panicSwitch(MongoOperations mongo, Leads leads, Timeline timeline, Clock clock) {
    var queue = new Queue(mongo, new Alarm(clock), clock);
    return new PanicSwitch(mongo, holds(mongo, queue, leads, timeline, clock), queue, clock);
  }
}
