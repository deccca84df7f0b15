package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.logstreams.storage.LogStorage;
import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's log. What is appended can be read at once, but counts only when it is durable: one thread writes all
 * that is waiting as one frame and forces it to disk (group commit), and whoever answers somebody outside waits for
 * that with {@link #awaitDurable}.
 */
final class SegmentLog implements LogStorage, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
  private static final int FRAME_BYTES = 8 << 20;
  private static final long WAITING_BYTES = 64L << 20;
  private static final long RETRY = TimeUnit.MILLISECONDS.toNanos(200);

  private final Segments segments;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Condition synced = lock.newCondition();
  private final ArrayDeque<Block> waiting = new ArrayDeque<>();
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> durableListeners = new CopyOnWriteArrayList<>();
  private final Thread writer;
  private long waitingBytes;
  private Block tail;
  private volatile long durable;
  private volatile String trouble;
  private boolean closing;

  SegmentLog(Path directory) throws IOException {
    segments = new Segments(directory);
    durable = segments.last();
    tail = new Block(-1, durable, new byte[0], 0, 0);
    writer = Thread.ofPlatform().name("engine-log").daemon().start(this::write);
  }

  @Override
  public void append(long lowest, long highest, BufferWriter content, AppendListener listener) {
    byte[] bytes = new byte[content.getLength()];
    content.write(new UnsafeBuffer(bytes), 0);
    Block block = new Block(lowest, highest, bytes, 0, bytes.length);
    lock.lock();
    try {
      while (waitingBytes > WAITING_BYTES && !closing) {
        room.awaitUninterruptibly();
      }
      waiting.add(block);
      waitingBytes += bytes.length;
      tail.next = block;
      tail = block;
      work.signal();
    } finally {
      lock.unlock();
    }
    listener.onWrite(lowest, highest);
    listener.onCommit(lowest, highest);
    listeners.forEach(CommitListener::onCommit);
  }

  /** Waits until everything up to the position is on disk; false if the log is closed before. */
  boolean awaitDurable(long position) throws InterruptedException {
    return awaitDurable(position, Long.MAX_VALUE);
  }

  /** Waits for at most so many nanoseconds until everything up to the position is on disk; false if it is not. */
  boolean awaitDurable(long position, long nanos) throws InterruptedException {
    if (durable >= position) {
      return true;
    }
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (durable < position && left > 0 && !closing) {
        left = synced.awaitNanos(left);
      }
      return durable >= position;
    } finally {
      lock.unlock();
    }
  }

  private void write() {
    List<Block> group = new ArrayList<>();
    while (takeGroup(group)) {
      try {
        segments.append(group);
        trouble = null;
        written(group);
      } catch (IOException e) {
        if (trouble == null) {
          LOG.error("The engine's log cannot be written ({}); commands are refused until it can.", e.getMessage());
        }
        trouble = "The engine's log cannot be written: " + e.getMessage();
        pause();
      }
    }
  }

  private boolean takeGroup(List<Block> group) {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closing) {
        work.awaitUninterruptibly();
      }
      group.clear();
      int bytes = 0;
      for (Block block : waiting) {
        if (bytes > 0 && bytes + block.length > FRAME_BYTES) {
          break;
        }
        group.add(block);
        bytes += block.length;
      }
      return !group.isEmpty() && !(closing && trouble != null);
    } finally {
      lock.unlock();
    }
  }

  private void written(List<Block> group) {
    lock.lock();
    try {
      for (Block block : group) {
        waiting.removeFirst();
        waitingBytes -= block.length;
      }
      durable = group.getLast().last;
      synced.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
    durableListeners.forEach(Runnable::run);
  }

  private void pause() {
    lock.lock();
    try {
      if (!closing) {
        room.awaitNanos(RETRY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The blocks that follow the position: one in memory, which leads on to the others, or some from disk. */
  Reading after(long position) {
    lock.lock();
    try {
      Block block = waiting.peekFirst();
      if (block != null && position + 1 >= block.first || position + 1 == tail.first) {
        block = position + 1 == tail.first ? tail : block;
        while (block != null && block.last <= position) {
          block = block.next;
        }
        return new Reading(block == null ? List.of() : List.of(block), true);
      }
    } finally {
      lock.unlock();
    }
    return new Reading(segments.read(position + 1), false);
  }

  /** Blocks to read next; those in memory lead on to their followers by themselves. */
  record Reading(List<Block> blocks, boolean inMemory) {}

  long lastPosition() {
    lock.lock();
    try {
      return tail.last;
    } finally {
      lock.unlock();
    }
  }

  long durable() {
    return durable;
  }

  /** Bytes written in this life. */
  long written() {
    return segments.written();
  }

  /** Why the log cannot be written at the moment, or null. */
  String trouble() {
    return trouble;
  }

  void deleteBelow(long position) throws IOException {
    segments.deleteBelow(position);
  }

  void onDurable(Runnable listener) {
    durableListeners.add(listener);
  }

  @Override
  public LogStorageReader newReader() {
    return new BlockReader(this);
  }

  @Override
  public void addCommitListener(CommitListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeCommitListener(CommitListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      work.signalAll();
      room.signalAll();
      synced.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      writer.join(3000);
      segments.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("A file of the engine's log could not be closed: {}", e.getMessage());
    }
  }
}
