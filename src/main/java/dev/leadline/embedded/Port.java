package dev.leadline.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port that a server is going to listen on, and the property that chooses it; 0 is any free port. */
public record Port(String host, int number, String property) {

  /** Throws an {@link EmbeddedFailure} if another program listens there. */
  public void requireFree() {
    if (number == 0) {
      return;
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName(host), number));
    } catch (IOException | IllegalArgumentException e) {
      throw EmbeddedFailure.portTaken(host, number, property);
    }
  }
}
