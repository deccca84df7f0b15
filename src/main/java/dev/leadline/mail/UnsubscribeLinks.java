package dev.leadline.mail;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/**
 * Links by which a recipient, and nobody else, stops further mail.
 *
 * <p>A token is a touch's id behind its HMAC-SHA-256, cut to 16 bytes, as base64url: it carries no address and cannot
 * be guessed or changed.
 */
@Component
class UnsubscribeLinks {

  private static final String ALGORITHM = "HmacSHA256";
  private static final int SIGNATURE = 16;
  private static final int LONGEST_TOKEN = 300;
  private static final String SECRETS = "secrets";
  private static final String ID = "unsubscribe-links";

  private final URI base;
  private final String configured;
  private final MongoTemplate mongo;
  private volatile SecretKeySpec key;

  UnsubscribeLinks(MailSettings settings, MongoTemplate mongo) {
    this.base = settings.publicAddress();
    this.configured = settings.unsubscribeSecret();
    this.mongo = mongo;
  }

  URI link(String touchId) {
    String path = base.toString().replaceFirst("/+$", "") + "/unsubscribe/";
    return URI.create(path + token(touchId));
  }

  String token(String touchId) {
    byte[] id = touchId.getBytes(StandardCharsets.UTF_8);
    byte[] token = ByteBuffer.allocate(SIGNATURE + id.length).put(signature(id)).put(id).array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  /** Id of the touch whose token this is; empty if we never made it. */
  Optional<String> touchId(String token) {
    byte[] bytes = decoded(token);
    if (bytes.length <= SIGNATURE) return Optional.empty();
    byte[] id = Arrays.copyOfRange(bytes, SIGNATURE, bytes.length);
    boolean ours = MessageDigest.isEqual(signature(id), Arrays.copyOf(bytes, SIGNATURE));
    return ours ? Optional.of(new String(id, StandardCharsets.UTF_8)) : Optional.empty();
  }

  private static byte[] decoded(String token) {
    try {
      return token.length() > LONGEST_TOKEN ? new byte[0] : Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private byte[] signature(byte[] id) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      return Arrays.copyOf(mac.doFinal(id), SIGNATURE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  private SecretKeySpec key() {
    if (key == null) {
      String secret = configured == null || configured.isBlank() ? kept() : configured;
      key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }
    return key;
  }

  private String kept() {
    var known = mongo.findById(ID, Document.class, SECRETS);
    if (known != null) return known.getString("value");
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    try {
      String made = Base64.getEncoder().encodeToString(random);
      mongo.insert(new Document(Map.of("_id", ID, "value", made)), SECRETS);
      return made;
    } catch (DuplicateKeyException faster) {
      return mongo.findById(ID, Document.class, SECRETS).getString("value");
    }
  }
}
