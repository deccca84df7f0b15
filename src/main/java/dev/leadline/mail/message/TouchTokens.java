package dev.leadline.mail.message;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * The token of a touch in an address of ours ({@code alex+t-mb5xk…@harbor.example}), by which answers and bounces find
 * their touch even when a mail program drops every header.
 *
 * <p>Sixteen letters and digits (80 bits of the touch's seal): it says nothing, cannot be guessed, survives servers that
 * change the case, and is looked up in the touches.
 */
@Component
public class TouchTokens {

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int BYTES = 10;
  private static final String MARK = "t-";
  private static final Pattern TOKEN = Pattern.compile("\\+" + MARK + "([a-z2-7]{16})@");

  private final Seal seal;

  public TouchTokens(Seal seal) {
    this.seal = seal;
  }

  /** The same for the same touch, always. */
  public String of(String touchId) {
    byte[] bytes = seal.of("address:" + touchId, BYTES);
    var token = new StringBuilder();
    int bits = 0;
    int buffer = 0;
    for (byte one : bytes) {
      buffer = buffer << 8 | one & 0xff;
      for (bits += 8; bits >= 5; bits -= 5) token.append(ALPHABET.charAt(buffer >> bits - 5 & 31));
      buffer &= (1 << bits) - 1;
    }
    return token.toString();
  }

  /** A mailbox's address with a token: what is sent there arrives in that mailbox. */
  public static String address(String mailbox, String token) {
    int at = mailbox.lastIndexOf('@');
    return mailbox.substring(0, at) + "+" + MARK + token + mailbox.substring(at);
  }

  /** The token in an address, or in a header that has one. */
  public static Optional<String> in(String address) {
    var found = TOKEN.matcher(address.toLowerCase(Locale.ROOT));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
