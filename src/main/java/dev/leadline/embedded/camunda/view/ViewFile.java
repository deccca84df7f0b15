package dev.leadline.embedded.camunda.view;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.embedded.EmbeddedFailure;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The view in a checkpoint: the position it has seen, then each table with its column names and rows. Columns are
 * found by name, so a later version reads what an earlier one wrote. The file's checksum is that of gzip.
 */
final class ViewFile {
  private static final String NAME = "view.gz";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ViewFile() {}

  /** All values of all tables at one moment. */
  record Content(long position, Map<Table, List<Object[]>> rows) {}

  static Content copy(long position, Tables tables) {
    Map<Table, List<Object[]>> rows = new HashMap<>();
    for (Table table : tables.all) {
      List<Object[]> copies = new ArrayList<>(table.size());
      table.rows().forEach(row -> copies.add(row.values.clone()));
      rows.put(table, copies);
    }
    return new Content(position, rows);
  }

  static void save(Path directory, Content content) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(
                new GZIPOutputStream(Files.newOutputStream(directory.resolve(NAME)), 1 << 16), 1 << 16))) {
      out.writeLong(content.position());
      out.writeInt(content.rows().size());
      for (Map.Entry<Table, List<Object[]>> table : content.rows().entrySet()) {
        List<Column> columns = table.getKey().columns();
        out.writeUTF(table.getKey().name());
        out.writeInt(columns.size());
        for (Column column : columns) {
          out.writeUTF(column.name());
        }
        out.writeInt(table.getValue().size());
        for (Object[] row : table.getValue()) {
          for (Object value : row) {
            write(out, value);
          }
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
    int[] positions = new int[in.readInt()];
    for (int i = 0; i < positions.length; i++) {
      String name = in.readUTF();
      positions[i] = table == null || table.column(name) == null ? -1 : table.indexOf(name);
    }
    for (int rows = in.readInt(); rows > 0; rows--) {
      Row row = table == null ? null : table.newRow(null);
      for (int position : positions) {
        Object value = read(in);
        if (row != null && position >= 0) {
          row.values[position] = table.canonical(value);
        }
      }
      if (row != null) {
        table.add(row);
      }
    }
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
