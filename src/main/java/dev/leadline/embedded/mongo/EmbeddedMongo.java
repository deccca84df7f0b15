package dev.leadline.embedded.mongo;

import de.bwaldvogel.mongo.MongoServer;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The MongoDB wire protocol in this JVM, on one file; acknowledged writes survive the death of the process. */
public final class EmbeddedMongo implements AutoCloseable {

  private static final Duration UPKEEP = Duration.ofMinutes(1);
  private static final int COMPACTION_MILLIS = 500;
  private static final long WORTH_COMPACTING = 8L << 20;
  // A writer holds its thread until its commit, so this is how many writers can share one.
  private static final int THREADS = 16;

  private final MongoServer server;
  private final MVStore store;
  private final Upkeep upkeep;
  private final InetSocketAddress address;

  /** Port 0 is any free port. */
  public record Settings(Path directory, String host, int port) {}

  private EmbeddedMongo(MongoServer server, MVStore store, Upkeep upkeep) {
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
    Path file = settings.directory().resolve("leadline.mv.db");
    MVStore store = open(file);
    try {
      GroupCommit commits = new GroupCommit(store);
      DurableBackend backend = new DurableBackend(store, commits);
      Upkeep upkeep = new Upkeep(backend, store, commits, clock);
      if (Files.size(file) > WORTH_COMPACTING) {
        upkeep.compact(COMPACTION_MILLIS);
      }
      MongoServer server = new MongoServer(backend);
      server.bind(new InetSocketAddress(settings.host(), settings.port()), 1, THREADS);
      upkeep.every(upkeepPeriod);
      return new EmbeddedMongo(server, store, upkeep);
    } catch (IOException | RuntimeException e) {
      store.closeImmediately();
      throw corrupt(file, e);
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
    store.close();
  }

  private static MVStore open(Path file) {
    try {
      Files.createDirectories(file.getParent());
      MVStore store =
          new MVStore.Builder()
              .fileName(file.toAbsolutePath().toString())
              .compress()
              .autoCommitDisabled()
              .autoCommitBufferSize(0)
              .open();
      // Space is free at once, because every commit is synced before the next one begins.
      store.setRetentionTime(0);
      return store;
    } catch (MVStoreException e) {
      throw corrupt(file, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedFailure corrupt(Path file, Exception cause) {
    return EmbeddedFailure.damaged(
        "The database file %s cannot be read (%s); nothing in it was changed, restore it from a backup or move it away."
            .formatted(file.toAbsolutePath().normalize(), firstLine(cause)),
        cause);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\s*\\[[^]]*]$", "");
  }
}
