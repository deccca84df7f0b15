package dev.leadline.deliverability;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.leadline.mail.message.DkimSignatures;
import dev.leadline.provider.NameServers.NoAnswer;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What receivers want of a domain that sends: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), and an MX for answers
 * and bounces. Remembered for ten minutes.
 */
@Component
class DomainChecks {

  private static final int MOST_LOOK_UPS = 10;
  private static final int STRONG_KEY = 2048;
  private static final int WEAK_KEY = 1024;

  private final DomainRecords records;
  private final DkimSignatures signatures;
  private final LoadingCache<String, List<Check>> recent =
      Caffeine.newBuilder().maximumSize(100).expireAfterWrite(Duration.ofMinutes(10)).build(this::check);

  DomainChecks(DomainRecords records, DkimSignatures signatures) {
    this.records = records;
    this.signatures = signatures;
  }

  List<Check> of(String domain) {
    return recent.get(domain);
  }

  /** Forgets what was asked. */
  void again() {
    recent.invalidateAll();
  }

  private List<Check> check(String domain) {
    if (domain.equals("example") || domain.endsWith(".example")) {
      return List.of(Check.unknown("Sandbox", "Names under .example belong to nobody, so nobody is asked about them."));
    }
    return List.of(
        answered("SPF", domain, this::spf), answered("DKIM", domain, this::dkim), answered("DMARC", domain, this::dmarc),
        answered("MX", domain, this::mx));
  }

  private interface Question {
    Check about(String domain) throws NoAnswer;
  }

  private static Check answered(String name, String domain, Question question) {
    try {
      return question.about(domain);
    } catch (NoAnswer e) {
      return Check.unknown(name, "No name server answered.");
    }
  }

  private Check spf(String domain) throws NoAnswer {
    var found = spfOf(domain);
    if (found.isEmpty()) {
      return Check.bad("SPF", "The domain does not say who may send in its name.",
          "Publish a TXT record at %s: v=spf1 include:<your provider> -all".formatted(domain), "");
    }
    String record = found.getFirst();
    if (found.size() > 1) {
      return Check.bad("SPF", "There are %d SPF records, and receivers take none of several.".formatted(found.size()),
          "Make one of them.", record);
    }
    int lookUps = lookUps(record, 0);
    if (lookUps > MOST_LOOK_UPS) {
      return Check.bad("SPF", "It takes more than %d look-ups, at which receivers give up.".formatted(MOST_LOOK_UPS),
          "Leave out what does not send any more.", record);
    }
    String lower = record.toLowerCase(Locale.ROOT);
    if (lower.matches(".*\\s\\+?all(\\s.*)?")) {
      return Check.bad("SPF", "It lets everybody send in our name.", "End it with -all.", record);
    }
    if (lower.matches(".*\\s[-~]all(\\s.*)?") || lower.contains(" redirect=")) {
      return Check.good("SPF", "The domain says who may send in its name.", record);
    }
    return Check.warn("SPF", "It does not say what to do with mail of others.", "End it with -all or ~all.", record);
  }

  private List<String> spfOf(String domain) throws NoAnswer {
    return records.texts(domain).stream()
        .filter(text -> text.toLowerCase(Locale.ROOT).matches("v=spf1(\\s.*)?")).toList();
  }

  /** Those of what it includes count too (RFC 7208, 4.6.4). */
  private int lookUps(String record, int before) throws NoAnswer {
    int count = before;
    for (String term : record.toLowerCase(Locale.ROOT).split("\\s+")) {
      String plain = term.replaceFirst("^[-+~?]", "");
      if (!plain.matches("(a|mx|ptr)([:/].*)?|(include|exists):.+|redirect=.+")) continue;
      if (++count > MOST_LOOK_UPS) return count;
      if (plain.startsWith("include:") || plain.startsWith("redirect=")) {
        var inner = spfOf(plain.replaceFirst("^(include:|redirect=)", ""));
        if (!inner.isEmpty()) count = lookUps(inner.getFirst(), count);
      }
    }
    return count;
  }

  private Check dkim(String domain) throws NoAnswer {
    var ours = signatures.publicKey(domain);
    if (ours.isEmpty()) {
      return Check.warn("DKIM", "We sign no mail of this domain. That is right if your provider does.",
          "Else set leadline.mail.dkim.selector and the key.", "");
    }
    String name = signatures.selector() + "._domainkey." + signatures.domain();
    var found = records.texts(name);
    if (found.isEmpty()) {
      return Check.bad("DKIM", "Nobody can verify our signatures: there is no record %s.".formatted(name),
          "Publish it as TXT: v=DKIM1; k=rsa; p=%s".formatted(ours.get()), "");
    }
    String record = found.getFirst();
    String key = tags(record).getOrDefault("p", "").replaceAll("\\s", "");
    if (key.isEmpty()) return Check.bad("DKIM", "The key was withdrawn.", "Publish the present one.", record);
    if (!key.equals(ours.get())) {
      return Check.bad("DKIM", "The published key is not the one we sign with.",
          "Publish p=%s".formatted(ours.get()), record);
    }
    int bits = bits(key);
    if (bits < WEAK_KEY) return Check.bad("DKIM", "A key of %d bits counts for nothing.".formatted(bits), "Make one of 2048.", record);
    if (bits < STRONG_KEY) return Check.warn("DKIM", "A key of %d bits is weak.".formatted(bits), "Make one of 2048.", record);
    return Check.good("DKIM", "Our signatures can be verified.", record);
  }

  private static int bits(String key) {
    try {
      var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(key));
      return ((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec)).getModulus().bitLength();
    } catch (Exception e) {
      return 0;
    }
  }

  /** Of the domain, else of the ones above it. */
  private Check dmarc(String domain) throws NoAnswer {
    for (String above = domain; above.contains("."); above = above.substring(above.indexOf('.') + 1)) {
      var found = records.texts("_dmarc." + above).stream()
          .filter(text -> text.replaceAll("\\s", "").toLowerCase(Locale.ROOT).startsWith("v=dmarc1")).toList();
      if (found.size() > 1) return Check.bad("DMARC", "There is more than one record.", "Make one of them.", found.getFirst());
      if (found.size() == 1) return dmarc(found.getFirst(), above.equals(domain));
    }
    return Check.bad("DMARC", "The domain has no policy; Google and Yahoo want one of everybody who sends much.",
        "Publish a TXT record at _dmarc.%s: v=DMARC1; p=none; rua=mailto:<an address that is read>".formatted(domain), "");
  }

  private static Check dmarc(String record, boolean own) {
    var tags = tags(record);
    String policy = (own ? tags.get("p") : tags.getOrDefault("sp", tags.get("p")));
    policy = policy == null ? "" : policy.toLowerCase(Locale.ROOT);
    return switch (policy) {
      case "reject", "quarantine" -> Check.good("DMARC",
          "Mail in our name that is not ours is %s.".formatted(policy.equals("reject") ? "rejected" : "put aside"), record);
      case "none" -> Check.warn("DMARC", "It only watches: mail in our name that is not ours arrives.",
          tags.containsKey("rua") ? "Go on to p=quarantine when the reports are clean."
              : "Add rua=mailto:… to get reports, then go on to p=quarantine.", record);
      default -> Check.bad("DMARC", "It has no policy that receivers know.", "Set p=none, quarantine or reject.", record);
    };
  }

  private Check mx(String domain) throws NoAnswer {
    var found = records.mailServers(domain);
    if (found.isEmpty() || found.equals(List.of("."))) {
      return Check.bad("MX", "Answers and bounces cannot arrive: the domain takes no mail.", "Publish an MX record.", "");
    }
    return Check.good("MX", "Answers and bounces can arrive.", String.join(", ", found));
  }

  private static Map<String, String> tags(String record) {
    var tags = new HashMap<String, String>();
    for (String tag : record.split(";")) {
      int equals = tag.indexOf('=');
      if (equals > 0) tags.putIfAbsent(tag.substring(0, equals).strip().toLowerCase(Locale.ROOT), tag.substring(equals + 1).strip());
    }
    return tags;
  }
}
