package dev.leadline.embedded.camunda.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Saved states of the engine, one directory each, named by the log position that it holds at least. A directory gets
 * its name only when it is complete and on disk, so what has a name can be restored.
 */
final class Checkpoints {
  private static final String UNFINISHED = "unfinished";

  private final Path root;

  Checkpoints(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    DataDirectory.delete(root.resolve(UNFINISHED));
  }

  /** The newest checkpoint, or null. */
  Path newest() throws IOException {
    List<Path> all = all();
    return all.isEmpty() ? null : all.getLast();
  }

  private List<Path> all() throws IOException {
    try (Stream<Path> directories = Files.list(root)) {
      return directories.filter(one -> one.getFileName().toString().matches("\\d{19}")).sorted().toList();
    }
  }

  /** An empty directory to fill. */
  Path begin() throws IOException {
    Path unfinished = root.resolve(UNFINISHED);
    DataDirectory.delete(unfinished);
    return Files.createDirectories(unfinished);
  }

  /** Makes the filled directory the newest checkpoint and drops the older ones. */
  void finish(Path unfinished, long position) throws IOException {
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
