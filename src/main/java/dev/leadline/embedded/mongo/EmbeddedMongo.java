package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoServer;
import dev.leadline.embedded.Disk;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The MongoDB wire protocol in this JVM, on one file; acknowledged writes survive the death of the process. */
public final class EmbeddedMongo implements AutoCloseable {

  private static final Duration UPKEEP = Duration.ofMinutes(1);
  private static final String FILE = "documents.mv.db";
  // A writer holds its thread until its change is on disk, so this is how many writers can share one write.
  private static final int THREADS = 8;

  private static final Logger log = LoggerFactory.getLogger(EmbeddedMongo.class);

  private final Settings settings;
  private final Clock clock;
  private final Duration upkeepPeriod;
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("mongo-watch").factory());
  private final InetSocketAddress address;
  private volatile Life life;

  /** Port 0 is any free port. */
  public record Settings(Path directory, String host, int port) {}

  /** From the opening of the file to its end. */
  private record Life(DurableStore store, MongoServer server, Upkeep upkeep) {

    void end() {
      upkeep.close();
      server.shutdownNow();
      EmbeddedMongo.close(store);
    }
  }

  private EmbeddedMongo(Settings settings, Clock clock, Duration upkeepPeriod) {
    this.settings = settings;
    this.clock = clock;
    this.upkeepPeriod = upkeepPeriod;
    life = begin(settings.port());
    address = life.server().getLocalAddress();
    watch.scheduleWithFixedDelay(this::beginAgainIfEnded, 1, 1, TimeUnit.SECONDS);
  }

  /** Returns when the server listens; throws {@link EmbeddedFailure} for a taken port or a file that is not its own. */
  public static EmbeddedMongo start(Settings settings) {
    return start(settings, Clock.systemUTC(), UPKEEP);
  }

  static EmbeddedMongo start(Settings settings, Clock clock, Duration upkeepPeriod) {
    new Port(settings.host(), settings.port(), "leadline.embedded.mongo.port").requireFree();
    return new EmbeddedMongo(settings, clock, upkeepPeriod);
  }

  private Life begin(int port) {
    DurableStore store = open(settings.directory());
    try {
      StoredBackend backend = new StoredBackend(store);
      MongoServer server = new MongoServer(backend);
      server.bind(new InetSocketAddress(settings.host(), port), 1, THREADS);
      Upkeep upkeep = new Upkeep(backend, store, clock);
      upkeep.every(upkeepPeriod);
      return new Life(store, server, upkeep);
    } catch (RuntimeException e) {
      close(store);
      throw corrupt(settings.directory(), e);
    }
  }

  /** A store that could not write ends; what was acknowledged is on disk, and a new one continues from there. */
  private synchronized void beginAgainIfEnded() {
    if (life.store().isOpen() || Disk.isFull(settings.directory())) {
      return;
    }
    try {
      life.end();
      life = begin(address.getPort());
    } catch (RuntimeException e) {
      log.error("The embedded MongoDB cannot begin again: {}", e.getMessage());
    }
  }

  /** Without database and options. */
  public String uri() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  /** Why it does not take changes at the moment, in a sentence, or null. */
  public String trouble() {
    DurableStore store = life.store();
    return store.trouble() != null || store.isOpen() ? store.trouble() : "The embedded MongoDB has stopped.";
  }

  /** What it keeps its data in. */
  DurableStore store() {
    return life.store();
  }

  @Override
  public synchronized void close() {
    watch.shutdownNow();
    life.end();
  }

  private static void close(DurableStore store) {
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DurableStore open(Path directory) {
    if (Disk.isFull(directory)) {
      throw EmbeddedFailure.diskFull("MongoDB", directory);
    }
    try {
      return new DurableStore(directory, FILE);
    } catch (EmbeddedFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw corrupt(directory, e);
    }
  }

  private static EmbeddedFailure corrupt(Path directory, Exception cause) {
    if (DurableStore.isNoRoom(cause)) {
      return EmbeddedFailure.diskFull("MongoDB", directory);
    }
    return EmbeddedFailure.damaged(
        "The database file %s cannot be read (%s); nothing in it was changed, restore it from a backup or move it away."
            .formatted(directory.resolve(FILE).toAbsolutePath().normalize(), firstLine(cause)),
        cause);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\s*\\[[^]]*]$", "");
  }
}
