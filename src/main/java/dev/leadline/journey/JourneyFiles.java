package dev.leadline.journey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** The diagrams, tables and forms of a directory, as they are deployed together. */
record JourneyFiles(List<JourneyFile> files) {

  /**
   * One file.
   *
   * @param name without directories, as Camunda Modeler names it, so that both see the same resource
   */
  record JourneyFile(String name, byte[] content) {}

  private static final List<String> PATTERNS = List.of("bpmn/*.bpmn", "bpmn/*.dmn", "forms/*.form");

  /** Reads what is there now, in the order of names. */
  static JourneyFiles in(Path directory) throws IOException {
    var files = new ArrayList<JourneyFile>();
    for (var pattern : PATTERNS) {
      var folder = directory.resolve(pattern).getParent();
      if (!Files.isDirectory(folder)) continue;
      var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(pattern.indexOf('/') + 1));
      try (var paths = Files.list(folder)) {
        for (var path : paths.filter(path -> matcher.matches(path.getFileName())).toList()) {
          files.add(new JourneyFile(path.getFileName().toString(), Files.readAllBytes(path)));
        }
      }
    }
    files.sort(Comparator.comparing(JourneyFile::name));
    return new JourneyFiles(List.copyOf(files));
  }

  /** SHA-256 over names and contents, each with its length. */
  String checksum() {
    var digest = DigestUtils.getSha256Digest();
    for (var file : files) {
      add(digest, file.name().getBytes(StandardCharsets.UTF_8));
      add(digest, file.content());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, byte[] bytes) {
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    digest.update(bytes);
  }
}
