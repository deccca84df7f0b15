package dev.leadline.embedded.camunda.engine;

import dev.leadline.embedded.EmbeddedFailure;
import io.camunda.zeebe.logstreams.storage.LogStorage;
import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's log on disk. What is appended can be read at once, but counts only when it is durable: one thread
 * writes all that is waiting as one compressed frame and forces it to disk (group commit), and whoever answers
 * somebody outside waits for that with {@link #whenDurable}.
 */
final class SegmentLog implements LogStorage, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
  private static final long SEGMENT_BYTES = 16L << 20;
  private static final int FRAME_BYTES = 8 << 20;
  private static final long WAITING_BYTES = 64L << 20;

  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final ArrayDeque<Block> waiting = new ArrayDeque<>();
  private final ArrayDeque<Gate> gates = new ArrayDeque<>();
  private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> durableListeners = new CopyOnWriteArrayList<>();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Thread writer;
  private long waitingBytes;
  private Block tail;
  private volatile long durable;
  private volatile long written;
  private volatile String trouble;
  private boolean closing;

  private record Gate(long position, Runnable action) {}

  SegmentLog(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    for (Path file : files) {
      open(file, file.equals(files.getLast()));
    }
    tail = new Block(durable, durable, new byte[0], 0, 0);
    writer = Thread.ofPlatform().name("engine-log").daemon().start(this::write);
  }

  private void open(Path file, boolean newest) throws IOException {
    Segment segment = Segment.open(file, newest);
    if (segment.isEmpty()) {
      segment.close();
      Files.delete(file);
      return;
    }
    if (!segments.isEmpty() && segment.first() != durable + 1) {
      throw EmbeddedFailure.damaged(
          "The engine's log has a gap before %s: a file is missing; restore it from a backup.".formatted(file));
    }
    segments.put(segment.first(), segment);
    durable = segment.last();
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

  /** Runs the action once everything up to the position is on disk; positions come in rising order. */
  void whenDurable(long position, Runnable action) {
    lock.lock();
    try {
      if (durable < position || !gates.isEmpty()) {
        gates.add(new Gate(position, action));
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  private void write() {
    List<Block> group = new ArrayList<>();
    while (takeGroup(group)) {
      try {
        Segment segment = segmentFor(group.getFirst().first);
        ByteBuffer frame = Frame.encode(group, deflater);
        written += frame.remaining();
        segment.append(frame, group.getFirst().first, group.getLast().last);
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

  private Segment segmentFor(long position) throws IOException {
    Map.Entry<Long, Segment> newest;
    lock.lock();
    try {
      newest = segments.lastEntry();
    } finally {
      lock.unlock();
    }
    if (newest != null && newest.getValue().size() < SEGMENT_BYTES) {
      return newest.getValue();
    }
    Segment segment = Segment.create(directory, position);
    lock.lock();
    try {
      segments.put(position, segment);
    } finally {
      lock.unlock();
    }
    return segment;
  }

  private void written(List<Block> group) {
    List<Gate> open = new ArrayList<>();
    lock.lock();
    try {
      for (Block block : group) {
        waiting.removeFirst();
        waitingBytes -= block.length;
      }
      durable = group.getLast().last;
      while (!gates.isEmpty() && gates.peekFirst().position() <= durable) {
        open.add(gates.removeFirst());
      }
      room.signalAll();
    } finally {
      lock.unlock();
    }
    open.forEach(gate -> gate.action().run());
    durableListeners.forEach(Runnable::run);
  }

  private void pause() {
    lock.lock();
    try {
      if (!closing) {
        work.awaitNanos(200_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** The block that begins right after the position or holds it, or null if there is none yet. */
  Reading after(long position) {
    Segment segment;
    long wanted;
    lock.lock();
    try {
      Block inMemory = waiting.peekFirst();
      if (inMemory != null && position + 1 >= inMemory.first) {
        while (inMemory != null && inMemory.last <= position) {
          inMemory = inMemory.next;
        }
        return inMemory == null ? null : new Reading(List.of(inMemory), true);
      }
      if (position >= durable || segments.isEmpty()) {
        return null;
      }
      wanted = Math.max(position + 1, segments.firstKey());
      segment = segments.floorEntry(wanted).getValue();
    } finally {
      lock.unlock();
    }
    List<Block> blocks = segment.read(wanted);
    return new Reading(blocks.stream().filter(block -> block.last >= wanted).toList(), false);
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

  long written() {
    return written;
  }

  long durable() {
    return durable;
  }

  /** Why the log cannot be written at the moment, or null. */
  String trouble() {
    return trouble;
  }

  /** Deletes the files whose records all lie below the position. */
  void deleteBelow(long position) throws IOException {
    lock.lock();
    try {
      while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= position) {
        Segment oldest = segments.pollFirstEntry().getValue();
        oldest.close();
        Files.delete(oldest.file);
      }
    } finally {
      lock.unlock();
    }
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
    } finally {
      lock.unlock();
    }
    try {
      writer.join(3000);
      for (Segment segment : segments.values()) {
        segment.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("A file of the engine's log could not be closed: {}", e.getMessage());
    }
    deflater.end();
  }
}
