package dev.leadline.embedded.camunda.engine;

import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** The files of the log, by the first position in each. */
final class Segments implements AutoCloseable {
  private static final long SEGMENT_BYTES = 16L << 20;

  private final Path directory;
  private final TreeMap<Long, Segment> byPosition = new TreeMap<>();
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private long last;
  private volatile long written;

  /** Opens and checks all files; only the end of the newest may be unfinished. */
  Segments(Path directory) throws IOException {
    this.directory = Files.createDirectories(directory);
    List<Path> files;
    try (Stream<Path> listed = Files.list(directory)) {
      files = listed.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
    try {
      for (Path file : files) {
        open(file, file.equals(files.getLast()));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void open(Path file, boolean newest) throws IOException {
    Segment segment = Segment.open(file, newest);
    long first = segment.isEmpty() ? segment.position() : segment.first();
    boolean follows = byPosition.isEmpty() || first == last + 1;
    byPosition.put(first, segment);
    if (!follows || first != segment.position()) {
      throw EmbeddedFailure.damaged(
          "The engine's log has a gap before %s: a file is missing; restore it from a backup.".formatted(file));
    }
    last = segment.isEmpty() ? first - 1 : segment.last();
  }

  /** Writes the blocks as one frame and forces them to disk. */
  void append(List<Block> blocks) throws IOException {
    ByteBuffer frame = Frame.encode(blocks, deflater);
    int length = frame.remaining();
    current(blocks.getFirst().first).append(frame, blocks.getFirst().first, blocks.getLast().last);
    synchronized (this) {
      last = blocks.getLast().last;
    }
    written += length;
  }

  private synchronized Segment current(long position) throws IOException {
    Map.Entry<Long, Segment> newest = byPosition.lastEntry();
    if (newest != null && newest.getValue().size() < SEGMENT_BYTES) {
      return newest.getValue();
    }
    Segment segment = Segment.create(directory, position);
    byPosition.put(position, segment);
    return segment;
  }

  /** The blocks from the wanted position on, or from the first there is, as far as one frame goes. */
  List<Block> read(long wanted) {
    synchronized (this) {
      if (byPosition.isEmpty() || wanted > last) {
        return List.of();
      }
      long from = Math.max(wanted, byPosition.firstKey());
      try {
        return byPosition.floorEntry(from).getValue().read(from).stream().filter(block -> block.last >= from).toList();
      } catch (IOException e) {
        throw new UncheckedIOException("The engine's log in %s cannot be read.".formatted(directory), e);
      }
    }
  }

  /** Deletes the files whose records all lie below the position. */
  synchronized void deleteBelow(long position) throws IOException {
    while (byPosition.size() > 1 && byPosition.higherKey(byPosition.firstKey()) <= position) {
      Segment oldest = byPosition.pollFirstEntry().getValue();
      oldest.close();
      Files.delete(oldest.file);
    }
  }

  /** The first position that the log still holds or will hold next, 0 for a new log. */
  synchronized long first() {
    return byPosition.isEmpty() ? 0 : byPosition.firstKey();
  }

  synchronized long last() {
    return last;
  }

  /** Bytes written in this life. */
  long written() {
    return written;
  }

  @Override
  public synchronized void close() throws IOException {
    for (Segment segment : byPosition.values()) {
      segment.close();
    }
    deflater.end();
  }
}
