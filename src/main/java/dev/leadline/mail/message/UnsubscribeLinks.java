package dev.leadline.mail.message;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Links by which a recipient, and nobody else, stops further mail.
 *
 * <p>A token is a touch's id behind its seal of 16 bytes, as base64url: it carries no address and cannot be guessed or
 * changed.
 */
@Component
public class UnsubscribeLinks {

  private static final int SIGNATURE = 16;
  private static final int LONGEST_TOKEN = 300;

  private final URI base;
  private final Seal seal;

  public UnsubscribeLinks(MessageSettings settings, Seal seal) {
    this.base = settings.publicAddress();
    this.seal = seal;
  }

  URI link(String touchId) {
    String path = base.toString().replaceFirst("/+$", "") + "/unsubscribe/";
    return URI.create(path + token(touchId));
  }

  public String token(String touchId) {
    byte[] id = touchId.getBytes(StandardCharsets.UTF_8);
    byte[] token = ByteBuffer.allocate(SIGNATURE + id.length).put(seal.of(touchId, SIGNATURE)).put(id).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** Id of the touch whose token this is; empty if we never made it. */
  public Optional<String> touchId(String token) {
    byte[] bytes = decoded(token);
    if (bytes.length <= SIGNATURE) return Optional.empty();
    String id = new String(bytes, SIGNATURE, bytes.length - SIGNATURE, StandardCharsets.UTF_8);
    boolean ours = MessageDigest.isEqual(seal.of(id, SIGNATURE), Arrays.copyOf(bytes, SIGNATURE));
    return ours ? Optional.of(id) : Optional.empty();
  }

  private static byte[] decoded(String token) {
    try {
      return token.length() > LONGEST_TOKEN ? new byte[0] : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }
}
