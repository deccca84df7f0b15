package dev.leadline.embedded.camunda.engine;

import com.netflix.concurrency.limits.limit.FixedLimit;
import io.camunda.search.clients.SearchClientsProxy;
import io.camunda.security.auth.BrokerRequestAuthorizationConverter;
import io.camunda.security.configuration.SecurityConfiguration;
import io.camunda.zeebe.engine.Engine;
import io.camunda.zeebe.engine.EngineConfiguration;
import io.camunda.zeebe.engine.processing.EngineProcessors;
import io.camunda.zeebe.engine.processing.message.command.SubscriptionCommandSender;
import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.logstreams.log.LogStreamReader;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.protocol.impl.encoding.AuthInfo;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.scheduler.Actor;
import io.camunda.zeebe.scheduler.ActorScheduler;
import io.camunda.zeebe.stream.impl.ControllableStreamClockImpl;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.camunda.zeebe.util.FeatureFlags;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One life of the engine on its log: the only partition of the only broker. */
public final class Partition implements AutoCloseable {
  private static final int COMMANDS_IN_FLIGHT = 1000;
  /** Expressions run on virtual threads: a busy application must not turn its own load into incidents. */
  private static final Duration EXPRESSION_PATIENCE = Duration.ofMinutes(1);

  private final SegmentLog log;
  private final Outgoing outgoing;
  private final Answers answers;
  private final ActorScheduler scheduler;
  private final LogStream logStream;
  private final LogStreamWriter writer;
  private final State state;
  private final Copier copier = new Copier();
  private final StreamProcessor processor;
  private final Checkpoints checkpoints;
  private final Path restored;

  /** What goes into a checkpoint besides the state: writes into the directory, returns the position it has seen. */
  @FunctionalInterface
  public interface Companion {
    long save(Path checkpoint) throws IOException;
  }

  /** {@code search} is where the engine looks up what a batch operation is about. */
  public Partition(DataDirectory directory, EngineClock clock, JobStreams jobStreams, SearchClientsProxy search)
      throws IOException {
    MeterRegistry metrics = new CompositeMeterRegistry(); // without a registry in it, nothing is measured
    log = new SegmentLog(directory.log());
    outgoing = new Outgoing(log);
    answers = new Answers(outgoing);
    jobStreams.through(outgoing);
    scheduler =
        ActorScheduler.newActorScheduler()
            .setActorClock(clock.actors())
            .setCpuBoundActorThreadCount(1)
            .setIoBoundActorThreadCount(1)
            .build();
    scheduler.start();
    logStream =
        LogStream.builder()
            .withPartitionId(1)
            .withLogName("engine")
            .withLogStorage(log)
            .withClock(clock)
            .withRequestLimit(FixedLimit.of(COMMANDS_IN_FLIGHT))
            .withMeterRegistry(metrics)
            .build();
    writer = logStream.newLogStreamWriter();
    checkpoints = new Checkpoints(directory.checkpoints());
    restored = checkpoints.newest();
    state = new State(metrics);
    if (restored != null) {
      state.load(restored);
    }
    scheduler.submitActor(copier).join();
    processor = processor(clock, jobStreams, search, metrics);
    processor.openAsync(false).join();
  }

  /** Copies the state on the engine's only thread, between two transactions. */
  private final class Copier extends Actor {
    CompletableFuture<State.Copy> copy() {
      CompletableFuture<State.Copy> copied = new CompletableFuture<>();
      actor.run(() -> copyInto(copied));
      return copied;
    }

    private void copyInto(CompletableFuture<State.Copy> copied) {
      State.Copy copy = state.copy();
      if (copy == null) {
        actor.schedule(Duration.ofMillis(1), () -> copyInto(copied));
      } else {
        copied.complete(copy);
      }
    }
  }

  private StreamProcessor processor(
      EngineClock clock, JobStreams jobStreams, SearchClientsProxy search, MeterRegistry metrics) {
    SecurityConfiguration security = new SecurityConfiguration();
    security.getAuthorizations().setEnabled(false);
    Loopback loopback = new Loopback(() -> writer);
    Engine engine =
        new Engine(
            context ->
                EngineProcessors.createEngineProcessors(
                    context,
                    1,
                    new SubscriptionCommandSender(context.getPartitionId(), loopback),
                    loopback,
                    FeatureFlags.createDefault(),
                    jobStreams,
                    search,
                    new BrokerRequestAuthorizationConverter(security)),
            new EngineConfiguration()
                .setEnableIdentitySetup(false)
                .setExpressionEvaluationTimeout(EXPRESSION_PATIENCE),
            security);
    return StreamProcessor.builder()
        .actorSchedulingService(scheduler)
        .logStream(logStream)
        .zeebeDb(state)
        .recordProcessors(List.of(engine))
        .commandResponseWriter(answers)
        .partitionCommandSender(loopback)
        .listener(processed -> logStream.getFlowControl().onProcessed(processed.getPosition()))
        .clock(new ControllableStreamClockImpl(clock))
        .meterRegistry(metrics)
        .build();
  }

  /** Hands a command to the engine; the answer comes when it is on disk. */
  public CompletableFuture<Answer> send(Intent intent, long key, UnifiedRecordValue value) {
    CompletableFuture<Answer> future = new CompletableFuture<>();
    if (log.trouble() != null) {
      future.completeExceptionally(new Overloaded(log.trouble()));
      return future;
    }
    if (value.getLength() > TooLarge.LIMIT) {
      future.completeExceptionally(new TooLarge(value.getLength()));
      return future;
    }
    RecordMetadata metadata = metadata(intent, value).requestId(answers.expect(future)).requestStreamId(1);
    LogAppendEntry entry =
        key < 0 ? LogAppendEntry.of(metadata, value) : LogAppendEntry.of(key, metadata, value);
    writer
        .tryWrite(WriteContext.userCommand(intent), entry)
        .ifLeft(failure -> future.completeExceptionally(Overloaded.because(failure)));
    return future;
  }

  /** Hands over a command that nobody waits for and that no limit holds back. */
  public void tell(Intent intent, long key, UnifiedRecordValue value) {
    writer.tryWrite(WriteContext.internal(), LogAppendEntry.of(key, metadata(intent, value), value));
  }

  private static RecordMetadata metadata(Intent intent, UnifiedRecordValue value) {
    AuthInfo anonymous = new AuthInfo();
    anonymous.setClaims(Map.of("authorized_anonymous_user", true));
    return new RecordMetadata()
        .recordType(RecordType.COMMAND)
        .valueType(value.valueType())
        .intent(intent)
        .authorization(anonymous);
  }

  /** The checkpoint that this life began from, or null if it began from the log alone. */
  public Path restoredFrom() {
    return restored;
  }

  /** Saves the state, so that a restart begins from here and the log before it can go. */
  public synchronized void checkpoint(Companion companion) throws IOException {
    if (processor.isFailed()) {
      throw new IOException("the engine has stopped processing");
    }
    long processed = processor.getLastProcessedPositionAsync().join();
    if (processed <= 0) {
      return;
    }
    Path directory = checkpoints.begin();
    copier.copy().join().save(directory);
    long appended = log.lastPosition();
    long seen = companion.save(directory);
    awaitDurable(appended);
    checkpoints.finish(directory, processed);
    log.deleteBelow(Math.min(processed, seen));
  }

  private void awaitDurable(long position) throws IOException {
    try {
      if (!log.awaitDurable(position, TimeUnit.SECONDS.toNanos(10))) {
        throw new IOException("the log cannot be written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** How much has been written to the log in this life, in bytes. */
  public long written() {
    return log.written();
  }

  /** A reader at the start of what the log still holds. */
  public LogStreamReader newReader() {
    return logStream.newLogStreamReader();
  }

  /** Calls the listener, on the log's thread, whenever more of the log has become durable. */
  public void onDurable(Runnable listener) {
    log.onDurable(listener);
  }

  /** The last position that is on disk. */
  public long durablePosition() {
    return log.durable();
  }

  public boolean healthy() {
    return log.trouble() == null && !processor.isFailed() && processor.getHealthReport().isHealthy();
  }

  @Override
  public void close() {
    processor.closeAsync().join();
    answers.failAll(new Overloaded("The engine is shutting down."));
    logStream.close();
    log.close();
    outgoing.close();
    try {
      state.close();
      scheduler.close();
    } catch (Exception e) {
      throw new IllegalStateException("The engine could not be closed cleanly.", e);
    }
  }
}
