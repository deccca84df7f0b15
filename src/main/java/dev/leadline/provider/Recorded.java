package dev.leadline.provider;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The recorded answers of the sandbox, one file for each company of the samples (samples/records). */
public final class Recorded {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*\\.example");
  private static final YAMLMapper YAML = YAMLMapper.builder()
      .addModule(new JavaTimeModule()).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Recorded() {}

  /** Whether a domain is the sandbox's: no real one ends in .example (RFC 2606). */
  public static boolean knows(String domain) {
    return domain != null && domain.endsWith(".example");
  }

  /** What is recorded of this domain, as far as the type wants to know it. */
  public static <T> Optional<T> of(String domain, Class<T> type) {
    if (!NAME.matcher(domain).matches()) return Optional.empty();
    try (InputStream file = Recorded.class.getResourceAsStream("/samples/records/" + domain + ".yaml")) {
      return file == null ? Optional.empty() : Optional.of(YAML.readValue(file, type));
    } catch (IOException e) {
      throw new UncheckedIOException("samples/records/" + domain + ".yaml", e);
    }
  }
}
