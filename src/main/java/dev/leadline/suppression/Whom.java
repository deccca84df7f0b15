package dev.leadline.suppression;

import dev.leadline.lead.Company;
import dev.leadline.lead.CompanyName;
import dev.leadline.lead.DomainName;
import dev.leadline.lead.EmailAddress;
import dev.leadline.lead.Lead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Whom a suppression is about.
 *
 * @param key of a person their address in normal form; of a domain "@acme.example", which covers all below it; of a
 *     company "company:acme", by its name as people say it; of an erased person "erased:" and a hash of their address
 */
public record Whom(Scope scope, String key) {

  private static final String COMPANY = "company:";
  private static final String ERASED = "erased:";
  private static final int LONGEST = 320;
  private static final Pattern WORD = Pattern.compile("(?<![\\p{L}\\p{N}])[\\p{L}\\p{N}]");
  private static final int MOST_WORDS = 16;
  private static final int LONGEST_PART = 64;

  /** How many one suppression is about. */
  public enum Scope {
    PERSON,
    DOMAIN,
    COMPANY,
    ERASED
  }

  static Whom ofKey(String key) {
    if (key.startsWith(COMPANY)) return new Whom(Scope.COMPANY, key);
    if (key.startsWith(ERASED)) return new Whom(Scope.ERASED, key);
    return new Whom(key.startsWith("@") ? Scope.DOMAIN : Scope.PERSON, key);
  }

  /** @param address in normal form */
  public static Whom person(String address) {
    return new Whom(Scope.PERSON, address);
  }

  public static Whom company(String name) {
    return new Whom(Scope.COMPANY, COMPANY + CompanyName.spoken(name).toLowerCase(Locale.ROOT));
  }

  /**
   * Somebody whose data are gone; their address is known again when it comes back, and nothing else is known of them.
   *
   * @param address in normal form
   */
  public static Whom erased(String address) {
    return new Whom(Scope.ERASED, ERASED + hash(address));
  }

  /** What people write into a list: an e-mail address, "@acme.example" or "acme.example"; empty when it is neither. */
  public static Optional<Whom> read(String text) {
    String plain = text == null ? "" : text.strip();
    if (plain.isEmpty() || plain.length() > LONGEST) return Optional.empty();
    if (plain.indexOf('@') > 0) return EmailAddress.of(plain).map(address -> person(address.normal()));
    return DomainName.of(plain.startsWith("@") ? plain.substring(1) : plain)
        .map(domain -> new Whom(Scope.DOMAIN, "@" + domain));
  }

  /** For people to read: the address, the domain, the company's name, or that it is somebody whose data are gone. */
  public String words() {
    return switch (scope) {
      case PERSON, DOMAIN -> key;
      case COMPANY -> key.substring(COMPANY.length());
      case ERASED -> "somebody whose data are erased";
    };
  }

  /**
   * Its text from each of its words on, so that an index finds it by any part that begins like a word: "jo@acme.example",
   * "acme.example" and "example". Nothing of somebody whose data are gone.
   */
  List<String> startsOfWords() {
    if (scope == Scope.ERASED) return List.of();
    String text = words();
    return WORD.matcher(text).results().limit(MOST_WORDS).map(word -> part(text.substring(word.start()))).toList();
  }

  /** What somebody types to find whom they mean, as {@link #startsOfWords} has it. */
  static String part(String typed) {
    String plain = typed.strip().toLowerCase(Locale.ROOT);
    String part = plain.startsWith("@") ? plain.substring(1) : plain;
    return part.length() <= LONGEST_PART ? part : part.substring(0, LONGEST_PART);
  }

  boolean covers(Lead lead) {
    return all(lead).contains(key);
  }

  /** The keys of everything that may cover an address, nearest first. */
  static List<String> all(String address) {
    var keys = new ArrayList<String>();
    keys.add(address);
    keys.add(erased(address).key());
    addDomains(address.substring(address.lastIndexOf('@') + 1), keys);
    return keys;
  }

  /** The keys of everything that may cover a lead: their address, its domains, their company and its website. */
  static List<String> all(Lead lead) {
    return all(lead.address(), lead.company(), lead.website());
  }

  /** The same for somebody who is no lead yet; company and website may be null. */
  static List<String> all(String address, String company, String website) {
    var keys = new ArrayList<>(all(address));
    if (company != null && !company.isBlank()) {
      keys.add(company(company).key());
      // Whoever was written down before we knew this legal form stays on the list.
      keys.add(COMPANY + company.strip().toLowerCase(Locale.ROOT));
    }
    Company.domain(website).ifPresent(domain -> addDomains(domain, keys));
    return keys.stream().distinct().toList();
  }

  private static void addDomains(String domain, List<String> keys) {
    for (String rest = domain; rest.indexOf('.') > 0; rest = rest.substring(rest.indexOf('.') + 1)) keys.add("@" + rest);
  }

  private static String hash(String address) {
    return DigestUtils.sha256Hex("leadline suppression " + address);
  }
}
