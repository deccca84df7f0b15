package dev.leadline.embedded.camunda.commands;

import dev.leadline.embedded.camunda.engine.Answer;
import dev.leadline.embedded.camunda.engine.DataDirectory;
import dev.leadline.embedded.camunda.engine.EngineClock;
import dev.leadline.embedded.camunda.engine.JobStreams;
import dev.leadline.embedded.camunda.engine.Partition;
import dev.leadline.embedded.camunda.view.View;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What both protocols talk to: the engine's present life, its view, its clock, its waiting workers. */
public final class Broker implements AutoCloseable {
  /** The version that topology reports and that clients compare. */
  public static final String VERSION = "8.8.21";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final DataDirectory directory;
  private final EngineClock clock = new EngineClock();
  private final JobStreams jobStreams = new JobStreams();
  private volatile Partition partition;
  private volatile View view;
  private volatile int purges;

  public Broker(DataDirectory directory) throws IOException {
    this.directory = directory;
    begin();
  }

  private void begin() throws IOException {
    partition = new Partition(directory, clock, jobStreams);
    view = new View(partition);
    view.awaitPosition(partition.durablePosition());
    view.activatedJobs().forEach(key -> tell(JobCommands.yield(key)));
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
    close();
    directory.clear();
    begin();
    return ++purges;
  }

  public int purges() {
    return purges;
  }

  @Override
  public void close() {
    view.close();
    partition.close();
  }
}
