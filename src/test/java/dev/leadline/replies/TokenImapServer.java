package dev.leadline.replies;

import dev.leadline.mail.TestTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The door of an IMAP server over TLS as Google and Microsoft have it: nobody gets in but by XOAUTH2. Behind it is an
 * ordinary server, which hears everything after the log-in.
 */
final class TokenImapServer implements AutoCloseable {

  /** What Google says to a token that is over, before it says no. */
  private static final String OVER = Base64.getEncoder().encodeToString(
      "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}".getBytes(StandardCharsets.UTF_8));

  /** Tokens it takes. */
  final Set<String> tokens = ConcurrentHashMap.newKeySet();

  /** Commands heard at the door. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  private final List<Socket> lines = new CopyOnWriteArrayList<>();
  private final ServerSocket socket;
  private final int behind;
  private final String user;
  private final String password;

  /** @param user of the server behind */
  TokenImapServer(int behind, String user, String password) {
    this.behind = behind;
    this.user = user;
    this.password = password;
    try {
      this.socket = TestTls.certified().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.startVirtualThread(this::listen);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        lines.add(client);
        Thread.startVirtualThread(() -> {
          try (client) {
            door(client);
          } catch (IOException gone) {
            // the next one, or the end
          }
        });
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void door(Socket client) throws IOException {
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    var out = client.getOutputStream();
    say(out, "* OK door");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      heard.add(line.substring(line.indexOf(' ') + 1));
      switch (words[1].toUpperCase()) {
        case "CAPABILITY" -> {
          say(out, "* CAPABILITY IMAP4rev1 SASL-IR LOGINDISABLED AUTH=XOAUTH2");
          say(out, words[0] + " OK done");
        }
        case "AUTHENTICATE" -> {
          String said = new String(Base64.getDecoder().decode(words[3]), StandardCharsets.UTF_8);
          if (tokens.contains(said.replaceAll("(?s).*auth=Bearer ([^\u0001]*).*", "$1"))) {
            through(client, out, words[0]);
            return;
          }
          say(out, "+ " + OVER);
          in.readLine();
          say(out, words[0] + " NO [AUTHENTICATIONFAILED] Invalid credentials");
        }
        case "LOGOUT" -> {
          say(out, "* BYE");
          say(out, words[0] + " OK done");
          return;
        }
        default -> say(out, words[0] + " NO not before you have logged in by XOAUTH2");
      }
    }
  }

  private void through(Socket client, OutputStream out, String tag) throws IOException {
    try (var server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      say(server.getOutputStream(), "door LOGIN \"" + user + "\" \"" + password + "\"");
      String answer;
      do answer = line(server); while (!answer.startsWith("door "));
      say(out, tag + answer.substring(4));
      Thread.startVirtualThread(() -> {
        try {
          server.getInputStream().transferTo(out);
        } catch (IOException gone) {
          // so is the client
        }
      });
      client.getInputStream().transferTo(server.getOutputStream());
    }
  }

  /** Byte by byte, so that nothing of what follows is read. */
  private static String line(Socket from) throws IOException {
    var line = new StringBuilder();
    for (int c = from.getInputStream().read(); c != '\n'; c = from.getInputStream().read()) {
      if (c < 0) throw new IOException("gone");
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static void say(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Ends all lines; whoever comes again is let in if the door lets them. */
  void hangUp() throws IOException {
    for (Socket line : lines) line.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    hangUp();
  }
}
