package dev.leadline.model;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Lets so many questions to one provider at once; the others wait, the urgent before the patient.
 *
 * <p>Fair by a due time that is fixed on arrival: when one came, and how long its kind can wait. So an urgent question
 * overtakes, but none can be overtaken for ever.
 */
public final class Gate {

  /** What waits for the answer; how many seconds of waiting a question of this kind is behind a reply. */
  public enum Urgency {
    REPLY(0),
    INTRO(5),
    NUDGE(15);

    private final Duration patience;

    Urgency(int seconds) {
      this.patience = Duration.ofSeconds(seconds);
    }
  }

  private static final class Waiting {
    final long due;
    final long number;
    final CountDownLatch decided = new CountDownLatch(1);
    boolean pushedOut;

    Waiting(long due, long number) {
      this.due = due;
      this.number = number;
    }

    long number() {
      return number;
    }
  }

  private static final Comparator<Waiting> DUE =
      Comparator.<Waiting>comparingLong(waiting -> waiting.due).thenComparingLong(Waiting::number);

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Waiting> queue = new PriorityQueue<>(DUE);
  private final LongSupplier nanos;
  private final long opened;
  private final int places;
  private final int mostWaiting;
  private int inside;
  private long arrivals;

  public Gate(int places, int mostWaiting) {
    this(places, mostWaiting, System::nanoTime);
  }

  Gate(int places, int mostWaiting, LongSupplier nanos) {
    this.places = places;
    this.mostWaiting = mostWaiting;
    this.nanos = nanos;
    this.opened = nanos.getAsLong();
  }

  /**
   * Takes a place, which {@link #leave} gives back. In a full queue whoever is due last gives way.
   *
   * @throws RuntimeException a {@link Fault} when the queue is full or no place came free in time
   */
  void enter(Urgency urgency, Duration longest) {
    Waiting me;
    lock.lock();
    try {
      if (inside < places) {
        inside++;
        return;
      }
      me = new Waiting(nanos.getAsLong() - opened + urgency.patience.toNanos(), arrivals++);
      if (queue.size() >= mostWaiting && !pushOutLaterThan(me)) throw Fault.QUEUE_FULL.raise();
      queue.add(me);
    } finally {
      lock.unlock();
    }
    if (!await(me, longest)) throw Fault.QUEUE_TOO_LONG.raise();
    if (me.pushedOut) throw Fault.QUEUE_FULL.raise();
  }

  void leave() {
    lock.lock();
    try {
      Waiting next = queue.poll();
      if (next == null) inside--;
      else next.decided.countDown();
    } finally {
      lock.unlock();
    }
  }

  public int inside() {
    lock.lock();
    try {
      return inside;
    } finally {
      lock.unlock();
    }
  }

  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean pushOutLaterThan(Waiting me) {
    Waiting last = queue.stream().max(DUE).filter(other -> DUE.compare(me, other) < 0).orElse(null);
    if (last == null) return false;
    queue.remove(last);
    last.pushedOut = true;
    last.decided.countDown();
    return true;
  }

  /** False when the time is over and nobody has decided. */
  private boolean await(Waiting me, Duration longest) {
    boolean interrupted = false;
    try {
      if (me.decided.await(longest.toNanos(), TimeUnit.NANOSECONDS)) return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      interrupted = true;
    }
    lock.lock();
    try {
      if (queue.remove(me)) return false;
    } finally {
      lock.unlock();
    }
    if (interrupted && !me.pushedOut) leave();
    return !interrupted;
  }
}
