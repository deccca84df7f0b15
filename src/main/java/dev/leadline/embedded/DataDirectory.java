package dev.leadline.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The directory of all embedded servers, for one process at a time.
 *
 * <p>The file {@code LEADLINE} in it names its format; a directory with other content and without that file belongs to
 * somebody else and is left alone.
 */
final class DataDirectory implements AutoCloseable {

  private static final String FORMAT = "leadline data, format 1\n";
  private static final String MARKER = "LEADLINE";
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Creates the directory if needed; throws {@link EmbeddedFailure} when it is in use, foreign or not writable. */
  static DataDirectory open(Path path) {
    try {
      refuseForeign(path);
      Files.createDirectories(path);
      FileChannel lock = lock(path);
      try {
        return mark(new DataDirectory(path, lock));
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw EmbeddedFailure.damaged(
          "The data directory %s cannot be used (%s: %s)."
              .formatted(absolute(path), e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException ignored) {
      // The lock ends with the process at the latest.
    }
  }

  private static void refuseForeign(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw EmbeddedFailure.damaged("The data directory %s is not a directory.".formatted(absolute(path)));
    }
    if (Files.exists(path.resolve(MARKER))) {
      return;
    }
    try (Stream<Path> content = Files.list(path)) {
      if (content.anyMatch(file -> !file.getFileName().toString().equals(LOCK))) {
        throw EmbeddedFailure.damaged(
            "The data directory %s holds files that are not Leadline's; set leadline.data to an empty or new directory."
                .formatted(absolute(path)));
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      // Handled as a lock of another process.
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw EmbeddedFailure.inUse(path);
    }
    return channel;
  }

  private static DataDirectory mark(DataDirectory directory) throws IOException {
    Path marker = directory.resolve(MARKER);
    if (!Files.exists(marker)) {
      Files.writeString(marker, FORMAT);
    } else if (!Files.readString(marker).equals(FORMAT)) {
      throw EmbeddedFailure.damaged(
          "The data directory %s has a format that this Leadline does not know (see the file %s in it)."
              .formatted(absolute(directory.path), MARKER));
    }
    return directory;
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
