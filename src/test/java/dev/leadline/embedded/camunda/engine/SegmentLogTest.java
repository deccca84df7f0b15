package dev.leadline.embedded.camunda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.leadline.embedded.EmbeddedFailure;
import io.camunda.zeebe.logstreams.storage.LogStorage.AppendListener;
import io.camunda.zeebe.logstreams.storage.LogStorageReader;
import io.camunda.zeebe.util.buffer.DirectBufferWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log on a disk that damages it, and on one that is full. */
class SegmentLogTest {
  private static final AppendListener NOBODY = new AppendListener() {};
  private static final int RECORDS = 12;

  @TempDir Path directory;

  @Test
  void aLogCutAnywhereHoldsWhatWasWrittenBefore() throws IOException {
    List<Long> ends = writeFrames(directory);
    Path file = file(directory);
    byte[] whole = Arrays.copyOf(Files.readAllBytes(file), ends.getLast().intValue());
    for (int length = ends.get(RECORDS - 4).intValue(); length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      int kept = length;
      long complete = ends.stream().filter(end -> end <= kept).count();
      assertThat(read(directory)).hasSize((int) complete).isEqualTo(records().subList(0, (int) complete));
      append(directory, complete + 1, "after the cut");
      assertThat(read(directory)).hasSize((int) complete + 1).last().isEqualTo("after the cut");
    }
  }

  @Test
  void aWrongByteAnywhereIsFoundAndNoMiddleIsDropped() throws IOException {
    List<Long> ends = writeFrames(directory);
    Path file = file(directory);
    byte[] whole = Arrays.copyOf(Files.readAllBytes(file), ends.getLast().intValue() + 50);
    long lastFrame = ends.get(RECORDS - 2);
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      int position = random.nextInt(whole.length);
      byte[] damaged = whole.clone();
      damaged[position] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      if (position < lastFrame) {
        assertThatThrownBy(() -> read(directory))
            .as("byte %d", position)
            .isInstanceOf(EmbeddedFailure.class)
            .hasMessageContaining(file.toString())
            .hasMessageMatching("(?s).*at byte \\d+.*");
        assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
      } else if (position >= ends.getLast()) {
        assertThat(read(directory)).isEqualTo(records()); // it was in the zeros that follow
      } else {
        // The last frame looks like one that was not written to its end; a checkpoint knows better, see CheckpointTest.
        assertThat(read(directory)).isEqualTo(records().subList(0, RECORDS - 1));
      }
    }
  }

  @Test
  void aMissingFileIsAGap() throws IOException {
    byte[] noise = new byte[6 << 20];
    new Random(5).nextBytes(noise);
    try (SegmentLog log = new SegmentLog(directory)) {
      for (int i = 1; i <= 9; i++) {
        append(log, i, noise);
      }
    }
    List<Path> files = files(directory);
    assertThat(files).hasSizeGreaterThan(2);
    Files.delete(files.get(1));
    assertThatThrownBy(() -> new SegmentLog(directory))
        .isInstanceOf(EmbeddedFailure.class)
        .hasMessageContaining("gap")
        .hasMessageContaining(files.get(2).toString());
  }

  @Test
  void aFullDiskHoldsBackWhoWaitsUntilThereIsRoomAndTheLogStaysWhole() throws Exception {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(8 << 20).setBlockSize(4096).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      Path directory = disk.getPath("/log");
      Path other = disk.getPath("/other");
      Files.write(other, new byte[6 << 20]);
      byte[] noise = new byte[40 << 10];
      new Random(9).nextBytes(noise);
      try (SegmentLog log = new SegmentLog(directory)) {
        int written = 0;
        while (log.trouble() == null) {
          write(log, ++written, noise);
          Thread.sleep(5);
        }
        int last = written;
        assertThat(log.awaitDurable(last, TimeUnit.MILLISECONDS.toNanos(300))).isFalse();
        assertThat(log.durable()).isLessThan(last);
        Files.delete(other);
        assertThat(log.awaitDurable(last, TimeUnit.SECONDS.toNanos(10))).isTrue();
        await().until(() -> log.trouble() == null);
      }
      try (SegmentLog log = new SegmentLog(directory)) {
        assertThat(log.lastPosition()).isEqualTo(log.durable()).isGreaterThan(1);
        assertThat(readAll(log)).hasSize((int) log.lastPosition());
      }
    }
  }

  private static List<String> records() {
    return Stream.iterate(1, i -> i + 1).limit(RECORDS).map(i -> "record " + i + " ".repeat(i)).toList();
  }

  /** One frame per record; returns where each ends. */
  private static List<Long> writeFrames(Path directory) throws IOException {
    try (SegmentLog log = new SegmentLog(directory)) {
      for (int i = 1; i <= RECORDS; i++) {
        append(log, i, records().get(i - 1).getBytes());
      }
    }
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file(directory)));
    List<Long> ends = new ArrayList<>();
    for (int at = 8; content.getInt(at) == Frame.MAGIC; at = ends.getLast().intValue()) {
      ends.add((long) at + Frame.HEADER + content.getInt(at + 4));
    }
    assertThat(ends).hasSize(RECORDS);
    return ends;
  }

  private static void append(Path directory, long position, String text) throws IOException {
    try (SegmentLog log = new SegmentLog(directory)) {
      append(log, position, text.getBytes());
    }
  }

  private static void append(SegmentLog log, long position, byte[] bytes) {
    write(log, position, bytes);
    try {
      assertThat(log.awaitDurable(position, TimeUnit.SECONDS.toNanos(20))).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(SegmentLog log, long position, byte[] bytes) {
    log.append(position, position, new DirectBufferWriter().wrap(new UnsafeBuffer(bytes)), NOBODY);
  }

  private static List<String> read(Path directory) throws IOException {
    try (SegmentLog log = new SegmentLog(directory)) {
      return readAll(log);
    }
  }

  private static List<String> readAll(SegmentLog log) {
    List<String> found = new ArrayList<>();
    try (LogStorageReader reader = log.newReader()) {
      reader.seek(1);
      reader.forEachRemaining(buffer -> {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.getBytes(0, bytes);
        found.add(new String(bytes));
      });
    }
    return found;
  }

  private static Path file(Path directory) throws IOException {
    return files(directory).getFirst();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
