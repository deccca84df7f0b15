package dev.leadline.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What Java has no name for. */
public final class Disk {

  private static final long LITTLE = 1L << 20;

  private Disk() {}

  /** Whether too little is free for anything to begin: less than 1 MB. */
  public static boolean isFull(Path directory) {
    return free(directory) < LITTLE;
  }

  /** In bytes, on the disk of the directory, or of the one that it will be in. */
  public static long free(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing.toFile().getUsableSpace();
  }

  /** Makes created, renamed and deleted files of the directory survive a power failure, where the system can. */
  public static void sync(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
