package dev.leadline.embedded.mongo;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVStore;

/**
 * Lets many writers share one commit and one fsync: a change returns when it is on disk, whole.
 *
 * <p>A command changes several maps (documents, a map per unique index); the store is committed only while no command is
 * half done, so that a crash never leaves an index entry without its document.
 */
final class GroupCommit {

  private final MVStore store;
  private final ReadWriteLock changing = new ReentrantReadWriteLock();
  private final Lock turn = new ReentrantLock();
  private final AtomicLong changes = new AtomicLong();
  private long committed;

  GroupCommit(MVStore store) {
    this.store = store;
  }

  /** How many changes there have been. */
  long changes() {
    return changes.get();
  }

  <T> T change(Supplier<T> command) {
    long mine;
    T result;
    changing.readLock().lock();
    try {
      result = command.get();
    } finally {
      mine = changes.incrementAndGet();
      changing.readLock().unlock();
      // Also after an exception: what the command did before it failed is visible to others.
      commit(mine);
    }
    return result;
  }

  /** Runs while no command changes anything. */
  void alone(Runnable work) {
    changing.writeLock().lock();
    try {
      work.run();
    } finally {
      changing.writeLock().unlock();
    }
  }

  private void commit(long change) {
    turn.lock();
    try {
      if (committed >= change) {
        return;
      }
      long[] upTo = new long[1];
      alone(
          () -> {
            upTo[0] = changes.get();
            store.commit();
          });
      store.sync();
      committed = upTo[0];
    } finally {
      turn.unlock();
    }
  }
}
