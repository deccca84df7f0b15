package dev.leadline.lead;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts the journey of every lead, once, however often the engine is away: a lead is pending until the engine has
 * taken its start message, and the message carries the lead's id, so that sending it again changes nothing.
 */
@Component
public class StartJourneys {

  private static final Logger log = LoggerFactory.getLogger(StartJourneys.class);
  private static final int BATCH = 200;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final StartMessage message;
  private final Leads leads;
  private final StartSettings settings;
  private final TaskScheduler scheduler;
  private final Semaphore free;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final AtomicBoolean sweepAgain = new AtomicBoolean();
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile Duration pause = FIRST_PAUSE;

  StartJourneys(StartMessage message, Leads leads, StartSettings settings, TaskScheduler scheduler) {
    this.message = message;
    this.leads = leads;
    this.settings = settings;
    this.scheduler = scheduler;
    this.free = new Semaphore(settings.atOnce());
  }

  /** Starts the journey in the background; with too much under way, the lead waits its turn among the pending. */
  public void soon(String leadId) {
    if (!free.tryAcquire()) {
      sweepSoon();
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        if (!start(leadId)) sweepLater();
      } finally {
        free.release();
      }
    });
  }

  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.LOWEST_PRECEDENCE)
  void sweepSoon() {
    Thread.startVirtualThread(this::sweep);
  }

  /** Sends what is pending, oldest first, until nothing is left or the engine does not take it. */
  @Scheduled(
      initialDelayString = "${leadline.start.retry-every:1m}",
      fixedDelayString = "${leadline.start.retry-every:1m}")
  void sweep() {
    sweepAgain.set(true);
    while (sweepAgain.get() && sweeping.compareAndSet(false, true)) {
      try {
        sweepAgain.set(false);
        away.set(false);
        while (startBatch() == BATCH && !away.get()) {}
        if (away.get()) sweepLater();
        else pause = FIRST_PAUSE;
      } finally {
        sweeping.set(false);
      }
    }
  }

  /** The longer the engine is away, the rarer it is asked; at the latest the regular sweep does. */
  private void sweepLater() {
    if (!planned.compareAndSet(false, true)) return;
    try {
      scheduler.schedule(
          () -> {
            planned.set(false);
            sweep();
          },
          Instant.now().plus(pause));
    } catch (TaskRejectedException closing) {
      return; // What is pending is swept when the application begins again.
    }
    var longer = pause.multipliedBy(2);
    pause = longer.compareTo(settings.retryEvery()) < 0 ? longer : settings.retryEvery();
  }

  /** @return how many were pending */
  private int startBatch() {
    var pending = leads.findByJourneyOrderByRegisteredAt(Lead.Start.PENDING, Limit.of(BATCH));
    if (pending.isEmpty() || !start(pending.getFirst().id())) return pending.size();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Lead lead : pending.subList(1, pending.size())) {
        free.acquireUninterruptibly();
        threads.execute(() -> {
          try {
            if (!away.get()) start(lead.id());
          } finally {
            free.release();
          }
        });
      }
    }
    return pending.size();
  }

  /** @return whether the engine has taken the message, now or before */
  private boolean start(String leadId) {
    try {
      message.send(leadId);
      leads.change(leadId, Lead::started);
      return true;
    } catch (RuntimeException e) {
      if (!away.getAndSet(true)) log.warn("A journey cannot be started now, its lead waits: {}", StartMessage.reason(e));
      return false;
    }
  }
}
