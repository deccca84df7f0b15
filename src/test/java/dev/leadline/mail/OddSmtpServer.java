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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * An SMTP server that answers one command as it is told, or hangs up instead, and all others well. It can be made to
 * want TLS and a log-in (PLAIN or XOAUTH2).
 */
final class OddSmtpServer implements AutoCloseable {

  static final String HANG_UP = "";
  static final String GREETING = "greeting";
  static final String END_OF_TEXT = ".";

  /** How its lines are secured. */
  enum Security { NONE, STARTTLS, TLS }

  /** What was said to it, each line with "tls " before it when nobody else could hear it. */
  final List<String> heard = new CopyOnWriteArrayList<>();
  final AtomicInteger lines = new AtomicInteger();

  /** Passwords or tokens it takes; it wants none when there are none. */
  final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /** Rests so long before every answer. */
  volatile long slowMillis;

  /** Hangs up after so many mails on a line. */
  volatile int mailsPerLine = Integer.MAX_VALUE;

  private final ServerSocket socket;
  private final Security security;
  private final SSLContext tls;
  private volatile String command;
  private final String answer;
  private final Consumer<String> taken;

  /**
   * @param command EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, or one of the constants above
   * @param taken gets every text that came to its end, before the answer
   */
  OddSmtpServer(String command, String answer, Consumer<String> taken) {
    this(Security.NONE, command, answer, taken);
  }

  OddSmtpServer(Security security, String command, String answer, Consumer<String> taken) {
    this.security = security;
    this.tls = security == Security.NONE ? null : TestTls.certified();
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

  /** From now on it answers everything well. */
  void recover() {
    command = "nothing";
  }

  private void listen() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        lines.incrementAndGet();
        Thread.startVirtualThread(() -> {
          try (client) {
            talk(security == Security.TLS ? secured(client) : client, security == Security.TLS);
          } catch (IOException gone) {
            // the next one, or the end
          }
        });
      } catch (IOException closed) {
        return;
      }
    }
  }

  private SSLSocket secured(Socket client) throws IOException {
    var socket = (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), false);
    socket.setUseClientMode(false);
    socket.startHandshake();
    return socket;
  }

  private void talk(Socket client, boolean secret) throws IOException {
    var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
    var out = client.getOutputStream();
    if (!say(out, GREETING, "220 odd")) return;
    int mails = 0;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      heard.add((secret ? "tls " : "") + line);
      String verb = line.split("[ :]")[0].toUpperCase();
      switch (verb) {
        case "QUIT" -> {
          say(out, verb, "221 bye");
          return;
        }
        case "EHLO", "HELO" -> {
          if (!say(out, "EHLO", extensions(secret))) return;
        }
        case "STARTTLS" -> {
          if (!say(out, verb, "220 go on")) return;
          if (verb.equals(command)) continue;
          var hidden = secured(client);
          client = hidden;
          in = new BufferedReader(new InputStreamReader(hidden.getInputStream(), StandardCharsets.ISO_8859_1));
          out = hidden.getOutputStream();
          secret = true;
        }
        case "AUTH" -> {
          boolean known = secrets.contains(secretIn(line));
          if (!say(out, verb, known ? "235 2.7.0 welcome" : "535 5.7.8 not you")) return;
        }
        default -> {
          if (!say(out, verb, verb.equals("DATA") ? "354 go on" : "250 ok")) return;
        }
      }
      if (verb.equals("DATA") && !verb.equals(command)) {
        var text = new StringBuilder();
        for (String part = in.readLine(); !".".equals(part); part = in.readLine()) {
          if (part == null) return;
          text.append(part.startsWith(".") ? part.substring(1) : part).append("\r\n");
        }
        taken.accept(text.toString());
        if (!say(out, END_OF_TEXT, "250 taken")) return;
        if (++mails >= mailsPerLine) return;
      }
    }
  }

  private String extensions(boolean secret) {
    var lines = new ArrayList<>(List.of("odd"));
    if (security == Security.STARTTLS && !secret) lines.add("STARTTLS");
    if (!secrets.isEmpty()) lines.add("AUTH PLAIN XOAUTH2");
    lines.add("8BITMIME");
    for (int i = 0; i < lines.size() - 1; i++) lines.set(i, "250-" + lines.get(i));
    lines.set(lines.size() - 1, "250 " + lines.getLast());
    return String.join("\r\n", lines);
  }

  /** The password of PLAIN (RFC 4616), or the token of XOAUTH2. */
  private static String secretIn(String line) {
    String[] words = line.split(" ");
    if (words.length < 3) return "";
    String said = new String(Base64.getDecoder().decode(words[2]), StandardCharsets.UTF_8);
    return words[1].equals("XOAUTH2")
        ? said.replaceAll("(?s).*auth=Bearer ([^\u0001]*).*", "$1")
        : said.substring(said.lastIndexOf(0) + 1);
  }

  private boolean say(OutputStream out, String to, String usually) throws IOException {
    if (slowMillis > 0) rest();
    String words = to.equals(command) ? answer : usually;
    if (words.equals(HANG_UP)) return false;
    out.write((words + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return true;
  }

  private void rest() {
    try {
      Thread.sleep(slowMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
