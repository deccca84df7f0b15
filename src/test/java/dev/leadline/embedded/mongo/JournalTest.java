package dev.leadline.embedded.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.leadline.embedded.EmbeddedFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

  private static final int BATCH = 12 + "batch 1".length();

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

  @Test
  void aWrongBitAnywhereBeforeTheLastBatchIsRefusedAndNoMiddleIsDropped() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < 2 * BATCH * 8; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      assertThatThrownBy(this::read)
          .as("bit %d", bit)
          .isInstanceOf(EmbeddedFailure.class)
          .hasMessageContaining("byte " + bit / 8 / BATCH * BATCH);
    }
  }

  @Test
  void aBatchThatDidNotFitIsReplacedByTheNext() throws IOException {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(64 << 10).setBlockSize(4096).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      file = disk.getPath("journal").toAbsolutePath();
      Path other = disk.getPath("other").toAbsolutePath();
      try (Journal journal = Journal.create(file)) {
        journal.append(ByteBuffer.wrap("batch 1".getBytes()));
        Files.write(other, new byte[40 << 10]);
        assertThatThrownBy(() -> journal.append(ByteBuffer.allocate(40 << 10))).isInstanceOf(IOException.class);
        assertThat(read()).containsExactly("batch 1");
        Files.delete(other);
        journal.append(ByteBuffer.wrap("batch 2".getBytes()));
      }
      assertThat(read()).containsExactly("batch 1", "batch 2");
    }
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
