package dev.leadline.intake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** What the form says that we do with what is sent; whoever sends it agrees to that. */
final class Wording {

  static final String TEXT =
      "We read what you write here, look at your website, and answer by e-mail. You can stop that with one click in any"
          + " of our e-mails.";

  /** Changes with the text. */
  static final String VERSION = version();

  private Wording() {}

  private static String version() {
    var sum = new CRC32();
    sum.update(TEXT.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }
}
