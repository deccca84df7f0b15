package dev.leadline.replies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.replies.MachineMail.Said;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MachineMailTest {

  private static final String OUR_MAIL = "<0123456789abcdef0123456789abcdef01234567.touch@harbor.example>";

  private final MachineMail machines = new MachineMail();

  static Stream<Path> mails() {
    return Mails.all();
  }

  @ParameterizedTest
  @MethodSource("mails")
  void everyMailIsKnownForWhatItIs(Path file) {
    assertThat(word(machines.read(MimeReader.read(Mails.read(file))))).isEqualTo(file.getParent().getFileName().toString());
  }

  @ParameterizedTest
  @MethodSource("mails")
  void aReportNamesTheMailItIsAbout(Path file) {
    var mail = MimeReader.read(Mails.read(file));
    if (machines.read(mail) instanceof Said.Bounced || machines.read(mail) instanceof Said.Complained) {
      assertThat(mail.subjects()).contains(OUR_MAIL);
    }
  }

  @Test
  void theExactCodeCountsWhereTheFirstOneIsVague() {
    var said = (Said.Bounced) machines.read(MimeReader.read(Mails.named("hard/vague-status-exact-diagnosis")));
    assertThat(said.status()).isEqualTo("5.1.1");
  }

  private static String word(Said said) {
    return switch (said) {
      case Said.Bounced bounced -> bounced.failure().name().toLowerCase();
      case Said.Complained ignored -> "complaint";
      case Said.Automatic ignored -> "automatic";
      case Said.Other ignored -> "other";
      case Said.Nothing ignored -> "person";
    };
  }
}
