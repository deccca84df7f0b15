package dev.leadline.intake;

import dev.leadline.lead.DomainName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The address of a company's website: http or https, a domain name, no user name in it, no port there cannot be. */
final class WebAddress {

  private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*:(?!\\d)");
  private static final Pattern PARTS = Pattern.compile("(https?)://([^/?#@:\\\\]+)(:\\d{1,5})?([/?#].*)?");

  private WebAddress() {}

  /** The address with its host in punycode; "acme.example" becomes "https://acme.example". */
  static Optional<String> of(String text) {
    String url = SCHEME.matcher(text).find() ? text : "https://" + text;
    int host = url.indexOf("://") + 3;
    var parts = PARTS.matcher(host < 3 ? url : url.substring(0, host).toLowerCase(Locale.ROOT) + url.substring(host));
    if (!parts.matches() || !isPort(parts.group(3))) return Optional.empty();
    return DomainName.of(parts.group(2)).flatMap(domain -> ascii(
        parts.group(1) + "://" + domain + or(parts.group(3), "") + or(parts.group(4), "")));
  }

  /** @param part with its colon; null when the address has none */
  private static boolean isPort(String part) {
    int port = part == null ? 1 : Integer.parseInt(part.substring(1));
    return port >= 1 && port <= 65_535;
  }

  private static Optional<String> ascii(String url) {
    try {
      return Optional.of(new URI(url).toASCIIString());
    } catch (URISyntaxException notAnAddress) {
      return Optional.empty();
    }
  }

  private static String or(String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
