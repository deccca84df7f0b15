package dev.leadline.embedded.camunda.commands;

import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.engine.Answer;
import dev.leadline.embedded.camunda.engine.DataDirectory;
import dev.leadline.embedded.camunda.engine.EngineClock;
import dev.leadline.embedded.camunda.engine.JobStreams;
import dev.leadline.embedded.camunda.engine.Partition;
import dev.leadline.embedded.camunda.view.EngineSearch;
import dev.leadline.embedded.camunda.view.Retention;
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
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long NO_JOB = 0;
  /** Bytes that must be free: for a checkpoint and the next file of the log. */
  private static final long LOW = 32L << 20;
  /** Records; the view keeps up with the engine, unless it gets no processor. */
  private static final long VIEW_LAG = 200_000;
  private static final String BEHIND = "The view is far behind the engine; try again later.";

  private final DataDirectory directory;
  private final EngineClock clock = new EngineClock();
  private final JobStreams jobStreams = new JobStreams();
  private volatile Partition partition;
  private volatile View view;
  private volatile CompletableFuture<View> searchable;
  private volatile int purges;
  private final Retention retention;
  private final Thread upkeep;
  private volatile String trouble;
  private long saved;

  public Broker(DataDirectory directory, Retention retention) throws IOException {
    this.directory = directory;
    this.retention = retention;
    begin();
    upkeep = Thread.ofVirtual().name("engine-upkeep").start(this::keepUp);
  }

  private void begin() throws IOException {
    searchable = new CompletableFuture<>();
    partition = new Partition(directory, clock, jobStreams, new EngineSearch(this::searchable));
    saved = 0;
    try {
      view = new View(partition, retention);
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
    if (!answersWithin(LEFTOVERS)) {
      throw new EmbeddedFailure(
          "The embedded engine did not get through its log within %d s; nothing of it is lost, start again."
              .formatted(LEFTOVERS.toSeconds()));
    }
  }

  private boolean answersWithin(Duration patience) {
    try {
      partition
          .send(JobIntent.COMPLETE, NO_JOB, new JobRecord())
          .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
          .join();
      return true;
    } catch (CompletionException e) {
      return false;
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
    String reason = trouble;
    if (reason != null) {
      return CompletableFuture.failedFuture(Refusal.of(Refusal.Kind.RESOURCE_EXHAUSTED, reason));
    }
    if (partition.position() - view.position() > VIEW_LAG) {
      return CompletableFuture.failedFuture(Refusal.of(Refusal.Kind.RESOURCE_EXHAUSTED, BEHIND));
    }
    return partition
        .send(command.intent(), command.key(), command.value())
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (answer, failure) -> {
              if (failure != null) {
                Refusal refusal = Refusal.of(failure);
                String late = trouble();
                throw refusal.kind() == Refusal.Kind.DEADLINE_EXCEEDED && late != null
                    ? Refusal.of(Refusal.Kind.DEADLINE_EXCEEDED, late + " The command may be done later.")
                    : refusal;
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

  /** Why commands are not done at the moment, in a sentence, or null. */
  public String trouble() {
    return trouble != null ? trouble : partition.trouble();
  }

  public boolean healthy() {
    return trouble() == null;
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

  private void keepUp() {
    try {
      for (int second = 1; true; second++) {
        Thread.sleep(Duration.ofSeconds(1));
        watch();
        if (second % 60 == 0) {
          view.forget(clock.millis());
          long written = partition.written() - saved;
          if (written > MUCH || written > 0 && second % 900 == 0) {
            checkpoint();
          }
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("No more upkeep.");
    }
  }

  /**
   * Looks whether the engine can work. Some room is left for what it writes by itself, and after a trouble it has to
   * answer before it counts as well again. Never between two lives: the one that ends would be called unwell.
   */
  private synchronized void watch() {
    String found = partition.trouble();
    long free = directory.free();
    if (free < LOW) {
      found = "The disk of the engine's data is almost full, %d MB are left; it takes commands again when %d MB are."
          .formatted(free >> 20, LOW >> 20);
    } else if (partition.failed()) {
      found = beginAgain(found);
    } else if (found == null && trouble != null && !answersWithin(PATIENCE)) {
      found = "The engine does not answer.";
    }
    if (found != null && trouble == null) {
      LOG.error("Commands are refused: {}", found);
    } else if (found == null && trouble != null) {
      LOG.info("The engine takes commands again.");
    }
    trouble = found;
  }

  /** A defect can end the engine's life; the next one begins from checkpoint and log, as after a crash. */
  private synchronized String beginAgain(String reason) {
    LOG.error("{} It begins again from its checkpoint and log.", reason);
    try {
      end();
      begin();
      return null;
    } catch (IOException | RuntimeException e) {
      return "The engine cannot begin again: " + e.getMessage();
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
    } catch (IOException | RuntimeException e) {
      LOG.warn("The checkpoint failed ({}); the log keeps everything until the next one.", e.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    upkeep.interrupt();
    checkpoint();
    end();
  }

  private void end() {
    view.close();
    partition.close();
  }
}
