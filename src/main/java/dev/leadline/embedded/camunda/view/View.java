package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.leadline.embedded.camunda.engine.Partition;
import io.camunda.zeebe.logstreams.log.LogStreamReader;
import io.camunda.zeebe.logstreams.log.LoggedEvent;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be asked about the engine: tables that one thread fills from the durable part of the log. */
public final class View implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(View.class);
  private static final int BATCH = 500;
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final Partition partition;
  private final Tables tables = new Tables();
  private final Projections projections = new Projections(tables);
  private final ReentrantReadWriteLock content = new ReentrantReadWriteLock();
  private final ReentrantLock progress = new ReentrantLock();
  private final Condition moved = progress.newCondition();
  private final Thread reader;
  private volatile long applied;
  private volatile boolean closed;

  public View(Partition partition) {
    this.partition = partition;
    if (partition.restoredFrom() != null) {
      applied = ViewFile.load(partition.restoredFrom(), tables);
      projections.restored();
    }
    partition.onDurable(this::signal);
    reader = Thread.ofPlatform().name("engine-view").daemon().start(this::follow);
  }

  /** A page of a table, as the search body asks. */
  public Found search(Function<Tables, Table> table, JsonNode body) {
    return read(all -> new Search(table.apply(all), body).run());
  }

  /** The same among the rows that a condition besides the body's filter holds for. */
  public Found search(Function<Tables, Table> table, JsonNode body, Function<Tables, IntPredicate> restriction) {
    return read(all -> new Search(table.apply(all), body).run(restriction.apply(all)));
  }

  /** One entity, or null. */
  public Entity find(Function<Tables, Table> table, Object key) {
    return read(all -> {
      int slot = table.apply(all).slot(key);
      return slot < 0 ? null : table.apply(all).copy(slot);
    });
  }

  /** Looks at the tables while nothing changes; the result must not hold on to rows. */
  public <T> T read(Function<Tables, T> question) {
    content.readLock().lock();
    try {
      return question.apply(tables);
    } finally {
      content.readLock().unlock();
    }
  }

  /** The jobs that some worker holds. */
  public List<Long> activatedJobs() {
    return read(all -> projections.activatedJobs());
  }

  /** Saves all tables into the directory and returns the position that they have seen. */
  public long save(Path directory) throws IOException {
    ViewFile.Content content = read(all -> ViewFile.copy(applied, all));
    ViewFile.save(directory, content);
    return content.position();
  }

  /** Waits until the view has seen the position, however long it takes. */
  public void catchUp(long position) {
    await(position, Long.MAX_VALUE);
  }

  /** Waits until the view has seen the position (for 5 s at most, then it answers as it is). */
  public void awaitPosition(long position) {
    await(position, PATIENCE);
  }

  private void await(long position, long patience) {
    if (applied >= position) {
      return;
    }
    long nanos = patience;
    progress.lock();
    try {
      while (applied < position && nanos > 0 && !closed) {
        nanos = moved.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      progress.unlock();
    }
  }

  private void awaitMoreThan(long end) {
    progress.lock();
    try {
      while (partition.durablePosition() == end && !closed) {
        moved.awaitUninterruptibly();
      }
    } finally {
      progress.unlock();
    }
  }

  private void signal() {
    progress.lock();
    try {
      moved.signalAll();
    } finally {
      progress.unlock();
    }
  }

  private void follow() {
    RecordMetadata metadata = new RecordMetadata();
    try (LogStreamReader log = partition.newReader()) {
      log.seekToNextEvent(applied > 0 ? applied : -1);
      while (!closed) {
        long end = partition.durablePosition();
        if (applied >= end) {
          awaitMoreThan(end);
          continue;
        }
        content.writeLock().lock();
        try {
          for (int i = 0; i < BATCH && log.hasNext() && log.peekNext().getPosition() <= end; i++) {
            apply(log.next(), metadata);
          }
        } finally {
          content.writeLock().unlock();
        }
        signal();
      }
    }
  }

  private void apply(LoggedEvent event, RecordMetadata metadata) {
    metadata.reset();
    event.readMetadata(metadata);
    if (projections.wants(metadata)) {
      UnifiedRecordValue value = UnifiedRecordValue.fromValueType(metadata.getValueType());
      event.readValue(value);
      try {
        projections.apply(metadata, event.getKey(), event.getTimestamp(), value);
      } catch (RuntimeException e) {
        LOG.error("The record at {} ({}) is missing in the view.", event.getPosition(), metadata.getValueType(), e);
      }
    }
    applied = event.getPosition();
  }

  @Override
  public void close() {
    closed = true;
    signal();
    try {
      reader.join(2000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
