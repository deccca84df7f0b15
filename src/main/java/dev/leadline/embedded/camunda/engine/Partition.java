package dev.leadline.embedded.camunda.engine;

import com.netflix.concurrency.limits.limit.FixedLimit;
import io.camunda.search.clients.SearchClientsProxy;
import io.camunda.security.auth.BrokerRequestAuthorizationConverter;
import io.camunda.security.configuration.SecurityConfiguration;
import io.camunda.zeebe.db.AccessMetricsConfiguration;
import io.camunda.zeebe.db.AccessMetricsConfiguration.Kind;
import io.camunda.zeebe.db.ConsistencyChecksSettings;
import io.camunda.zeebe.db.ZeebeDb;
import io.camunda.zeebe.db.impl.rocksdb.RocksDbConfiguration;
import io.camunda.zeebe.db.impl.rocksdb.ZeebeRocksDbFactory;
import io.camunda.zeebe.db.impl.rocksdb.ZeebeRocksDbFactory.SharedRocksDbResources;
import io.camunda.zeebe.engine.Engine;
import io.camunda.zeebe.engine.EngineConfiguration;
import io.camunda.zeebe.engine.processing.EngineProcessors;
import io.camunda.zeebe.engine.processing.message.command.SubscriptionCommandSender;
import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.logstreams.log.LogStreamReader;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.protocol.ZbColumnFamilies;
import io.camunda.zeebe.protocol.impl.encoding.AuthInfo;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.scheduler.ActorScheduler;
import io.camunda.zeebe.stream.impl.ControllableStreamClockImpl;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.camunda.zeebe.util.FeatureFlags;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One life of the engine on its log: the only partition of the only broker. */
public final class Partition implements AutoCloseable {
  private static final int COMMANDS_IN_FLIGHT = 1000;
  private static final long STATE_MEMORY = 64L << 20;
  /** Expressions run on virtual threads: a busy application must not turn its own load into incidents. */
  private static final Duration EXPRESSION_PATIENCE = Duration.ofMinutes(1);

  private final SegmentLog log;
  private final Answers answers;
  private final ActorScheduler scheduler;
  private final LogStream logStream;
  private final LogStreamWriter writer;
  private final SharedRocksDbResources memory;
  private final ZeebeDb<ZbColumnFamilies> state;
  private final StreamProcessor processor;
  private final Checkpoints checkpoints;
  private final Path restored;

  /** What goes into a checkpoint besides the state: writes into the directory, returns the position it has seen. */
  @FunctionalInterface
  public interface Companion {
    long save(Path checkpoint) throws IOException;
  }

  public Partition(DataDirectory directory, EngineClock clock, JobStreams jobStreams) throws IOException {
    MeterRegistry metrics = new SimpleMeterRegistry();
    log = new SegmentLog(directory.log());
    answers = new Answers(log);
    jobStreams.gate(log);
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
    memory = SharedRocksDbResources.allocate(STATE_MEMORY);
    DataDirectory.delete(directory.state());
    checkpoints = new Checkpoints(directory.checkpoints());
    restored = checkpoints.newest();
    if (restored == null) {
      Files.createDirectories(directory.state());
    } else {
      Checkpoints.restore(restored, directory.state());
    }
    state = openState(directory, metrics);
    processor = processor(clock, jobStreams, metrics);
    processor.openAsync(false).join();
  }

  private ZeebeDb<ZbColumnFamilies> openState(DataDirectory directory, MeterRegistry metrics) {
    return new ZeebeRocksDbFactory<ZbColumnFamilies>(
            new RocksDbConfiguration().setMemoryLimit(STATE_MEMORY).setWalDisabled(true),
            new ConsistencyChecksSettings(false, false),
            new AccessMetricsConfiguration(Kind.NONE, 1),
            () -> metrics,
            memory,
            1)
        .createDb(directory.state().toFile(), false);
  }

  private StreamProcessor processor(EngineClock clock, JobStreams jobStreams, MeterRegistry metrics) {
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
                    SearchClientsProxy.noop(),
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
    state.createSnapshot(Checkpoints.stateOf(directory).toFile());
    CountDownLatch durable = new CountDownLatch(1);
    log.whenDurable(log.lastPosition(), durable::countDown);
    long seen = companion.save(directory);
    awaitDurable(durable);
    checkpoints.finish(directory, processed);
    log.deleteBelow(Math.min(processed, seen));
  }

  private void awaitDurable(CountDownLatch durable) throws IOException {
    try {
      if (!durable.await(10, TimeUnit.SECONDS)) {
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
    try {
      state.close();
      scheduler.close();
    } catch (Exception e) {
      throw new IllegalStateException("The engine could not be closed cleanly.", e);
    } finally {
      memory.close();
    }
  }
}
