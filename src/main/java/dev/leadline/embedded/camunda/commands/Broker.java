package dev.leadline.embedded.camunda.commands;

import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.engine.Answer;
import dev.leadline.embedded.camunda.engine.DataDirectory;
import dev.leadline.embedded.camunda.engine.EngineClock;
import dev.leadline.embedded.camunda.engine.JobStreams;
import dev.leadline.embedded.camunda.engine.Partition;
import dev.leadline.embedded.camunda.view.EngineSearch;
import dev.leadline.embedded.camunda.view.View;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both protocols talk to: the engine's present life, its view, its clock, its waiting workers. */
public final class Broker implements AutoCloseable {
  /** The version that topology reports and that clients compare. */
  public static final String VERSION = "8.8.21";

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final long MUCH = 16L << 20;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration LEFTOVERS = Duration.ofMinutes(2);
  private static final long NO_JOB = 0;

  private final DataDirectory directory;
  private final EngineClock clock = new EngineClock();
  private final JobStreams jobStreams = new JobStreams();
  private volatile Partition partition;
  private volatile View view;
  private volatile CompletableFuture<View> searchable;
  private volatile int purges;
  private final Thread checkpoints;
  private long saved;

  public Broker(DataDirectory directory) throws IOException {
    this.directory = directory;
    begin();
    checkpoints = Thread.ofVirtual().name("engine-checkpoint").start(this::checkpointNowAndThen);
  }

  private void begin() throws IOException {
    searchable = new CompletableFuture<>();
    partition = new Partition(directory, clock, jobStreams, new EngineSearch(this::searchable));
    saved = 0;
    try {
      view = new View(partition);
      searchable.complete(view);
      awaitLeftovers();
    } catch (RuntimeException e) {
      partition.close();
      throw e;
    }
    view.catchUp(partition.durablePosition());
    view.activatedJobs().forEach(key -> tell(JobCommands.yield(key)));
  }

  /**
   * Returns when the engine has answered something, and so has gone through all that an earlier life left in the log:
   * a worker's last poll before a crash is done only now, and its jobs would be held by nobody.
   */
  private void awaitLeftovers() {
    try {
      partition.send(JobIntent.COMPLETE, NO_JOB, new JobRecord()).orTimeout(LEFTOVERS.toSeconds(), TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new EmbeddedFailure(
          "The embedded engine did not get through its log within %d s; nothing of it is lost, start again."
              .formatted(LEFTOVERS.toSeconds()));
    }
  }

  /** The view as the engine itself asks for it, which may be before there is one. */
  private View searchable() {
    View current = searchable.orTimeout(LEFTOVERS.toSeconds(), TimeUnit.SECONDS).join();
    current.awaitPosition(partition.durablePosition());
    return current;
  }

  /** Sends a command; a rejection, an overload or 30 s without an answer is a {@link Refusal}. */
  public CompletableFuture<Answer> send(Command command) {
    return send(command, TIMEOUT);
  }

  public CompletableFuture<Answer> send(Command command, Duration timeout) {
    return partition
        .send(command.intent(), command.key(), command.value())
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                throw Refusal.of(failure);
              }
              if (answer.rejected()) {
                throw Refusal.of(command, answer);
              }
              return answer;
            });
  }

  /** Sends a command whose answer nobody needs. */
  public void tell(Command command) {
    partition.tell(command.intent(), command.key(), command.value());
  }

  /** The view, caught up with everything that was answered before this call. */
  public View currentView() {
    View current = view;
    current.awaitPosition(partition.durablePosition());
    return current;
  }

  public JobStreams jobStreams() {
    return jobStreams;
  }

  public EngineClock clock() {
    return clock;
  }

  public boolean healthy() {
    return partition.healthy();
  }

  /** Forgets all data and begins a new life; returns the number of this change. */
  public synchronized int purge() throws IOException {
    end();
    directory.clear();
    begin();
    return ++purges;
  }

  public int purges() {
    return purges;
  }

  private void checkpointNowAndThen() {
    try {
      for (int minute = 1; true; minute++) {
        Thread.sleep(Duration.ofMinutes(1));
        long written = partition.written() - saved;
        if (written > MUCH || written > 0 && minute % 15 == 0) {
          checkpoint();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No more checkpoints.");
    }
  }

  /** Saves state and view, so that the next start is quick and the log stays short. */
  public synchronized void checkpoint() {
    try {
      long written = partition.written();
      if (written > saved) {
        partition.checkpoint(view::save);
        saved = written;
      }
    } catch (IOException e) {
      LOG.warn("The checkpoint failed ({}); the log keeps everything until the next one.", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    checkpoints.interrupt();
    checkpoint();
    end();
  }

  private void end() {
    view.close();
    partition.close();
  }
}
