package dev.leadline.replies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The mails of src/test/resources/mails, each in the folder that is named after what it is. */
final class Mails {

  private static final Path FOLDER = Path.of("src/test/resources/mails");

  private Mails() {}

  static Stream<Path> all() {
    try (var files = Files.walk(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".eml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Path> in(String folder) {
    return all().filter(file -> file.getParent().endsWith(folder));
  }

  static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] named(String name) {
    return read(FOLDER.resolve(name + ".eml"));
  }
}
