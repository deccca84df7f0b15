package dev.leadline.knowledge;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * One section of the knowledge base in one language.
 *
 * @param id file and name, "security#gdpr"; the same in every language
 * @param language two letters
 * @param asked other words people use for it, in any language; never quoted
 * @param byPerson whether a person has to answer what it is about
 */
public record Section(String id, String language, String title, String text, String asked, boolean byPerson) {

  /** Digits of a section's content that tell its versions apart. */
  private static final int VERSION = 4;

  /** A section as an answer cites it. */
  record Citation(String id, String language, String version) {

    private static final Pattern WRITTEN = Pattern.compile("([a-z0-9-]+#[a-z0-9-]+)/([a-z]{2})@([0-9a-f]+)");

    static Optional<Citation> of(String written) {
      Matcher found = WRITTEN.matcher(written);
      return found.matches() ? Optional.of(new Citation(found.group(1), found.group(2), found.group(3))) : Optional.empty();
    }
  }

  /** How an answer cites it: "security#gdpr/en@1f3a9c04". */
  public String citation() {
    return "%s/%s@%s".formatted(id, language, version());
  }

  String version() {
    return DigestUtils.sha256Hex(title + "\n" + text).substring(0, 2 * VERSION);
  }
}
