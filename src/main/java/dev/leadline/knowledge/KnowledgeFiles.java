package dev.leadline.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a knowledge base, English at the top and other languages in folders of their own. */
final class KnowledgeFiles {

  private static final Logger log = LoggerFactory.getLogger(KnowledgeFiles.class);
  private static final String ENGLISH = "en";
  private static final Pattern HEADING = Pattern.compile("##\\s+(.*?)\\s*\\{#([a-z0-9-]+)}\\s*");
  private static final String ASKED = "> Asked as:";
  private static final String BY_PERSON = "> A person answers.";

  private final Path folder;

  KnowledgeFiles(Path folder) {
    this.folder = folder;
  }

  /** Changes whenever a file does. */
  String state() {
    return String.join("\n", files().stream().map(KnowledgeFiles::state).toList());
  }

  private static String state(Path file) {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return "%s %d %s".formatted(file, attributes.size(), attributes.lastModifiedTime());
    } catch (IOException e) {
      return file + " is gone";
    }
  }

  List<Section> sections() {
    return files().stream().flatMap(file -> sections(file).stream()).toList();
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) return List.of();
    try (Stream<Path> found = Files.walk(folder, 2)) {
      return found.filter(file -> file.toString().endsWith(".md") && !file.getFileName().toString().equals("README.md"))
          .sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Section> sections(Path file) {
    Path inside = folder.relativize(file);
    String language = inside.getNameCount() == 1 ? ENGLISH : inside.getName(0).toString();
    String subject = inside.getFileName().toString().replace(".md", "");
    var sections = new ArrayList<Section>();
    Draft open = null;
    for (String line : lines(file)) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        if (open != null) sections.add(open.section(subject, language));
        open = new Draft(heading.group(2), heading.group(1));
      } else if (open != null) {
        open.read(line);
      }
    }
    if (open != null) sections.add(open.section(subject, language));
    return sections;
  }

  /** One file that cannot be read keeps no answer from the others; what it knows is for people until it is mended. */
  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      log.error(
          "Left out of the knowledge base: {} {}", file.getFileName(),
          e instanceof CharacterCodingException ? "is not UTF-8" : "cannot be read");
      return List.of();
    }
  }

  /** A section while its lines are read. */
  private static final class Draft {

    private final String name;
    private final String title;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder asked = new StringBuilder();
    private boolean byPerson;

    Draft(String name, String title) {
      this.name = name;
      this.title = title;
    }

    void read(String line) {
      if (line.startsWith(ASKED)) asked.append(line.substring(ASKED.length())).append(' ');
      else if (line.strip().equals(BY_PERSON)) byPerson = true;
      else text.append(line).append('\n');
    }

    Section section(String subject, String language) {
      return new Section(
          subject + "#" + name, language, title, text.toString().strip(), asked.toString().strip(), byPerson);
    }
  }
}
