package dev.leadline.embedded.camunda.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The file in a checkpoint that says what is in it: a line per file with its CRC-32C, length and name. */
final class Sums {
  private static final String FILE = "SUMS";

  private Sums() {}

  static void write(Path checkpoint) throws IOException {
    Files.write(checkpoint.resolve(FILE), of(checkpoint).values());
  }

  /** What differs from what was written, or null. */
  static String damage(Path checkpoint) {
    try {
      List<String> written = Files.readAllLines(checkpoint.resolve(FILE));
      Map<String, String> found = of(checkpoint);
      for (String line : written) {
        if (!found.containsValue(line)) {
          return "not as written: " + line.substring(line.lastIndexOf(' ') + 1);
        }
      }
      return written.size() == found.size() ? null : "a file too many";
    } catch (IOException | RuntimeException e) {
      return "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    }
  }

  private static Map<String, String> of(Path checkpoint) throws IOException {
    Map<String, String> lines = new TreeMap<>();
    try (Stream<Path> files = Files.walk(checkpoint)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = checkpoint.relativize(file).toString();
        if (!name.equals(FILE)) {
          lines.put(name, "%08x %d %s".formatted(crc(file), Files.size(file), name));
        }
      }
    }
    return lines;
  }

  private static long crc(Path file) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] chunk = new byte[64 * 1024];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        crc.update(chunk, 0, length);
      }
    }
    return crc.getValue();
  }
}
