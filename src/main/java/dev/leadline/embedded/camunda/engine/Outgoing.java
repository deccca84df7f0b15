package dev.leadline.embedded.camunda.engine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the engine says to the outside, in the order it was decided: one thread prepares each message while the disk
 * still works, and lets it go when everything it rests on is on disk. Its length is bounded by the commands in flight.
 */
final class Outgoing implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

  private record Message(long position, Supplier<Runnable> preparation) {}

  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final SegmentLog log;
  private final Thread thread;

  Outgoing(SegmentLog log) {
    this.log = log;
    thread = Thread.ofPlatform().name("engine-out").daemon().start(this::run);
  }

  /** Prepares at once, and runs what that gives when all that has been appended until now is on disk. */
  void add(Supplier<Runnable> preparation) {
    messages.add(new Message(log.lastPosition(), preparation));
  }

  private void run() {
    try {
      while (true) {
        Message message = messages.take();
        try {
          Runnable delivery = message.preparation().get();
          if (!log.awaitDurable(message.position())) {
            return;
          }
          delivery.run();
        } catch (RuntimeException e) {
          LOG.error("An answer of the engine could not be delivered.", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("Nothing goes out any more.");
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
