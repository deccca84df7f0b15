package dev.leadline.embedded.camunda.engine;

import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The engine's own directory: marked with its format, held by one process at a time. */
public final class DataDirectory implements AutoCloseable {
  private static final String FORMAT = "leadline embedded camunda, format 2";

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataDirectory(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  public static DataDirectory open(Path root) {
    try {
      Files.createDirectories(root);
      requireOurs(root);
      FileChannel channel =
          FileChannel.open(root.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw EmbeddedFailure.inUse(root);
      }
      return new DataDirectory(root, channel, lock);
    } catch (IOException e) {
      throw EmbeddedFailure.damaged("The engine cannot use its directory %s: %s".formatted(root, e.getMessage()), e);
    }
  }

  private static void requireOurs(Path root) throws IOException {
    Path marker = root.resolve("FORMAT");
    if (Files.exists(marker)) {
      String found = Files.readString(marker).strip();
      if (found.isEmpty()) {
        Files.writeString(marker, FORMAT + "\n"); // ended in the middle of its very first start
      } else if (!found.equals(FORMAT)) {
        throw EmbeddedFailure.damaged(
            "The directory %s holds data of another format (\"%s\"); this version reads \"%s\"."
                .formatted(root, found.length() > 60 ? found.substring(0, 60) : found, FORMAT));
      }
      return;
    }
    try (Stream<Path> files = Files.list(root)) {
      if (files.findAny().isPresent()) {
        throw EmbeddedFailure.damaged(
            "The directory %s holds files that are not the engine's; choose an empty one.".formatted(root));
      }
    }
    Files.writeString(marker, FORMAT + "\n");
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path log() {
    return root.resolve("log");
  }

  Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /** Forgets everything but the directory itself. */
  public void clear() throws IOException {
    delete(log());
    delete(checkpoints());
  }

  static void delete(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The engine's directory %s could not be released.".formatted(root), e);
    }
  }
}
