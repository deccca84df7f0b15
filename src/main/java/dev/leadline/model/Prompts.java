package dev.leadline.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The prompt files of each step: {@code prompts/<step>.system.md} and {@code .user.md}, and beside them variants,
 * {@code prompts/<step>.<variant>.system.md} and {@code .user.md}, of which one file is enough.
 */
@Component
public class Prompts {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private final Map<String, Prompt> read = new ConcurrentHashMap<>();
  private final Map<String, List<String>> variants = new ConcurrentHashMap<>();

  /**
   * The templates of a step.
   *
   * @param system null when there is no such file
   * @param user null when there is no such file
   * @param version changes with every change of the files: the beginning of their SHA-256
   */
  public record Prompt(String system, String user, String version) {}

  /** @param variant null is the plain one */
  public Prompt of(String step, String variant) {
    return read.computeIfAbsent(variant == null ? step : step + "." + variant, name -> {
      String system = either(name + ".system", step + ".system");
      String user = either(name + ".user", step + ".user");
      return new Prompt(system, user, system == null && user == null ? null : hash(system + "\0" + user));
    });
  }

  /** All there are, in order of the alphabet. */
  public List<String> variants(String step) {
    return variants.computeIfAbsent(step, name -> {
      if (!NAME.matcher(step).matches()) return List.of();
      try {
        return Stream.of(new PathMatchingResourcePatternResolver()
                .getResources("classpath*:prompts/" + step + ".*.*.md"))
            .map(file -> file.getFilename().split("\\.")[1])
            .filter(NAME.asMatchPredicate())
            .distinct().sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private static String either(String first, String second) {
    String text = text(first);
    return text == null ? text(second) : text;
  }

  private static String text(String name) {
    try (InputStream file = Prompts.class.getResourceAsStream("/prompts/" + name + ".md")) {
      return file == null ? null : new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    return DigestUtils.sha256Hex(text).substring(0, 12);
  }
}
