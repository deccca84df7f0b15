package dev.leadline.lead;

import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts the journey of every lead, once, however often the engine is away: a lead is pending until the engine has
 * taken its start message, and the message carries the lead's id, so that sending it again changes nothing.
 */
@Component
class StartJourneys {

  private static final Logger log = LoggerFactory.getLogger(StartJourneys.class);
  private static final int BATCH = 200;

  private final StartMessage message;
  private final Leads leads;
  private final Semaphore free;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean sweeping = new AtomicBoolean();
  private final AtomicBoolean sweepAgain = new AtomicBoolean();

  StartJourneys(StartMessage message, Leads leads, StartSettings settings) {
    this.message = message;
    this.leads = leads;
    this.free = new Semaphore(settings.atOnce());
  }

  /** Starts the journey in the background; with too much under way, the lead waits its turn among the pending. */
  void soon(String leadId) {
    if (!free.tryAcquire()) {
      sweepSoon();
      return;
    }
    Thread.startVirtualThread(() -> {
      try {
        start(leadId);
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
        while (startBatch() == BATCH && !away.get()) {}
      } finally {
        sweeping.set(false);
      }
    }
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
    } catch (RuntimeException e) {
      if (!away.getAndSet(true)) {
        log.warn("Journeys cannot be started now ({}); leads are accepted and wait", e.getClass().getSimpleName());
      }
      return false;
    }
    if (away.getAndSet(false)) {
      log.info("Journeys can be started again");
      sweepSoon();
    }
    return true;
  }
}
