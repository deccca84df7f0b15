package dev.leadline.embedded;

import java.nio.file.Path;
import org.springframework.boot.ExitCodeGenerator;

/**
 * Why an embedded server cannot start: one sentence for a person, and the exit code of the process.
 *
 * <p>Exit codes: 1 anything else, 2 data directory in use, 3 port taken, 4 data directory foreign or corrupt, 5 disk
 * full.
 */
public final class EmbeddedFailure extends RuntimeException implements ExitCodeGenerator {

  private final int exitCode;

  /** A failure with exit code 1. */
  public EmbeddedFailure(String sentence) {
    this(1, sentence, null);
  }

  private EmbeddedFailure(int exitCode, String sentence, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** Another program uses the directory. */
  public static EmbeddedFailure inUse(Path directory) {
    return new EmbeddedFailure(
        2,
        "The data directory %s is in use by another Leadline; end that one or set leadline.data to another directory."
            .formatted(directory.toAbsolutePath().normalize()),
        null);
  }

  /** Another program listens on the port that this property chooses. */
  public static EmbeddedFailure portTaken(String host, int port, String property) {
    return new EmbeddedFailure(
        3, "Port %d on %s is taken; set %s or end the other program.".formatted(port, host, property), null);
  }

  /** What is on disk was not written by this program, or not like this; nothing of it has been changed. */
  public static EmbeddedFailure damaged(String sentence) {
    return damaged(sentence, null);
  }

  /** There is no room to begin. */
  public static EmbeddedFailure diskFull(String server, Path directory) {
    return new EmbeddedFailure(
        5,
        "The embedded %s cannot start: the disk of %s is full. What was acknowledged is there; make room and start again."
            .formatted(server, directory.toAbsolutePath().normalize()),
        null);
  }

  /** As {@link #damaged(String)}, with what was thrown when reading it. */
  public static EmbeddedFailure damaged(String sentence, Throwable cause) {
    return new EmbeddedFailure(4, sentence, cause);
  }

  @Override
  public int getExitCode() {
    return exitCode;
  }
}
