package dev.leadline.mail;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.event.CommandSucceededEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a sending says to the outside, step by step, and the end of the process between two of them.
 *
 * <p>A step is a write to the database on its way there and back, and a line of SMTP on its way to either side. The text
 * of a mail is one step; the dot behind it is another.
 */
final class Steps implements CommandListener {

  private static final Set<String> WRITES = Set.of("insert", "update", "delete", "findAndModify");

  private final AtomicInteger taken = new AtomicInteger();
  private volatile int deadly = Integer.MAX_VALUE;

  /** From now on steps count, and the process dies before the one with this number. */
  void dieBefore(int step) {
    taken.set(0);
    deadly = step;
  }

  int taken() {
    return taken.get();
  }

  private void step() {
    // As by kill -9: nothing gets a chance to tidy up.
    if (taken.incrementAndGet() >= deadly) Runtime.getRuntime().halt(1);
  }

  @Override
  public void commandStarted(CommandStartedEvent event) {
    if (WRITES.contains(event.getCommandName())) step();
  }

  @Override
  public void commandSucceeded(CommandSucceededEvent event) {
    if (WRITES.contains(event.getCommandName())) step();
  }

  /** A way to an SMTP server on which every line is a step; gives its port. */
  int relay(int server) throws IOException {
    var socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      while (true) {
        try {
          Socket client = socket.accept();
          Socket there = new Socket(InetAddress.getLoopbackAddress(), server);
          Thread.startVirtualThread(() -> pass(client, there, true));
          Thread.startVirtualThread(() -> pass(there, client, false));
        } catch (IOException closed) {
          return;
        }
      }
    });
    return socket.getLocalPort();
  }

  private void pass(Socket from, Socket to, boolean toServer) {
    try (from; to) {
      var in = new BufferedInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      boolean text = false;
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        String words = new String(line).strip();
        boolean end = text && words.equals(".");
        if (!text || end) step();
        out.write(line);
        if (!text || end) out.flush();
        if (end) text = false;
        if (toServer && words.equalsIgnoreCase("DATA")) {
          text = true;
          step();
        }
      }
    } catch (IOException gone) {
      // both sides see it
    }
  }

  private static byte[] line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int one = in.read(); one >= 0; one = in.read()) {
      line.write(one);
      if (one == '\n') break;
    }
    return line.toByteArray();
  }
}
