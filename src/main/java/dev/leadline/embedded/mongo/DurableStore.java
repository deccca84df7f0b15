package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Maps on one file. A change returns when it is on disk, whole: in a journal at once, in the file at the next
 * checkpoint.
 *
 * <p>Many writers share one write to the journal. Nothing is written while a command is half done (a document changed,
 * its indexes not yet), so a crash leaves no halves. Journal n continues the file as of checkpoint n.
 */
final class DurableStore implements AutoCloseable {

  private static final long CHECKPOINT_AT = 8L << 20;
  private static final String CHECKPOINT = "checkpoint";
  private static final String DOCUMENTS = "documents$";
  private static final String INDEX = "index$";

  private final Path directory;
  private final MVStore store;
  private final MVMap<String, Long> checkpoints;
  private final ReadWriteLock commands = new ReentrantReadWriteLock();
  private final Lock turn = new ReentrantLock();
  private final Object pendingLock = new Object();
  private WriteBuffer pending = new WriteBuffer();
  private boolean structureChanged;
  private long changes;
  private long durable;
  private Journal journal;
  private volatile RuntimeException broken;

  /** Throws what the store throws for a file that it cannot read. */
  DurableStore(Path directory, String fileName) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.store =
        new MVStore.Builder()
            .fileName(directory.resolve(fileName).toAbsolutePath().toString())
            .compress()
            .autoCommitDisabled()
            .autoCommitBufferSize(0)
            .open();
    try {
      // Freed space may be used at once, because every commit is synced.
      store.setRetentionTime(0);
      checkpoints = store.openMap(CHECKPOINT, new MVMap.Builder<String, Long>());
      readEveryPage();
      replay();
      checkpoint();
    } catch (IOException | RuntimeException e) {
      store.closeImmediately();
      throw e;
    }
  }

  /** The names of all databases. */
  Set<String> databases() {
    return store.getMapNames().stream()
        .filter(name -> name.startsWith(DOCUMENTS))
        .map(name -> name.substring(DOCUMENTS.length(), name.indexOf('$', DOCUMENTS.length())))
        .collect(Collectors.toSet());
  }

  /** Documents by position; created if needed. */
  MVMap<Long, Document> documents(String name) {
    return open(DOCUMENTS + name, documentMap());
  }

  /** Positions by encoded key; created if needed. */
  MVMap<String, Long> index(String name) {
    return open(INDEX + name, indexMap());
  }

  void delete(MVMap<?, ?> map) {
    store.removeMap(map);
    structureChanged();
  }

  /** Returns when everything that the command changed is on disk, also if it fails half way. */
  <T> T change(Supplier<T> command) {
    requireWritable();
    long mine;
    commands.readLock().lock();
    try {
      return command.get();
    } finally {
      synchronized (pendingLock) {
        mine = ++changes;
      }
      commands.readLock().unlock();
      commit(mine);
    }
  }

  /** Throws if an earlier change did not reach the disk. */
  void requireWritable() {
    if (broken != null) {
      throw new IllegalStateException("The embedded MongoDB could not write to its disk; restart it", broken);
    }
  }

  /** What is read stays readable meanwhile, whatever is written. */
  <T> T read(Supplier<T> command) {
    MVStore.TxCounter version = store.registerVersionUsage();
    try {
      return command.get();
    } finally {
      store.deregisterVersionUsage(version);
    }
  }

  long changes() {
    synchronized (pendingLock) {
      return changes;
    }
  }

  /** In bytes. */
  long size() {
    return store.getFileStore().size();
  }

  /** Tidies the file; writers wait meanwhile. */
  void compact(int millis) {
    inTurn(
        () -> {
          checkpoint();
          store.compactFile(millis);
        });
  }

  @Override
  public void close() throws IOException {
    if (broken == null) {
      inTurn(this::checkpoint);
    }
    journal.close();
    store.close();
  }

  <K, V> void changed(MVMap<K, V> map, K key, V value) {
    synchronized (pendingLock) {
      pending.putVarInt(map.getId());
      map.getKeyType().write(pending, key);
      pending.put((byte) (value == null ? 0 : 1));
      if (value != null) {
        map.getValueType().write(pending, value);
      }
    }
  }

  private void commit(long change) {
    turn.lock();
    try {
      if (durable >= change) {
        return;
      }
      write();
    } catch (IOException | RuntimeException e) {
      // What is in memory now is not on disk, and later writes must not pretend that it were.
      broken = e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e;
      throw broken;
    } finally {
      turn.unlock();
    }
  }

  private void write() throws IOException {
    ByteBuffer batch = null;
    long upTo;
    commands.writeLock().lock();
    try {
      upTo = changes();
      if (structureChanged || journal.size() > CHECKPOINT_AT) {
        checkpoint();
      } else {
        batch = takePending();
      }
    } finally {
      commands.writeLock().unlock();
    }
    if (batch != null && batch.hasRemaining()) {
      journal.append(batch);
    }
    durable = upTo;
  }

  private ByteBuffer takePending() {
    synchronized (pendingLock) {
      ByteBuffer batch = pending.getBuffer().flip();
      pending = new WriteBuffer();
      return batch;
    }
  }

  private void inTurn(Step step) {
    turn.lock();
    commands.writeLock().lock();
    try {
      step.run();
      durable = changes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      commands.writeLock().unlock();
      turn.unlock();
    }
  }

  /** Everything into the file, and a new journal; no command may run meanwhile. */
  private void checkpoint() throws IOException {
    takePending();
    structureChanged = false;
    long number = checkpoints.getOrDefault(CHECKPOINT, 0L) + 1;
    checkpoints.put(CHECKPOINT, number);
    store.commit();
    store.sync();
    if (journal != null) {
      journal.close();
    }
    journal = Journal.create(journalFile(number));
    Files.deleteIfExists(journalFile(number - 1));
  }

  private void replay() throws IOException {
    Path file = journalFile(checkpoints.getOrDefault(CHECKPOINT, 0L));
    if (Files.exists(file)) {
      Journal.read(file, this::replay);
    }
  }

  private void replay(ByteBuffer batch) {
    while (batch.hasRemaining()) {
      MVMap<Object, Object> map = openByName(store.getMapName(DataUtils.readVarInt(batch)));
      Object key = map.getKeyType().read(batch);
      if (batch.get() == 1) {
        map.put(key, map.getValueType().read(batch));
      } else {
        map.remove(key);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private MVMap<Object, Object> openByName(String name) {
    MVMap<?, ?> map = name.startsWith(INDEX) ? open(name, indexMap()) : open(name, documentMap());
    return (MVMap<Object, Object>) map;
  }

  private <K, V> MVMap<K, V> open(String name, JournaledMap.Builder<K, V> builder) {
    if (!store.hasMap(name)) {
      structureChanged();
    }
    return store.openMap(name, builder);
  }

  private void structureChanged() {
    synchronized (pendingLock) {
      structureChanged = true;
    }
  }

  private JournaledMap.Builder<Long, Document> documentMap() {
    return new JournaledMap.Builder<>(this, LongDataType.INSTANCE, DocumentType.INSTANCE);
  }

  private JournaledMap.Builder<String, Long> indexMap() {
    return new JournaledMap.Builder<>(this, StringDataType.INSTANCE, LongDataType.INSTANCE);
  }

  /** Throws if one cannot be read, before anything is written. */
  private void readEveryPage() {
    for (String name : store.getMapNames()) {
      if (!name.equals(CHECKPOINT)) {
        openByName(name).keyIterator(null).forEachRemaining(key -> {});
      }
    }
  }

  private Path journalFile(long checkpoint) {
    return directory.resolve("journal-" + checkpoint);
  }

  private interface Step {
    void run() throws IOException;
  }
}
