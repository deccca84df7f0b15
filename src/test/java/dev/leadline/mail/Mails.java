package dev.leadline.mail;

import dev.leadline.embedded.mail.EmbeddedMail;
import java.nio.file.Path;

/** The embedded mail server as the programs of this package start it. */
final class Mails {

  private Mails() {}

  static EmbeddedMail.Settings settings(Path directory) {
    return new EmbeddedMail.Settings(directory, "127.0.0.1", 0, 0, 100_000, "");
  }
}
