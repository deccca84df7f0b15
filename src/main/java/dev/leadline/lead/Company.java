package dev.leadline.lead;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The company of a lead, as others may speak of it.
 *
 * @param name as people say it, without its legal form
 * @param domain of its website, in ASCII and lower case, without "www."; null when there is none
 */
public record Company(String name, String domain) {

  /** A shorter name occurs in too many texts by chance. */
  private static final int SHORTEST = 3;

  public static Company of(Lead lead) {
    return new Company(CompanyName.spoken(lead.company()), domain(lead.website()).orElse(null));
  }

  /** The host of a web address, without "www."; the scheme may be missing. */
  public static Optional<String> domain(String website) {
    if (website == null) return Optional.empty();
    // Not by java.net.URI, which knows no host with other than ASCII letters.
    String host = website.strip().replaceFirst("(?i)^https?://", "").replaceFirst("[/:?#].*$", "");
    return DomainName.of(host).map(name -> name.replaceFirst("^www\\.", ""));
  }

  /** Whether a page of this address is the company's own. */
  public boolean owns(String address) {
    return domain != null && domain(address).filter(domain::equals).isPresent();
  }

  /** Whether a text speaks of this company: by its name as whole words, or by its domain. */
  public boolean isNamedIn(String text) {
    return names(name, text) || names(domain, text);
  }

  private static boolean names(String words, String text) {
    return words != null && words.length() >= SHORTEST && Pattern.compile(
            "(?<![\\p{L}\\p{N}])" + Pattern.quote(words).replace(" ", "\\E\\s+\\Q") + "(?![\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .find();
  }
}
