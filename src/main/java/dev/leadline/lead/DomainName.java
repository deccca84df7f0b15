package dev.leadline.lead;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The name of a host on the internet in ASCII (punycode) and lower case; never an IP address. */
public final class DomainName {

  private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern SYNTAX =
      Pattern.compile("(?:" + LABEL + "\\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])");

  private DomainName() {}

  public static Optional<String> of(String name) {
    try {
      String ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
      return ascii.length() <= 253 && SYNTAX.matcher(ascii).matches() ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException | IndexOutOfBoundsException notAName) {
      return Optional.empty();
    }
  }
}
