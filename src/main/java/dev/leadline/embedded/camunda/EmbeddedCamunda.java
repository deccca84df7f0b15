package dev.leadline.embedded.camunda;

import dev.leadline.embedded.Disk;
import dev.leadline.embedded.EmbeddedFailure;
import dev.leadline.embedded.camunda.commands.Broker;
import dev.leadline.embedded.camunda.engine.DataDirectory;
import dev.leadline.embedded.camunda.grpc.GrpcServer;
import dev.leadline.embedded.camunda.rest.RestServer;
import dev.leadline.embedded.camunda.view.Retention;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** The real Zeebe engine in this JVM, behind the two addresses of a Camunda 8.8 cluster. */
public final class EmbeddedCamunda implements AutoCloseable {

  /**
   * Where the data is and where to listen (port 0: any free one); testing switches on clock and purge; how long what
   * is over can be asked about.
   */
  public record Settings(
      Path directory, String host, int restPort, int grpcPort, boolean testing, Retention retention) {

    public Settings(Path directory, String host, int restPort, int grpcPort, boolean testing) {
      this(directory, host, restPort, grpcPort, testing, Retention.DEFAULT);
    }
  }

  private static final String SERVER = "engine";

  private final Settings settings;
  private final DataDirectory directory;
  private final Broker broker;
  private final RestServer rest;
  private final GrpcServer grpc;

  private EmbeddedCamunda(
      Settings settings, DataDirectory directory, Broker broker, RestServer rest, GrpcServer grpc) {
    this.settings = settings;
    this.directory = directory;
    this.broker = broker;
    this.rest = rest;
    this.grpc = grpc;
  }

  /** Starts the engine and returns when it answers everything; an {@link EmbeddedFailure} says why it cannot. */
  public static EmbeddedCamunda start(Settings settings) {
    if (Disk.isFull(settings.directory())) {
      throw EmbeddedFailure.diskFull(SERVER, settings.directory());
    }
    DataDirectory directory = DataDirectory.open(settings.directory());
    Broker broker = null;
    RestServer rest = null;
    try {
      broker = new Broker(directory, settings.retention());
      rest = new RestServer(broker, settings.host(), settings.restPort(), settings.testing());
      GrpcServer grpc = new GrpcServer(broker, settings.host(), settings.grpcPort());
      return new EmbeddedCamunda(settings, directory, broker, rest, grpc);
    } catch (IOException | RuntimeException e) {
      closeAll(rest, broker, directory);
      throw refused(settings.directory(), e);
    }
  }

  private static EmbeddedFailure refused(Path directory, Exception cause) {
    if (cause instanceof EmbeddedFailure failure) {
      return failure;
    }
    return Disk.isFull(directory)
        ? EmbeddedFailure.diskFull(SERVER, directory)
        : EmbeddedFailure.damaged(
            "The embedded engine cannot start on %s: %s".formatted(directory, cause.getMessage()), cause);
  }

  /** The address of the REST API, and of clock and purge. */
  public URI restAddress() {
    return URI.create("http://%s:%d".formatted(settings.host(), rest.port()));
  }

  public URI grpcAddress() {
    return URI.create("http://%s:%d".formatted(settings.host(), grpc.port()));
  }

  /** Where Camunda Process Test moves the clock and purges; it answers only when testing. */
  public URI monitoringAddress() {
    return restAddress();
  }

  public boolean healthy() {
    return broker.healthy();
  }

  /** Why the engine does not do commands at the moment, in a sentence, or null. */
  public String trouble() {
    return broker.trouble();
  }

  /** Saves a checkpoint now instead of when the log has grown. */
  void checkpoint() {
    broker.checkpoint();
  }

  @Override
  public void close() {
    closeAll(grpc, rest, broker, directory);
  }

  private static void closeAll(AutoCloseable... parts) {
    for (AutoCloseable part : parts) {
      try {
        if (part != null) {
          part.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException("The embedded engine could not be closed cleanly.", e);
      }
    }
  }
}
