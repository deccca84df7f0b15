package dev.leadline.webhook;

import dev.leadline.web.Signature;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Signatures after Standard Webhooks (standardwebhooks.com): of the message's id, its time in seconds and its body, by
 * HMAC-SHA-256. A secret is whsec_ and Base64; any other text is taken as it is.
 */
final class Seal {

  static final String ID = "webhook-id";
  static final String TIME = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";
  private static final String PREFIX = "whsec_";

  private Seal() {}

  static String newSecret() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return PREFIX + Base64.getEncoder().encodeToString(random);
  }

  /** With every secret, so that the receiver may change from one to the next. */
  static String sign(List<String> secrets, String id, Instant at, String body) {
    return secrets.stream().map(secret -> "v1," + one(secret, id, String.valueOf(at.getEpochSecond()), body))
        .collect(Collectors.joining(" "));
  }

  /** Whether one of the secrets signed this, and not longer ago than the window. */
  static boolean isGood(
      List<String> secrets, Duration window, Instant now, String id, String timestamp, String signatures, String body) {
    if (id.isBlank() || !timestamp.matches("\\d{9,12}")) return false;
    var sent = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sent, now).abs().compareTo(window) > 0) return false;
    return Stream.of(signatures.split(" ")).filter(one -> one.startsWith("v1,")).limit(10)
        .anyMatch(one -> secrets.stream()
            .anyMatch(secret -> Signature.same("v1," + one(secret, id, timestamp, body), one)));
  }

  private static String one(String secret, String id, String timestamp, String body) {
    return Signature.of(key(secret), (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] key(String secret) {
    if (!secret.startsWith(PREFIX)) return secret.getBytes(StandardCharsets.UTF_8);
    try {
      return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      return secret.getBytes(StandardCharsets.UTF_8);
    }
  }
}
