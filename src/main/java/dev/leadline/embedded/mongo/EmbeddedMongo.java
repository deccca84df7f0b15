package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoServer;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The MongoDB wire protocol in this JVM, on one file; acknowledged writes survive the death of the process. */
public final class EmbeddedMongo implements AutoCloseable {

  private static final Duration UPKEEP = Duration.ofMinutes(1);
  private static final String FILE = "documents.mv.db";
  // A writer holds its thread until its change is on disk, so this is how many writers can share one write.
  private static final int THREADS = 16;

  private final MongoServer server;
  private final DurableStore store;
  private final Upkeep upkeep;
  private final InetSocketAddress address;

  /** Port 0 is any free port. */
  public record Settings(Path directory, String host, int port) {}

  private EmbeddedMongo(MongoServer server, DurableStore store, Upkeep upkeep) {
    this.server = server;
    this.store = store;
    this.upkeep = upkeep;
    this.address = server.getLocalAddress();
  }

  /** Returns when the server listens; throws {@link EmbeddedFailure} for a taken port or a file that is not its own. */
  public static EmbeddedMongo start(Settings settings) {
    return start(settings, Clock.systemUTC(), UPKEEP);
  }

  static EmbeddedMongo start(Settings settings, Clock clock, Duration upkeepPeriod) {
    new Port(settings.host(), settings.port(), "leadline.embedded.mongo.port").requireFree();
    DurableStore store = open(settings.directory());
    try {
      StoredBackend backend = new StoredBackend(store);
      MongoServer server = new MongoServer(backend);
      server.bind(new InetSocketAddress(settings.host(), settings.port()), 1, THREADS);
      Upkeep upkeep = new Upkeep(backend, store, clock);
      upkeep.every(upkeepPeriod);
      return new EmbeddedMongo(server, store, upkeep);
    } catch (RuntimeException e) {
      close(store);
      throw corrupt(settings.directory(), e);
    }
  }

  /** Without database and options. */
  public String uri() {
    return "mongodb://" + address.getHostString() + ":" + address.getPort();
  }

  @Override
  public void close() {
    upkeep.close();
    server.shutdownNow();
    close(store);
  }

  private static void close(DurableStore store) {
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DurableStore open(Path directory) {
    try {
      return new DurableStore(directory, FILE);
    } catch (EmbeddedFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw corrupt(directory, e);
    }
  }

  private static EmbeddedFailure corrupt(Path directory, Exception cause) {
    return EmbeddedFailure.damaged(
        "The database file %s cannot be read (%s); nothing in it was changed, restore it from a backup or move it away."
            .formatted(directory.resolve(FILE).toAbsolutePath().normalize(), firstLine(cause)),
        cause);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\s*\\[[^]]*]$", "");
  }
}
