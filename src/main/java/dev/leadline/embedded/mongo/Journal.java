package dev.leadline.embedded.mongo;

import dev.leadline.embedded.Disk;
import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * A file of batches, each on disk whole or not at all.
 *
 * <p>A batch is its length (4 bytes), its CRC-32 (4 bytes) and its content.
 */
final class Journal implements AutoCloseable {

  private static final int HEADER = 8;

  private final FileChannel channel;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty one, in place of what has this name. */
  static Journal create(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    Disk.sync(file.getParent());
    return new Journal(channel);
  }

  /** Leaves out a last batch that was not written to its end; throws {@link EmbeddedFailure} for any other damage. */
  static void read(Path file, Consumer<ByteBuffer> batches) throws IOException {
    ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
    while (all.remaining() >= HEADER) {
      int start = all.position();
      int length = all.getInt();
      int checksum = all.getInt();
      if (length > all.remaining()) {
        return;
      }
      if (length <= 0 || checksum != checksum(all.slice(all.position(), length))) {
        if (length > 0 && length == all.remaining()) {
          return;
        }
        throw EmbeddedFailure.damaged(
            "The database journal %s is damaged at byte %d; nothing was changed, restore it from a backup."
                .formatted(file.toAbsolutePath().normalize(), start));
      }
      batches.accept(all.slice(all.position(), length));
      all.position(all.position() + length);
    }
  }

  /** Returns when the batch is on disk. */
  void append(ByteBuffer content) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    header.putInt(content.remaining()).putInt(checksum(content)).flip();
    ByteBuffer[] batch = {header, content};
    while (content.hasRemaining()) {
      channel.write(batch);
    }
    channel.force(false);
  }

  /** In bytes. */
  long size() throws IOException {
    return channel.size();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static int checksum(ByteBuffer content) {
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    return (int) crc.getValue();
  }
}
