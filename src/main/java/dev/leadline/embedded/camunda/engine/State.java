package dev.leadline.embedded.camunda.engine;

import dev.leadline.embedded.EmbeddedFailure;
import io.camunda.zeebe.db.ColumnFamily;
import io.camunda.zeebe.db.DbKey;
import io.camunda.zeebe.db.DbValue;
import io.camunda.zeebe.db.TransactionContext;
import io.camunda.zeebe.db.ZeebeDb;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/**
 * The engine's state, in memory: what must survive is in the log and the checkpoints, so a database on disk would only
 * be a slower memory. One thread writes; the engine's checkers read beside it and may see what is not yet committed,
 * which costs nothing, because they only write commands.
 */
final class State implements ZeebeDb<ZbColumnFamilies> {
  private static final String NAME = "state.gz";

  private final Map<ZbColumnFamilies, StateTable> tables = new EnumMap<>(ZbColumnFamilies.class);
  private final AtomicInteger open = new AtomicInteger();
  private final MeterRegistry meters;

  State(MeterRegistry meters) {
    this.meters = meters;
    for (ZbColumnFamilies family : ZbColumnFamilies.values()) {
      tables.put(family, new StateTable());
    }
  }

  @Override
  public <K extends DbKey, V extends DbValue> ColumnFamily<K, V> createColumnFamily(
      ZbColumnFamilies family, TransactionContext context, K key, V value) {
    return new StateColumns<>(family, tables.get(family), (StateTransaction) context, key, value);
  }

  @Override
  public TransactionContext createContext() {
    return new StateTransaction(open);
  }

  @Override
  public boolean isEmpty(ZbColumnFamilies family, TransactionContext context) {
    return tables.get(family).entries.isEmpty();
  }

  /** Everything at this moment, or null while a transaction is open; called on the thread that writes. */
  Copy copy() {
    if (open.get() > 0) {
      return null;
    }
    Map<ZbColumnFamilies, byte[][]> copies = new EnumMap<>(ZbColumnFamilies.class);
    tables.forEach((family, table) -> copies.put(family, table.copy()));
    return new Copy(copies);
  }

  /** Keys and values by turns, of each table. */
  record Copy(Map<ZbColumnFamilies, byte[][]> tables) {

    void save(Path directory) throws IOException {
      try (DataOutputStream out =
          new DataOutputStream(
              new BufferedOutputStream(new FastGzip(Files.newOutputStream(directory.resolve(NAME))), 1 << 16))) {
        for (Map.Entry<ZbColumnFamilies, byte[][]> table : tables.entrySet()) {
          out.writeInt(table.getKey().getValue());
          out.writeInt(table.getValue().length);
          for (byte[] bytes : table.getValue()) {
            out.writeInt(bytes.length);
            out.write(bytes);
          }
        }
        out.writeInt(-1);
      }
    }
  }

  /** Takes over what a checkpoint holds; tables that this version of the engine does not know are left out. */
  void load(Path directory) {
    Map<Integer, StateTable> byNumber = new HashMap<>();
    tables.forEach((family, table) -> byNumber.put(family.getValue(), table));
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(directory.resolve(NAME)), 1 << 16), 1 << 16))) {
      for (int number = in.readInt(); number >= 0; number = in.readInt()) {
        StateTable table = byNumber.get(number);
        for (int left = in.readInt(); left > 0; left -= 2) {
          byte[] key = in.readNBytes(in.readInt());
          byte[] value = in.readNBytes(in.readInt());
          if (table != null) {
            table.entries.put(key, value);
          }
        }
      }
    } catch (IOException e) {
      throw EmbeddedFailure.damaged(
          "The engine's checkpoint %s cannot be read: %s; restore the directory from a backup."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  @Override
  public void createSnapshot(File directory) {
    throw new UnsupportedOperationException("Checkpoints are made by copy().");
  }

  @Override
  public Optional<String> getProperty(String name) {
    return Optional.empty();
  }

  @Override
  public MeterRegistry getMeterRegistry() {
    return meters;
  }

  @Override
  public void close() {
    tables.values().forEach(table -> table.entries.clear());
  }
}
