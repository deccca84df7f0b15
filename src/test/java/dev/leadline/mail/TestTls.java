package dev.leadline.mail;

import java.io.InputStream;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS with the certificate that GreenMail brings, which nobody trusts by himself. */
public final class TestTls {

  private TestTls() {}

  public static SSLContext certified() {
    try (InputStream file = TestTls.class.getResourceAsStream("/greenmail.p12")) {
      char[] password = "changeit".toCharArray();
      var store = KeyStore.getInstance("PKCS12");
      store.load(file, password);
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      var context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
