package dev.leadline.sending;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Component;

/** Wakes whoever gives out turns, at the next moment at which there may be one. */
@Component
class Alarm {

  /** What other applications put into the queue is seen by then. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition earlier = lock.newCondition();
  private Instant next;
  private volatile boolean waitsForPlace;

  Alarm(Clock clock) {
    this.clock = clock;
  }

  /** Wakes them at this time, if not before. */
  void ring(Instant at) {
    lock.lock();
    try {
      if (next != null && !at.isBefore(next)) return;
      next = at;
      earlier.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** There are too many mails on their way: wake them when one is out. */
  void waitForPlace() {
    waitsForPlace = true;
  }

  void placeIsFree() {
    if (waitsForPlace) ring(clock.instant());
  }

  /** Sleeps until it rings. */
  void sleep() throws InterruptedException {
    lock.lock();
    try {
      long end = System.nanoTime() + LONGEST.toNanos();
      while (true) {
        long left = end - System.nanoTime();
        long nap = next == null ? left : Math.min(left, Duration.between(clock.instant(), next).toNanos());
        if (nap <= 0) break;
        earlier.await(nap, TimeUnit.NANOSECONDS);
      }
      next = null;
      waitsForPlace = false;
    } finally {
      lock.unlock();
    }
  }
}
