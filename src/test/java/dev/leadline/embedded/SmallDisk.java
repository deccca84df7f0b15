package dev.leadline.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of a few megabytes that a test can really fill; only root can mount one, else the test is skipped. */
public final class SmallDisk implements AutoCloseable {

  private final Path mount;
  private final Path filler;

  private SmallDisk(Path mount) {
    this.mount = mount;
    this.filler = mount.resolve("filler");
  }

  public static SmallDisk ofMegabytes(int size, Path mount) throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + size + "m", "tmpfs", mount.toString()) == 0,
        "Only root may mount the small disk that this test fills");
    return new SmallDisk(mount);
  }

  public Path directory(String name) {
    return mount.resolve(name);
  }

  /** Until nothing more fits. */
  public void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int size : List.of(1 << 16, 1 << 12, 1)) {
        try {
          while (true) {
            out.write(new byte[size]);
          }
        } catch (IOException full) {
          // Smaller pieces may still fit.
        }
      }
    }
  }

  public void free() throws IOException {
    Files.delete(filler);
  }

  @Override
  public void close() throws Exception {
    run("umount", "-l", mount.toString());
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
  }
}
