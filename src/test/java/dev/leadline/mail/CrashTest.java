package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few rounds of {@link CrashRounds}, spread over all steps of a sending. */
@Tag("engine")
class CrashTest {

  @TempDir Path directory;

  @Test
  void noMailIsLostAndNoneGoesTwice() throws Exception {
    var result = CrashRounds.run(directory, 6, 7);

    assertThat(result.kills()).isGreaterThanOrEqualTo(5);
    assertThat(result.lost()).isEmpty();
    assertThat(result.doubled()).isEmpty();
  }
}
