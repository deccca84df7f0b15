package dev.leadline.sending;

import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.sending.OurMailboxes.One;
import dev.leadline.suppression.Suppressed;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Gives waiting mails their turn: the first in line first, as fast as each of our mailboxes may send.
 *
 * <p>It sleeps until the next moment at which something may go. Every application has one; what they give out is
 * claimed in the database, so together they give out no more than one alone. A turn is stored before its journey is
 * told, and told again if that was interrupted.
 */
@Component
class Dispatcher {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);
  private static final int BATCH = 100;
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final Duration KEPT = Duration.ofDays(1);

  private final Queue queue;
  private final Alarm alarm;
  private final Turns turns;
  private final Holds holds;
  private final MailboxLoads loads;
  private final OurMailboxes ours;
  private final Leads leads;
  private final Recipients recipients;
  private final Suppressed suppressed;
  private final LastAnswers answers;
  private final TouchCalls calls;
  private final SendingSettings settings;
  private final Clock clock;
  /** Kinds of trouble with one mail that the log has. */
  private final Set<String> kinds = ConcurrentHashMap.newKeySet();
  private volatile Thread thread;

  Dispatcher(
      Queue queue, Alarm alarm, Turns turns, Holds holds, MailboxLoads loads, OurMailboxes ours, Leads leads,
      Recipients recipients, Suppressed suppressed, LastAnswers answers, TouchCalls calls, SendingSettings settings, Clock clock) {
    this.queue = queue;
    this.alarm = alarm;
    this.turns = turns;
    this.holds = holds;
    this.loads = loads;
    this.ours = ours;
    this.leads = leads;
    this.recipients = recipients;
    this.suppressed = suppressed;
    this.answers = answers;
    this.calls = calls;
    this.settings = settings;
    this.clock = clock;
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE)
  void start() {
    thread = Thread.ofVirtual().name("dispatcher").start(this::run);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    if (thread == null) return;
    thread.interrupt();
    thread.join(Duration.ofSeconds(5));
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          round();
        } catch (RuntimeException e) {
          if (Thread.currentThread().isInterrupted()) return;
          log.warn("Waiting mails are looked at later, not now: {}", e.getClass().getSimpleName());
          alarm.ring(clock.instant().plus(AFTER_TROUBLE));
        }
        alarm.sleep();
      }
    } catch (InterruptedException theEnd) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives out all turns that there are now, and sets the alarm for the next. */
  void round() {
    tellAgain();
    queue.forgetCalledBefore(clock.instant().minus(KEPT));
    var full = new HashMap<String, Instant>();
    while (holds.of(Hold.EVERYBODY).isEmpty()) {
      if (queue.called() >= settings.atOnce()) {
        alarm.waitForPlace();
        return;
      }
      var due = queue.due(BATCH, full.keySet());
      if (due.isEmpty()) {
        ours.all().stream().map(One::id).filter(mailbox -> !full.containsKey(mailbox)).forEach(loads::lineIsOver);
        full.values().forEach(alarm::ring);
        queue.next().ifPresent(alarm::ring);
        return;
      }
      giveOut(due, full);
    }
  }

  /** @param full mailboxes that have sent what they may, and when they may again; adds to it */
  private void giveOut(List<QueuedTouch> due, Map<String, Instant> full) {
    var told = new ConcurrentLinkedQueue<String>();
    var telling = new ArrayList<CompletableFuture<?>>();
    for (QueuedTouch touch : due) {
      if (full.containsKey(touch.mailbox())) continue;
      try {
        giveTurn(touch, full, call -> telling.add(tell(call, told)));
      } catch (RuntimeException e) {
        putOff(touch, e);
      }
    }
    CompletableFuture.allOf(telling.toArray(CompletableFuture[]::new)).exceptionally(later -> null).join();
    if (!told.isEmpty()) queue.told(List.copyOf(told));
  }

  private void giveTurn(QueuedTouch touch, Map<String, Instant> full, Consumer<QueuedTouch> tell) {
    var lead = leads.findById(touch.leadId());
    // Its journey asks the way out once more, without a turn, and ends by the answer.
    if (lead.isEmpty() || over(touch, lead.get())) {
      queue.call(touch, clock.instant(), null).ifPresent(tell);
      return;
    }
    String mailbox = ours.of(lead.get());
    if (!mailbox.equals(touch.mailbox())) {
      queue.move(touch, mailbox);
      return;
    }
    var recipient = recipients.of(lead.get());
    switch (turns.look(touch.id(), touch.kind(), recipient, mailbox, touch.deferral())) {
      case Turn.Later later -> queue.putOff(touch, later.notBefore(), later.because());
      case Turn.Stopped stopped -> {}
      case Turn.Never never -> queue.call(touch, clock.instant(), null).ifPresent(tell);
      case Turn.Now now -> {
        var wait = turns.note(touch.id(), recipient, now.policy());
        if (wait.isPresent()) {
          queue.putOff(touch, wait.get().until(), wait.get().because());
          return;
        }
        var free = loads.take(mailbox);
        if (free.isPresent()) {
          turns.forget(touch.id(), recipient);
          full.put(mailbox, free.get());
          return;
        }
        queue.call(touch, Line.until(settings, clock.instant(), now), now.mustSay()).ifPresent(tell);
      }
    }
  }

  /** What cannot be looked at keeps nobody else waiting. If nothing can be written down either, the round is over. */
  private void putOff(QueuedTouch touch, RuntimeException e) {
    String kind = e.getClass().getSimpleName();
    String because = e instanceof UnusableTable ? e.getMessage() : "It could not be looked at: " + kind;
    if (kinds.add(kind)) log.warn("A waiting mail is put off, and others like it, which is said only here: {}", because);
    queue.putOff(touch, clock.instant().plus(LOOK_AGAIN), because);
  }

  private boolean over(QueuedTouch touch, Lead lead) {
    if (suppressed.lead(lead).isPresent()) return true;
    if (touch.kind() == Kind.REPLY) return false;
    return lead.stage() == Lead.Stage.CLOSED
        || answers.findById(lead.id()).filter(answer -> answer.at().isAfter(touch.askedAt())).isPresent();
  }

  private CompletableFuture<?> tell(QueuedTouch touch, ConcurrentLinkedQueue<String> told) {
    return calls.call(touch).thenRun(() -> told.add(touch.id())).toCompletableFuture();
  }

  /** Whatever was interrupted between a turn and its message, by a crash or because the engine was away. */
  private void tellAgain() {
    var told = new ConcurrentLinkedQueue<String>();
    var telling = queue.untold(BATCH).stream().map(touch -> tell(touch, told)).toList();
    if (telling.isEmpty()) return;
    try {
      CompletableFuture.allOf(telling.toArray(CompletableFuture[]::new)).join();
    } finally {
      if (!told.isEmpty()) queue.told(List.copyOf(told));
    }
  }
}
