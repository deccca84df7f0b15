package dev.leadline.embedded.camunda.engine;

import dev.leadline.embedded.EmbeddedFailure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * One file of the log: frames one after another, then zeros, and an index of where each frame begins. The zeros are
 * written ahead, because a forced write inside a file is nearly twice as fast as one that makes the file longer.
 */
final class Segment implements AutoCloseable {
  private static final long FILE_MAGIC = 0x4C4C53454730_0001L;
  private static final int FILE_HEADER = 8;
  private static final int AHEAD = 1 << 20;

  final Path file;
  private final FileChannel channel;
  private long[] positions = new long[64];
  private long[] offsets = new long[64];
  private int frames;
  private long end = FILE_HEADER;
  private long allocated = FILE_HEADER;
  private long last;

  private Segment(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Segment create(Path directory, long firstPosition) throws IOException {
    Path file = directory.resolve("%019d.log".formatted(firstPosition));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(FILE_HEADER).putLong(FILE_MAGIC).flip(), 0);
    channel.force(true);
    return new Segment(file, channel);
  }

  /** Reads and checks the whole file; only in the newest one an unfinished end is cut off. */
  static Segment open(Path file, boolean newest) throws IOException {
    Segment segment =
        new Segment(file, FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    try {
      segment.check(newest);
      return segment;
    } catch (IOException | RuntimeException e) {
      segment.close();
      throw e;
    }
  }

  private void check(boolean newest) throws IOException {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
    if (content.limit() < FILE_HEADER) {
      if (!newest) {
        throw damaged(0);
      }
      channel.truncate(0).write(ByteBuffer.allocate(FILE_HEADER).putLong(FILE_MAGIC).flip(), 0);
      return;
    }
    allocated = content.limit();
    if (content.getLong(0) != FILE_MAGIC) {
      throw damaged(0);
    }
    int offset = FILE_HEADER;
    while (offset < content.limit()) {
      int length = validLength(content, offset);
      if (length == 0) {
        if (isZero(content, offset)) {
          break;
        }
        if (!newest || validFrameAfter(content, offset)) {
          throw damaged(offset);
        }
        channel.truncate(offset);
        channel.force(true);
        allocated = offset;
        break;
      }
      index(content.getLong(offset + 16), content.getLong(offset + 24), offset, length);
      offset += length;
    }
  }

  private int validLength(ByteBuffer content, int offset) {
    if (content.limit() - offset < Frame.HEADER || content.getInt(offset) != Frame.MAGIC) {
      return 0;
    }
    long length = (long) Frame.HEADER + content.getInt(offset + 4);
    if (length < Frame.HEADER || offset + length > content.limit()) {
      return 0;
    }
    ByteBuffer frame = content.slice(offset, (int) length);
    boolean follows = frames == 0 || frame.getLong(16) == last + 1;
    return follows && frame.getInt(12) == Frame.crc(frame) ? (int) length : 0;
  }

  private static boolean isZero(ByteBuffer content, int offset) {
    for (int at = offset; at < content.limit(); at++) {
      if (content.get(at) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean validFrameAfter(ByteBuffer content, int offset) {
    for (int at = offset + 1; at <= content.limit() - Frame.HEADER; at++) {
      if (content.getInt(at) == Frame.MAGIC) {
        long length = (long) Frame.HEADER + content.getInt(at + 4);
        if (length > Frame.HEADER && at + length <= content.limit()) {
          ByteBuffer frame = content.slice(at, (int) length);
          if (frame.getInt(12) == Frame.crc(frame)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private EmbeddedFailure damaged(long offset) {
    return EmbeddedFailure.damaged(
        "The engine's log %s is damaged at byte %d; restore it from a backup or move the directory away."
            .formatted(file, offset));
  }

  void append(ByteBuffer frame, long first, long lastPosition) throws IOException {
    int length = frame.remaining();
    long at = end;
    try {
      allocate(end + length);
      while (frame.hasRemaining()) {
        at += channel.write(frame, at);
      }
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(end);
      allocated = end;
      throw e;
    }
    index(first, lastPosition, end, length);
  }

  private void allocate(long wanted) throws IOException {
    if (wanted > allocated) {
      ByteBuffer zeros = ByteBuffer.allocate((int) (wanted - allocated) + AHEAD);
      long at = allocated;
      while (zeros.hasRemaining()) {
        at += channel.write(zeros, at);
      }
      channel.force(true);
      allocated = at;
    }
  }

  private synchronized void index(long first, long lastPosition, long offset, int length) {
    if (frames == positions.length) {
      positions = Arrays.copyOf(positions, frames * 2);
      offsets = Arrays.copyOf(offsets, frames * 2);
    }
    positions[frames] = first;
    offsets[frames++] = offset;
    end = offset + length;
    last = lastPosition;
  }

  /** The blocks of the frame that holds the position. */
  List<Block> read(long position) throws IOException {
    long from;
    long to;
    synchronized (this) {
      int found = Arrays.binarySearch(positions, 0, frames, position);
      int frame = found >= 0 ? found : Math.max(0, -found - 2);
      from = offsets[frame];
      to = frame + 1 < frames ? offsets[frame + 1] : end;
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) (to - from));
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("%s is shorter than it was".formatted(file));
      }
    }
    return Frame.decode(bytes.flip());
  }

  synchronized boolean isEmpty() {
    return frames == 0;
  }

  synchronized long first() {
    return positions[0];
  }

  synchronized long last() {
    return last;
  }

  synchronized long size() {
    return end;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
