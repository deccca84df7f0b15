package dev.leadline.lead;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.validator.routines.EmailValidator;

/**
 * An e-mail address as it was given, and its normal form, by which two spellings are the same person.
 *
 * <p>The normal form is lower case in Unicode NFC, its domain in punycode, without a plus tag ({@code jo+news@} is
 * {@code jo@}). Dots before the @ mean nothing to Google Mail only, so they go for its two domains, which become one.
 */
public record EmailAddress(String given, String normal) {

  private static final Set<String> GOOGLE_MAIL = Set.of("gmail.com", "googlemail.com");
  private static final EmailValidator SYNTAX = new AnyTopLevelDomain();

  public static Optional<EmailAddress> of(String text) {
    String given = Normalizer.normalize(text, Normalizer.Form.NFC);
    int at = given.lastIndexOf('@');
    if (at < 1 || given.startsWith("\"") || given.codePoints().anyMatch(Character::isWhitespace)) return Optional.empty();
    var domain = DomainName.of(given.substring(at + 1));
    if (domain.isEmpty() || !SYNTAX.isValid(given.substring(0, at + 1) + domain.get())) return Optional.empty();
    String local = given.substring(0, at).toLowerCase(Locale.ROOT);
    return Optional.of(new EmailAddress(given, normal(local, domain.get())));
  }

  private static String normal(String local, String domain) {
    int plus = local.indexOf('+');
    String mailbox = plus > 0 ? local.substring(0, plus) : local;
    return GOOGLE_MAIL.contains(domain) ? mailbox.replace(".", "") + "@gmail.com" : mailbox + "@" + domain;
  }

  /** The validator's list of top-level domains is older than the youngest of them. */
  private static class AnyTopLevelDomain extends EmailValidator {

    AnyTopLevelDomain() {
      super(false, true);
    }

    @Override
    protected boolean isValidDomain(String domain) {
      return DomainName.of(domain).isPresent();
    }
  }
}
