package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.bson.Document;
import dev.leadline.embedded.Disk;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps on one file. A change returns when it is on disk, whole: in a journal at once, in the file at the next
 * checkpoint.
 *
 * <p>Many writers share one write to the journal. Nothing is written while a command is half done (a document changed,
 * its indexes not yet), so a crash leaves no halves. Journal n continues the file as of checkpoint n.
 *
 * <p>When the disk is full, whoever changes something is told so. What was changed by then is written as soon as there
 * is room; no other change begins before.
 */
final class DurableStore implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DurableStore.class);
  private static final long CHECKPOINT_AT = 8L << 20;
  private static final String NO_ROOM = "No space left on the disk of ";
  private static final long SOME = 1L << 20;
  private static final int LARGE = 4 << 20;
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
  private ByteBuffer unwritten = ByteBuffer.allocate(0);
  private Journal journal;
  private volatile String trouble;

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

  /** Whether the store could not be opened only because the disk is full. */
  static boolean isNoRoom(Exception failure) {
    return String.valueOf(failure.getMessage()).startsWith(NO_ROOM);
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

  /** Throws if an earlier change did not reach the disk and still cannot. */
  void requireWritable() {
    if (trouble != null) {
      commit(changes());
    }
  }

  /** Why changes do not reach the disk at the moment, or null. */
  String trouble() {
    return trouble;
  }

  /** Whether it can go on at all, or must be opened again. Waits its turn: a checkpoint has no journal for a moment. */
  boolean isOpen() {
    turn.lock();
    try {
      return !store.isClosed() && journal.isOpen();
    } finally {
      turn.unlock();
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
    if (room() < size()) {
      return;
    }
    inTurn(
        () -> {
          checkpoint();
          store.compactFile(millis);
        });
  }

  /** What cannot be brought into the file is in the journal, as far as it was acknowledged. */
  @Override
  public void close() throws IOException {
    try {
      inTurn(this::checkpoint);
      journal.close();
      store.close();
    } catch (RuntimeException e) {
      log.warn("The embedded MongoDB could not tidy up its file at the end: {}", e.getMessage());
    } finally {
      journal.close();
      store.closeImmediately();
    }
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
      if (durable < change) {
        write();
        trouble = null;
      }
    } catch (IOException | RuntimeException e) {
      trouble = "The embedded MongoDB cannot write to its disk: " + e.getMessage();
      throw new IllegalStateException(trouble, e);
    } finally {
      turn.unlock();
    }
  }

  private void write() throws IOException {
    long upTo;
    commands.writeLock().lock();
    try {
      upTo = changes();
      if (structureChanged || journal.size() > CHECKPOINT_AT && hasRoom()) {
        checkpoint();
      } else {
        unwritten = join(unwritten, takePending());
      }
    } finally {
      commands.writeLock().unlock();
    }
    if (unwritten.hasRemaining()) {
      journal.append(unwritten);
      unwritten = ByteBuffer.allocate(0);
    }
    durable = upTo;
  }

  private static ByteBuffer join(ByteBuffer first, ByteBuffer second) {
    return first.hasRemaining()
        ? ByteBuffer.allocate(first.remaining() + second.remaining()).put(first).put(second).flip()
        : second;
  }

  private boolean hasRoom() {
    return room() > store.getUnsavedMemory() + SOME;
  }

  private long room() {
    return Disk.free(directory);
  }

  private ByteBuffer takePending() {
    synchronized (pendingLock) {
      ByteBuffer written = pending.getBuffer().flip();
      ByteBuffer batch = ByteBuffer.allocate(written.remaining()).put(written).flip();
      // A fresh one is a megabyte, which is much for one small document.
      pending = pending.capacity() > LARGE ? new WriteBuffer() : pending.clear();
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

  /**
   * Everything into the file, and a new journal; no command may run meanwhile. The file's store ends for good when it
   * runs out of space, so it is not let begin then.
   */
  private void checkpoint() throws IOException {
    if (!hasRoom()) {
      throw new IOException(NO_ROOM + directory);
    }
    takePending();
    unwritten = ByteBuffer.allocate(0);
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
