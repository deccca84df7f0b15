package dev.leadline.embedded.camunda.engine;

import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Saved states of the engine, one directory each, named by the log position that it holds at least. A directory gets
 * its name only when it is complete and on disk, so what has a name can be restored.
 */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String UNFINISHED = "unfinished";

  private final Path root;

  Checkpoints(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    abandon();
  }

  /**
   * The checkpoint that the engine continues from, or null to begin with the log alone; throws an {@link
   * EmbeddedFailure} if neither is possible. A damaged one is not needed as long as the log holds everything.
   */
  Path usable(SegmentLog log) throws IOException {
    List<Path> all = all();
    boolean complete = log.first() <= 1;
    if (all.isEmpty()) {
      if (!complete) {
        throw EmbeddedFailure.damaged(
            "The engine's log begins at record %d, and the checkpoint before that is missing; restore %s from a backup."
                .formatted(log.first(), root));
      }
      return null;
    }
    Path newest = all.getLast();
    String damage = Sums.damage(newest);
    if (damage == null) {
      requireContinued(newest, log);
      return newest;
    }
    if (!complete) {
      throw EmbeddedFailure.damaged(
          "The engine's checkpoint %s is damaged (%s), and the log begins after it; restore both from a backup."
              .formatted(newest, damage));
    }
    LOG.warn("The checkpoint {} is damaged ({}); the log holds everything, so the engine begins from there.", newest, damage);
    return null;
  }

  private static void requireContinued(Path checkpoint, SegmentLog log) throws IOException {
    Continuation needed = Continuation.read(checkpoint);
    if (log.first() > needed.from() || log.lastPosition() < needed.to()) {
      throw EmbeddedFailure.damaged(
          "The engine's log does not continue its checkpoint %s: it holds the records %d to %d, and %d to %d are needed; restore both from a backup."
              .formatted(checkpoint, log.first(), log.lastPosition(), needed.from(), needed.to()));
    }
  }

  /** The records that the log has to hold for a checkpoint to be of use: those it continues with, and all it has seen. */
  record Continuation(long from, long to) {
    private static final String FILE = "LOG";

    void write(Path checkpoint) throws IOException {
      Files.writeString(checkpoint.resolve(FILE), from + " " + to);
    }

    static Continuation read(Path checkpoint) throws IOException {
      String[] numbers = Files.readString(checkpoint.resolve(FILE)).split(" ");
      return new Continuation(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
    }
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> directories = Files.list(root)) {
      return directories.filter(one -> one.getFileName().toString().matches("\\d{19}")).sorted().toList();
    }
  }

  /** Removes what {@link #begin} began; on a full disk it would be in the way. */
  void abandon() throws IOException {
    DataDirectory.delete(root.resolve(UNFINISHED));
  }

  /** An empty directory to fill. */
  Path begin() throws IOException {
    abandon();
    return Files.createDirectories(root.resolve(UNFINISHED));
  }

  /** Makes the filled directory the newest checkpoint and drops the older ones. */
  void finish(Path unfinished, long position, Continuation continuation) throws IOException {
    continuation.write(unfinished);
    Sums.write(unfinished);
    force(unfinished);
    Path finished = root.resolve("%019d".formatted(position));
    DataDirectory.delete(finished);
    Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
    forceOne(root);
    for (Path older : all()) {
      if (!older.equals(finished)) {
        DataDirectory.delete(older);
      }
    }
  }

  private static void force(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.toList()) {
        forceOne(file);
      }
    }
  }

  private static void forceOne(Path path) throws IOException {
    if (Files.isDirectory(path) && System.getProperty("os.name").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
