package dev.leadline.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** An SMTP server that answers one command as it is told, or hangs up instead, and all others well. */
final class OddSmtpServer implements AutoCloseable {

  static final String HANG_UP = "";
  static final String GREETING = "greeting";
  static final String END_OF_TEXT = ".";

  /** What was said to it. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  private final ServerSocket socket;
  private final String command;
  private final String answer;
  private final Consumer<String> taken;

  /**
   * @param command MAIL, RCPT, DATA, or one of the constants above
   * @param taken gets every text that came to its end, before the answer
   */
  OddSmtpServer(String command, String answer, Consumer<String> taken) {
    this.command = command;
    this.answer = answer;
    this.taken = taken;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
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
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException gone) {
        // the next one, or the end
      }
    }
  }

  private void talk(Socket client) throws IOException {
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    var out = client.getOutputStream();
    if (!say(out, GREETING, "220 odd")) return;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add(line);
      String verb = line.split("[ :]")[0].toUpperCase();
      if (verb.equals("QUIT")) {
        say(out, verb, "221 bye");
        return;
      }
      if (!say(out, verb, verb.equals("DATA") ? "354 go on" : "250 ok")) return;
      if (verb.equals("DATA") && !command.equals("DATA")) {
        var text = new StringBuilder();
        for (String part = in.readLine(); part != null && !part.equals("."); part = in.readLine()) {
          text.append(part).append("\r\n");
        }
        taken.accept(text.toString());
        if (!say(out, END_OF_TEXT, "250 taken")) return;
      }
    }
  }

  private boolean say(OutputStream out, String to, String usually) throws IOException {
    String words = to.equals(command) ? answer : usually;
    if (words.equals(HANG_UP)) return false;
    out.write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return true;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
