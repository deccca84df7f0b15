package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final int BATCH = 8 + "batch 1".length();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void threeBatches() throws IOException {
    file = directory.resolve("journal");
    try (Journal journal = Journal.create(file)) {
      for (int i = 1; i <= 3; i++) {
        journal.append(ByteBuffer.wrap(("batch " + i).getBytes()));
      }
    }
  }

  @Test
  void batchesComeBackInTheirOrder() throws IOException {
    assertThat(read()).containsExactly("batch 1", "batch 2", "batch 3");
  }

  @Test
  void aBatchThatWasNotWrittenToItsEndIsLeftOut() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 2 * BATCH; length < 3 * BATCH; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(read()).containsExactly("batch 1", "batch 2");
    }
  }

  @Test
  void aWrongByteInTheLastBatchLeavesItOut() throws IOException {
    damage(3 * BATCH - 1);
    assertThat(read()).containsExactly("batch 1", "batch 2");
  }

  @Test
  void aWrongByteBeforeTheLastBatchIsRefusedWithItsPlace() throws IOException {
    damage(2 * BATCH - 1);
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(EmbeddedFailure.class, e -> assertThat(e.getExitCode()).isEqualTo(4))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("byte " + BATCH);
  }

  private void damage(int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= 1;
    Files.write(file, bytes);
  }

  private List<String> read() throws IOException {
    List<String> batches = new ArrayList<>();
    Journal.read(
        file,
        batch -> {
          byte[] bytes = new byte[batch.remaining()];
          batch.get(bytes);
          batches.add(new String(bytes));
        });
    return batches;
  }
}
