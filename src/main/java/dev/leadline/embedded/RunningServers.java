package dev.leadline.embedded;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;

/** The embedded servers that run on one data directory, and the properties that tell their clients where. */
final class RunningServers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunningServers.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final DataDirectory data;
  private final List<Server> servers = new CopyOnWriteArrayList<>();

  /** A server that has started: how to end it, what its clients need to know, and why it does not work, or null. */
  record Server(AutoCloseable end, Map<String, Object> properties, Supplier<String> trouble) {}

  private RunningServers(DataDirectory data) {
    this.data = data;
  }

  /** Starts all side by side; if one fails, ends the others and throws what the first one failed with. */
  static RunningServers start(DataDirectory data, List<Callable<Server>> starts) {
    RunningServers running = new RunningServers(data);
    RuntimeException failure = null;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Server> start : starts.stream().map(threads::submit).toList()) {
        try {
          running.servers.add(start.get());
        } catch (ExecutionException e) {
          failure = failure == null ? unchecked(e.getCause()) : failure;
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          failure = new EmbeddedFailure("The start was interrupted.");
        }
      }
    }
    if (failure != null) {
      running.close();
      throw failure;
    }
    return running;
  }

  Map<String, Object> properties() {
    Map<String, Object> all = new TreeMap<>();
    servers.forEach(server -> all.putAll(server.properties()));
    return Collections.unmodifiableMap(all);
  }

  /** DOWN with the reasons, if one of them cannot work at the moment. */
  Health health() {
    List<String> troubles = servers.stream().map(server -> server.trouble().get()).filter(Objects::nonNull).toList();
    return troubles.isEmpty() ? Health.up().build() : Health.down().withDetail("reason", String.join(" ", troubles)).build();
  }

  /** Ends all side by side, within five seconds; once. */
  @Override
  public synchronized void close() {
    List<Server> ending = List.copyOf(servers);
    servers.clear();
    CountDownLatch ended = new CountDownLatch(ending.size());
    for (Server server : ending) {
      Thread.startVirtualThread(() -> end(server.end(), ended));
    }
    try {
      if (!ended.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("An embedded server did not end within {} s", CLOSING.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    data.close();
  }

  private static void end(AutoCloseable server, CountDownLatch ended) {
    try {
      server.close();
    } catch (Exception e) {
      log.warn("An embedded server did not end cleanly", e);
    } finally {
      ended.countDown();
    }
  }

  private static RuntimeException unchecked(Throwable cause) {
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
