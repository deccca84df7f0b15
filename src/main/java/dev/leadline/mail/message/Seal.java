package dev.leadline.mail.message;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Component;

/** Our own mark (HMAC-SHA-256, cut) on what we hand out, so that nobody else can make it. */
@Component
public class Seal {

  private static final String ALGORITHM = "HmacSHA256";
  private static final String SECRETS = "secrets";
  private static final String ID = "unsubscribe-links";

  private final String configured;
  private final MongoTemplate mongo;
  private volatile SecretKeySpec key;

  public Seal(MessageSettings settings, MongoTemplate mongo) {
    this.configured = settings.unsubscribeSecret();
    this.mongo = mongo;
  }

  /** The first bytes of the mark on a text. */
  byte[] of(String text, int length) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key());
      return Arrays.copyOf(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)), length);
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
