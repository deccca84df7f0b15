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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of batches, each on disk whole or not at all.
 *
 * <p>A batch is its length (4 bytes), its CRC-32 (4 bytes), the CRC-32 of these eight bytes (4 bytes) and its content.
 */
final class Journal implements AutoCloseable {

  private static final int HEADER = 12;

  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  private final FileChannel channel;
  private long end;

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
    while (all.hasRemaining()) {
      int start = all.position();
      ByteBuffer content = all.remaining() < HEADER ? null : next(all);
      if (content != null) {
        batches.accept(content);
      } else if (isUnfinished(all.position(start))) {
        log.warn("{} was not written to its end; what begins at byte {} is left out.", file, start);
        return;
      } else {
        throw EmbeddedFailure.damaged(
            "The database journal %s is damaged at byte %d; nothing was changed, restore it from a backup."
                .formatted(file.toAbsolutePath().normalize(), start));
      }
    }
  }

  /** The content of the batch that begins here, or null if it is not whole. */
  private static ByteBuffer next(ByteBuffer all) {
    ByteBuffer header = all.slice(all.position(), HEADER);
    int length = header.getInt(0);
    if (!isHeader(header) || length > all.remaining() - HEADER) {
      return null;
    }
    ByteBuffer content = all.slice(all.position() + HEADER, length);
    all.position(all.position() + HEADER + length);
    return header.getInt(4) == checksum(content) ? content : null;
  }

  private static boolean isHeader(ByteBuffer header) {
    return header.getInt(0) > 0 && header.getInt(8) == checksum(header.slice(0, 8));
  }

  /** Whether what is left is a last batch that was not written to its end: cut off, or not all of it on disk. */
  private static boolean isUnfinished(ByteBuffer rest) {
    if (rest.remaining() < HEADER) {
      return true;
    }
    ByteBuffer header = rest.slice(rest.position(), HEADER);
    return isHeader(header) ? header.getInt(0) >= rest.remaining() - HEADER : isZero(rest);
  }

  private static boolean isZero(ByteBuffer rest) {
    while (rest.hasRemaining()) {
      if (rest.get() != 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns when the batch is on disk; if it throws, it is not, and may be appended again. */
  void append(ByteBuffer content) throws IOException {
    ByteBuffer batch = ByteBuffer.allocate(HEADER + content.remaining());
    batch.putInt(content.remaining()).putInt(checksum(content));
    batch.putInt(checksum(batch.slice(0, 8))).put(content.duplicate()).flip();
    if (channel.size() > end) {
      channel.truncate(end); // an earlier one did not fit
    }
    for (long at = end; batch.hasRemaining(); ) {
      at += channel.write(batch, at);
    }
    channel.force(false);
    end += batch.limit();
  }

  /** In bytes. */
  long size() {
    return end;
  }

  boolean isOpen() {
    return channel.isOpen();
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
