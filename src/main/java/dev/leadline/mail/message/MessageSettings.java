package dev.leadline.mail.message;

import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What stands in every mail besides the approved words.
 *
 * @param publicAddress where recipients reach Leadline, for the link to unsubscribe; https, when it is not a trial
 * @param unsubscribeSecret signs that link and the tokens in addresses; without one, one is made up once and kept in
 *     the database
 * @param disclosure says under the mail that AI had a part in it, where the policy wants that
 * @param sourceNotice says under the first mail where their address is from (%s), where the policy wants that
 */
@ConfigurationProperties("leadline.mail")
public record MessageSettings(
    @DefaultValue("http://localhost:8080") URI publicAddress,
    String unsubscribeSecret,
    @DefaultValue("This e-mail was prepared with the help of AI.") String disclosure,
    @DefaultValue("We have your business contact details from: %s. You can object at any time.") String sourceNotice,
    @DefaultValue Dkim dkim) {

  /**
   * Signs mail by DKIM (RFC 6376) with rsa-sha256.
   *
   * @param domain that signs, the sender's own unless set; mail of other domains is not signed
   * @param selector names the record {@code <selector>._domainkey.<domain>} with the public key
   * @param key private key as PKCS #8 in PEM, from the environment; none when mail is not signed here
   */
  public record Dkim(String domain, @DefaultValue("leadline") String selector, String key) {

    public boolean configured() {
      return key != null && !key.isBlank();
    }
  }
}
