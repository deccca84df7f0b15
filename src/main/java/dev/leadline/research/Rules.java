package dev.leadline.research;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;

/** Reads the word lists that the rules of thinking steps go by (src/main/resources/rules). */
public final class Rules {

  private static final YAMLMapper YAML = new YAMLMapper();

  private Rules() {}

  public static <T> T read(String name, Class<T> type) {
    try (InputStream file = Rules.class.getResourceAsStream("/rules/" + name + ".yaml")) {
      return YAML.readValue(file, type);
    } catch (IOException e) {
      throw new UncheckedIOException("rules/" + name + ".yaml", e);
    }
  }

  /** Finds any of these expressions as whole words, in any case and script. */
  public static Pattern anyOf(List<String> expressions) {
    return Pattern.compile(
        "(?<![\\p{L}\\p{N}])(?:" + String.join("|", expressions) + ")(?![\\p{L}\\p{N}])",
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }
}
