package dev.leadline.mail.smtp;

import dev.leadline.mail.message.Letter;
import dev.leadline.mail.smtp.AccessTokens.NoToken;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The lines to one mail server: a few at once, each used for several mails.
 *
 * <p>A line that had any trouble is not used again.
 */
final class Lines implements AutoCloseable {

  private static final Duration TURN = Duration.ofSeconds(60);
  /** Servers hang up after some minutes of silence, or after some hundred mails. */
  private static final Duration IDLE = Duration.ofSeconds(20);
  private static final int MAILS = 100;

  private final Server server;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();

  Lines(Server server, int most) {
    this.server = server;
    this.places = new Semaphore(Math.max(1, most), true);
  }

  private record Line(Transport transport, int mails, long since) {

    boolean good() {
      return System.nanoTime() - since < IDLE.toNanos() && mails < MAILS;
    }

    /** After the server has answered, saying good-bye badly changes nothing. */
    void close() {
      try {
        transport.close();
      } catch (MessagingException ignored) {
        // the connection is gone either way
      }
    }
  }

  /** All lines are busy for too long. */
  static final class Busy extends Exception {}

  /** It may no longer go; nothing of it was said. */
  static final class Withheld extends Exception {}

  /**
   * Returns when the server has taken the letter; whatever is thrown says how far it came.
   *
   * @param mayGo asked when there is a line, right before the letter is begun
   */
  void send(Letter letter, BooleanSupplier mayGo) throws MessagingException, NoToken, Busy, Withheld {
    if (!turn()) throw new Busy();
    try {
      Line used = kept();
      if (used != null) {
        try {
          send(letter, used, mayGo);
          return;
        } catch (MessagingException hungUp) {
          // A server may hang up while a line rests. Nothing was said then, so it can be said on a new one.
          if (letter.handedOver() || Reply.in(hungUp).said()) throw hungUp;
        }
      }
      send(letter, new Line(server.connect(), 0, System.nanoTime()), mayGo);
    } finally {
      places.release();
    }
  }

  private void send(Letter letter, Line line, BooleanSupplier mayGo) throws MessagingException, Withheld {
    boolean taken = false;
    try {
      if (!mayGo.getAsBoolean()) throw new Withheld();
      line.transport().sendMessage(letter, letter.getAllRecipients());
      taken = true;
    } finally {
      if (taken) idle.push(new Line(line.transport(), line.mails() + 1, System.nanoTime()));
      else line.close();
    }
  }

  private Line kept() {
    for (Line line = idle.poll(); line != null; line = idle.poll()) {
      if (line.good()) return line;
      line.close();
    }
    return null;
  }

  private boolean turn() {
    try {
      return places.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    for (Line line = idle.poll(); line != null; line = idle.poll()) line.close();
  }
}
