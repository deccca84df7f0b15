package dev.leadline.mail.message;

import dev.leadline.mail.message.MessageSettings.Dkim;
import dev.leadline.outreach.SenderProfile;
import jakarta.mail.MessagingException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.james.jdkim.DKIMSigner;
import org.apache.james.jdkim.exceptions.FailException;
import org.springframework.stereotype.Component;

/**
 * Signs mail by DKIM (RFC 6376) when there is a key: relaxed/relaxed, rsa-sha256, over the whole body.
 *
 * <p>From, Subject and the like are named once more than they occur, so that none can be added on the way. The headers
 * for one-click unsubscribing are covered, as RFC 8058 demands.
 */
@Component
public class DkimSignatures {

  private static final String HEADERS =
      "from:from:to:to:subject:subject:date:date:message-id:reply-to:in-reply-to:references:mime-version:content-type:"
          + "list-unsubscribe:list-unsubscribe-post:auto-submitted";

  private static final Pattern SIGNATURE = Pattern.compile("(?<= )b=[^;]*");

  private final String domain;
  private final String selector;
  private final PrivateKey key;

  public DkimSignatures(MessageSettings settings, SenderProfile sender) {
    Dkim dkim = settings.dkim();
    this.selector = dkim.selector();
    this.domain = (dkim.domain() == null || dkim.domain().isBlank() ? Letters.domain(sender.email()) : dkim.domain())
        .toLowerCase(Locale.ROOT);
    this.key = dkim.configured() ? read(dkim.key()) : null;
  }

  /** Adds the signature; a domain that is neither ours nor below it is left unsigned. */
  void sign(Letter letter, String from) throws MessagingException {
    if (!signs(from)) return;
    var raw = new ByteArrayOutputStream();
    try {
      letter.copyTo(raw);
      String header =
          new DKIMSigner(
                  "v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=%s; h=%s; bh=; b=;".formatted(domain, selector, HEADERS),
                  key)
              .sign(new ByteArrayInputStream(raw.toByteArray()));
      letter.setHeader("DKIM-Signature", folded(header.substring(header.indexOf(':') + 1).strip()));
    } catch (IOException | FailException e) {
      throw new MessagingException("The mail cannot be signed", e);
    }
  }

  /** Lines break where white space is already, which reads the same when relaxed, and inside b=, where it may be. */
  private static String folded(String tags) {
    return SIGNATURE.matcher(tags.replaceAll(";\\s+", ";\r\n "))
        .replaceFirst(found -> found.group().replaceAll("(.{70})(?=.)", "$1\r\n "));
  }

  /** In whose name they are. */
  public String domain() {
    return domain;
  }

  public String selector() {
    return selector;
  }

  /** Base64 of the public key that belongs to the signatures of a domain; empty when its mail is not signed here. */
  public Optional<String> publicKey(String from) {
    if (!(key instanceof RSAPrivateCrtKey rsa) || !signs(from)) return Optional.empty();
    try {
      var spec = new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent());
      return Optional.of(Base64.getEncoder().encodeToString(KeyFactory.getInstance("RSA").generatePublic(spec).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has RSA", e);
    }
  }

  private boolean signs(String from) {
    String name = from.toLowerCase(Locale.ROOT);
    return key != null && (name.equals(domain) || name.endsWith("." + domain));
  }

  private static PrivateKey read(String pem) {
    try {
      return DKIMSigner.getPrivateKey(pem.replaceAll("-----[A-Z ]+-----", "").replace("\\n", "").replaceAll("\\s", ""));
    } catch (GeneralSecurityException | RuntimeException e) {
      // Not as the cause: its message may quote the key.
      throw new IllegalStateException(
          "leadline.mail.dkim.key is no private RSA key in PKCS #8 (-----BEGIN PRIVATE KEY-----)");
    }
  }
}
