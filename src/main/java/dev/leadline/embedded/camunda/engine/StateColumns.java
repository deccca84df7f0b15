package dev.leadline.embedded.camunda.engine;

import io.camunda.zeebe.db.ColumnFamily;
import io.camunda.zeebe.db.DbKey;
import io.camunda.zeebe.db.DbValue;
import io.camunda.zeebe.db.KeyValuePairVisitor;
import io.camunda.zeebe.protocol.ColumnFamilyScope;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import io.camunda.zeebe.util.buffer.BufferWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A column family as one reader or writer of the engine sees it. As with the engine's own database, what is returned
 * and visited is one and the same key and value, filled anew each time.
 */
final class StateColumns<K extends DbKey, V extends DbValue> implements ColumnFamily<K, V> {
  private static final byte[] EVERYTHING = {};

  private final ZbColumnFamilies family;
  private final StateTable table;
  private final StateTransaction transaction;
  private final K key;
  private final V value;

  StateColumns(ZbColumnFamilies family, StateTable table, StateTransaction transaction, K key, V value) {
    this.family = family;
    this.table = table;
    this.transaction = transaction;
    this.key = key;
    this.value = value;
  }

  private static byte[] bytes(BufferWriter writer) {
    byte[] bytes = new byte[writer.getLength()];
    writer.write(new UnsafeBuffer(bytes), 0);
    return bytes;
  }

  @Override
  public void insert(K key, V value) {
    upsert(key, value);
  }

  @Override
  public void update(K key, V value) {
    upsert(key, value);
  }

  @Override
  public void upsert(K key, V value) {
    transaction.runInTransaction(() -> transaction.put(table, bytes(key), bytes(value)));
  }

  @Override
  public V get(K key) {
    return get(key, () -> value);
  }

  @Override
  public V get(K key, Supplier<V> values) {
    byte[] found = table.entries.get(bytes(key));
    if (found == null) {
      return null;
    }
    V filled = values.get();
    filled.wrap(new UnsafeBuffer(found), 0, found.length);
    return filled;
  }

  @Override
  public void forEach(Consumer<V> consumer) {
    forEach((key, value) -> consumer.accept(value));
  }

  @Override
  public void forEach(BiConsumer<K, V> consumer) {
    visit(EVERYTHING, EVERYTHING, all(consumer));
  }

  @Override
  public void whileTrue(K startAt, KeyValuePairVisitor<K, V> visitor) {
    visit(startAt == null ? EVERYTHING : bytes(startAt), EVERYTHING, visitor);
  }

  @Override
  public void whileTrue(KeyValuePairVisitor<K, V> visitor) {
    visit(EVERYTHING, EVERYTHING, visitor);
  }

  @Override
  public void whileEqualPrefix(DbKey prefix, BiConsumer<K, V> visitor) {
    whileEqualPrefix(prefix, all(visitor));
  }

  @Override
  public void whileEqualPrefix(DbKey prefix, KeyValuePairVisitor<K, V> visitor) {
    byte[] start = bytes(prefix);
    visit(start, start, visitor);
  }

  @Override
  public void whileEqualPrefix(DbKey prefix, K startAt, KeyValuePairVisitor<K, V> visitor) {
    byte[] start = bytes(prefix);
    visit(startAt == null ? start : bytes(startAt), start, visitor);
  }

  private KeyValuePairVisitor<K, V> all(BiConsumer<K, V> consumer) {
    return (key, value) -> {
      consumer.accept(key, value);
      return true;
    };
  }

  private void visit(byte[] start, byte[] prefix, KeyValuePairVisitor<K, V> visitor) {
    transaction.runInTransaction(() -> {
      for (Map.Entry<byte[], byte[]> entry : from(start).entrySet()) {
        byte[] found = entry.getKey();
        if (!startsWith(found, prefix)) {
          return;
        }
        key.wrap(new UnsafeBuffer(found), 0, found.length);
        value.wrap(new UnsafeBuffer(entry.getValue()), 0, entry.getValue().length);
        if (!visitor.visit(key, value)) {
          return;
        }
      }
    });
  }

  private ConcurrentNavigableMap<byte[], byte[]> from(byte[] start) {
    return start.length == 0 ? table.entries : table.entries.tailMap(start, true);
  }

  private static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void deleteExisting(K key) {
    deleteIfExists(key);
  }

  @Override
  public void deleteIfExists(K key) {
    transaction.runInTransaction(() -> transaction.delete(table, bytes(key)));
  }

  @Override
  public boolean exists(K key) {
    return table.entries.containsKey(bytes(key));
  }

  @Override
  public boolean isEmpty() {
    return table.entries.isEmpty();
  }

  @Override
  public long count() {
    return table.entries.size();
  }

  @Override
  public long countEqualPrefix(DbKey prefix) {
    byte[] start = bytes(prefix);
    long count = 0;
    for (byte[] found : from(start).keySet()) {
      if (!startsWith(found, start)) {
        break;
      }
      count++;
    }
    return count;
  }

  @Override
  public ColumnFamilyScope partitionScope() {
    return family.partitionScope();
  }
}
