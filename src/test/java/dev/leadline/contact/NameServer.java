package dev.leadline.contact;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A name server that speaks DNS over UDP (RFC 1035) about the names a test gives it. */
public final class NameServer implements AutoCloseable {

  private static final int A = 1;
  private static final int MX = 15;
  private static final int TXT = 16;

  private final DatagramSocket socket;
  private final Map<String, String> mail = new ConcurrentHashMap<>();
  private final Map<String, List<String>> texts = new ConcurrentHashMap<>();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Set<String> addresses = ConcurrentHashMap.newKeySet();
  final AtomicInteger asked = new AtomicInteger();

  public NameServer() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  /** How many questions it got. */
  public int asked() {
    return asked.get();
  }

  public String address() {
    return "dns://127.0.0.1:" + socket.getLocalPort();
  }

  /** @param server "." for the null MX */
  public NameServer mail(String domain, String server) {
    mail.put(domain, server);
    return this;
  }

  /** A domain with an address and no MX. */
  NameServer addressOnly(String domain) {
    addresses.add(domain);
    return this;
  }

  /** Records of text; what is longer than 255 letters goes out in several strings, as it has to. */
  public NameServer texts(String name, String... records) {
    texts.put(name, List.of(records));
    return this;
  }

  /** @param code 2 server failure, 5 refused, -1 no answer at all */
  public NameServer fails(String domain, int code) {
    failures.put(domain, code);
    return this;
  }

  private void serve() {
    try {
      while (!socket.isClosed()) {
        var question = new DatagramPacket(new byte[512], 512);
        socket.receive(question);
        asked.incrementAndGet();
        byte[] answer = answer(ByteBuffer.wrap(question.getData(), 0, question.getLength()));
        if (answer != null) socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private byte[] answer(ByteBuffer question) throws IOException {
    short id = question.getShort(0);
    question.position(12);
    String name = name(question);
    int type = question.getShort();
    int failure = failures.getOrDefault(name, 0);
    if (failure < 0) return null;
    boolean there = mail.containsKey(name) || addresses.contains(name) || texts.containsKey(name);
    boolean has = failure == 0 && (type == MX && mail.containsKey(name) || type == A && addresses.contains(name));

    List<String> said = failure == 0 && type == TXT ? texts.getOrDefault(name, List.of()) : List.of();

    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(0x8180 | (failure > 0 ? failure : there ? 0 : 3));
    out.writeShort(1);
    out.writeShort(has ? 1 : said.size());
    out.writeInt(0);
    write(out, name);
    out.writeShort(type);
    out.writeShort(1);
    for (String text : said) {
      out.writeShort(0xC00C); // the name of the question
      out.writeShort(TXT);
      out.writeShort(1);
      out.writeInt(60);
      int strings = Math.max(1, (text.length() + 254) / 255);
      out.writeShort(text.length() + strings);
      for (int from = 0; from < strings * 255; from += 255) {
        String part = text.substring(from, Math.min(text.length(), from + 255));
        out.writeByte(part.length());
        out.writeBytes(part);
      }
    }
    if (has) {
      write(out, name);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(60);
      var data = new ByteArrayOutputStream();
      var record = new DataOutputStream(data);
      if (type == MX) {
        record.writeShort(mail.get(name).equals(".") ? 0 : 10);
        write(record, mail.get(name));
      } else {
        record.write(new byte[] {(byte) 192, 0, 2, 1});
      }
      out.writeShort(data.size());
      out.write(data.toByteArray());
    }
    return bytes.toByteArray();
  }

  private static String name(ByteBuffer question) {
    var name = new StringBuilder();
    for (int length; (length = question.get()) > 0; ) {
      byte[] label = new byte[length];
      question.get(label);
      name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
    }
    return name.toString().toLowerCase();
  }

  private static void write(DataOutputStream out, String name) throws IOException {
    for (String label : name.split("\\.")) {
      if (label.isEmpty()) continue;
      out.writeByte(label.length());
      out.writeBytes(label);
    }
    out.writeByte(0);
  }

  @Override
  public void close() {
    socket.close();
  }
}
