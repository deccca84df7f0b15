package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.engine.FastGzip;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * The view in a checkpoint: the position it has seen, then each table, column by column. Columns are found by name,
 * so a later version reads what an earlier one wrote. The file's checksum is that of gzip.
 */
final class ViewFile {
  private static final String NAME = "view.gz";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ViewFile() {}

  /** All tables at one moment. */
  record Content(long position, List<Table.Snapshot> tables) {}

  static Content copy(long position, Tables tables) {
    return new Content(position, tables.all.stream().map(Table::snapshot).toList());
  }

  static void save(Path directory, Content content) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new FastGzip(Files.newOutputStream(directory.resolve(NAME))), 1 << 16))) {
      out.writeLong(content.position());
      out.writeInt(content.tables().size());
      for (Table.Snapshot snapshot : content.tables()) {
        List<Column> columns = snapshot.table().columns();
        out.writeUTF(snapshot.table().name());
        out.writeInt(snapshot.slots().length);
        out.writeInt(columns.size());
        for (int i = 0; i < columns.size(); i++) {
          out.writeUTF(columns.get(i).name());
          write(out, snapshot.values().get(i), snapshot.slots());
        }
      }
    }
  }

  private static void write(DataOutputStream out, Values<?> values, int[] slots) throws IOException {
    switch (values) {
      case Values.Longs longs -> {
        out.writeByte('L');
        for (int slot : slots) {
          out.writeLong(longs.at(slot));
        }
      }
      case Values.Codes codes -> {
        out.writeByte('C');
        out.writeInt(codes.count());
        for (int code = 1; code < codes.count(); code++) {
          write(out, codes.decode(code));
        }
        for (int slot : slots) {
          out.writeInt(codes.at(slot));
        }
      }
      case Values.Objects objects -> {
        out.writeByte('O');
        for (int slot : slots) {
          write(out, objects.at(slot));
        }
      }
    }
  }

  /** Fills the tables and returns the position that they have seen. */
  static long load(Path directory, Tables tables) {
    Map<String, Table> byName = new HashMap<>();
    tables.all.forEach(table -> byName.put(table.name(), table));
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new GZIPInputStream(Files.newInputStream(directory.resolve(NAME)), 1 << 16), 1 << 16))) {
      long position = in.readLong();
      for (int remaining = in.readInt(); remaining > 0; remaining--) {
        loadTable(in, byName.get(in.readUTF()));
      }
      return position;
    } catch (IOException e) {
      throw EmbeddedFailure.damaged(
          "The engine's checkpoint %s cannot be read: %s; restore the directory from a backup."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private static void loadTable(DataInputStream in, Table table) throws IOException {
    int rows = in.readInt();
    for (int columns = in.readInt(); columns > 0; columns--) {
      String name = in.readUTF();
      read(in, table != null && table.has(name) ? table.values(name) : null, rows);
    }
    if (table != null) {
      table.restored(rows);
    }
  }

  private static void read(DataInputStream in, Values<?> target, int rows) throws IOException {
    int kind = in.readByte();
    Object[] codes = kind == 'C' ? codes(in) : null;
    for (int slot = 0; slot < rows; slot++) {
      if (kind == 'L') {
        long value = in.readLong();
        if (target instanceof Values.Longs longs) {
          longs.put(slot, value);
        } else if (target != null && value != Values.Longs.NONE) {
          target.set(slot, value);
        }
      } else {
        Object value = codes == null ? read(in) : codes[in.readInt()];
        if (target != null && value != null) {
          target.set(slot, value);
        }
      }
    }
  }

  private static Object[] codes(DataInputStream in) throws IOException {
    Object[] codes = new Object[in.readInt()];
    for (int code = 1; code < codes.length; code++) {
      codes[code] = read(in);
    }
    return codes;
  }

  private static void write(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case null -> out.writeByte('0');
      case Long number -> {
        out.writeByte('L');
        out.writeLong(number);
      }
      case Integer number -> {
        out.writeByte('I');
        out.writeInt(number);
      }
      case Boolean flag -> out.writeByte(flag ? 'T' : 'F');
      case String text -> {
        out.writeByte('S');
        bytes(out, text.getBytes(StandardCharsets.UTF_8));
      }
      default -> {
        out.writeByte('J');
        bytes(out, JSON.writeValueAsBytes(value));
      }
    }
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static Object read(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case '0' -> null;
      case 'L' -> in.readLong();
      case 'I' -> in.readInt();
      case 'T' -> true;
      case 'F' -> false;
      case 'S' -> new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
      case 'J' -> JSON.readValue(in.readNBytes(in.readInt()), Object.class);
      default -> throw new IOException("unknown kind of value " + kind);
    };
  }
}
