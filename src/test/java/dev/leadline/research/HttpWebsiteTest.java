package dev.leadline.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.leadline.provider.PublicAddress;
import dev.leadline.research.Website.Unreadable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpWebsiteTest {

  private final List<String> resolved = new CopyOnWriteArrayList<>();
  private final List<String> agents = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer server;
  private HttpWebsite website;

  /** Only here may this machine be read, and only under names that are allowed. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    website = new HttpWebsite(
        host -> {
          resolved.add(host);
          return host.endsWith("acme.test")
              ? new InetAddress[] {InetAddress.getLoopbackAddress()}
              : PublicAddress.of(host);
        },
        1_500);
  }

  @AfterEach
  void stop() {
    closing.countDown();
    website.close();
    server.stop(0);
  }

  @Test
  void aPageIsReadUnderOurOwnName() {
    page("/", "text/html; charset=utf-8", "<p>Grüße aus Łódź</p>".getBytes(StandardCharsets.UTF_8));

    assertThat(read("/").html()).contains("Grüße aus Łódź");
    assertThat(agents).allMatch(agent -> agent.startsWith("Leadline/"));
  }

  @Test
  void theCharsetIsTakenFromTheHeaderOrThePage() {
    page("/header", "text/html; charset=windows-1252", "<p>Grüße</p>".getBytes(Charset.forName("windows-1252")));
    page("/meta", "text/html", "<meta charset=iso-8859-1><p>Grüße</p>".getBytes(StandardCharsets.ISO_8859_1));
    page("/unknown", "text/html; charset=martian", "<p>Grüße</p>".getBytes(StandardCharsets.UTF_8));

    assertThat(read("/header").html()).contains("Grüße");
    assertThat(read("/meta").html()).contains("Grüße");
    assertThat(read("/unknown").html()).contains("Grüße");
  }

  @Test
  void redirectsAreFollowedAndCheckedOneByOne() {
    redirect("/", "/two");
    redirect("/two", "http://www.acme.test:" + port() + "/three");
    page("/three", "text/html", "<p>there</p>".getBytes(StandardCharsets.UTF_8));

    assertThat(read("/").address().getHost()).isEqualTo("www.acme.test");
    assertThat(resolved).contains("acme.test", "www.acme.test");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "http://127.0.0.1:%d/secret", "http://localhost:%d/secret", "http://[::1]:%d/secret",
    "http://169.254.169.254/latest/meta-data", "//127.0.0.1:%d/secret"
  })
  void aRedirectToAPrivateAddressIsRefused(String target) {
    redirect("/", target.formatted(port()));
    page("/secret", "text/html", "<p>secret</p>".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read("/")).isInstanceOf(Unreadable.class).hasMessage("refused: not a public address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "ftp://acme.test/", "javascript:alert(1)", "http://a:b@acme.test/",
    "http://acme.test:99999/"})
  void onlyPlainWebAddressesAreFollowed(String target) {
    redirect("/", target);

    assertThatThrownBy(() -> read("/")).isInstanceOf(Unreadable.class).hasMessageStartingWith("refused");
  }

  @Test
  void redirectsInACircleEnd() {
    redirect("/", "/");

    assertThatThrownBy(() -> read("/")).hasMessage("more than 5 redirects");
  }

  @Test
  void aLargePageIsNotRead() {
    page("/", "text/html", new byte[1_000_001]);

    assertThatThrownBy(() -> read("/")).hasMessage("larger than 1 MB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/pdf", "image/png", "application/json", "text/plain", ""})
  void onlyPagesAreRead(String type) {
    page("/", type, "%PDF".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read("/")).isInstanceOf(Unreadable.class).hasMessageStartingWith("not a page");
  }

  @Test
  void whatASiteAsksRobotsNotToReadIsNotRead() {
    page("/robots.txt", "text/plain", """
        User-agent: *
        Disallow: /

        User-agent: leadline
        Disallow: /private
        """.getBytes(StandardCharsets.UTF_8));
    page("/about", "text/html", "<p>about</p>".getBytes(StandardCharsets.UTF_8));
    page("/private/team", "text/html", "<p>team</p>".getBytes(StandardCharsets.UTF_8));
    redirect("/team", "/private/team");

    assertThat(read("/about").html()).contains("about");
    for (String path : List.of("/private/team", "/team"))
      assertThatThrownBy(() -> read(path)).as(path).isInstanceOf(Unreadable.class)
          .hasMessage("the site asks robots not to read it");
    assertThat(agents).as("robots.txt is read once, then one page").hasSize(2);
  }

  @Test
  void aServerThatFailsToSayWhatRobotsMayReadIsLeftAlone() {
    server.createContext("/robots.txt", exchange -> {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
    });
    page("/about", "text/html", "<p>about</p>".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read("/about")).hasMessage("the site asks robots not to read it");
  }

  @Test
  void aMissingPageSaysSo() {
    assertThatThrownBy(() -> read("/nothing")).hasMessage("answers with status 404");
  }

  @Test
  void aServerThatHangsOrDripsIsLeftInTime() {
    server.createContext("/hangs", exchange -> hold());
    server.createContext("/drips", exchange -> {
      exchange.getResponseHeaders().add("Content-Type", "text/html");
      exchange.sendResponseHeaders(200, 0);
      try {
        while (closing.getCount() > 0) {
          exchange.getResponseBody().write("<p>drip</p>".getBytes(StandardCharsets.UTF_8));
          exchange.getResponseBody().flush();
          closing.await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });

    for (String path : List.of("/hangs", "/drips")) {
      long started = System.nanoTime();
      assertThatThrownBy(() -> read(path)).as(path).hasMessage("no answer in time");
      assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
    }
  }

  @Test
  void anUnknownNameAndAClosedPortAreNotAnswers() {
    assertThatThrownBy(() -> website.read(URI.create("http://no-such-host.invalid/")))
        .hasMessage("the name is not known");
    int port = port();
    server.stop(0);
    assertThatThrownBy(() -> website.read(URI.create("http://acme.test:" + port + "/")))
        .hasMessage("the site does not answer");
  }

  @Test
  void asDeliveredItDoesNotReadThisMachine() {
    page("/", "text/html", "<p>secret</p>".getBytes(StandardCharsets.UTF_8));
    try (var delivered = new HttpWebsite()) {
      for (String host : List.of("127.0.0.1", "localhost", "[::1]", "2130706433", "[::ffff:127.0.0.1]"))
        assertThatThrownBy(() -> delivered.read(URI.create("http://" + host + ":" + port() + "/")))
            .as(host)
            .isInstanceOf(Unreadable.class);
    }
  }

  private Website.Page read(String path) {
    return website.read(URI.create("http://acme.test:" + port() + path));
  }

  private int port() {
    return server.getAddress().getPort();
  }

  @Test
  void anAddressThatCannotBeIsUnreadable() {
    assertThatThrownBy(() -> website.read(URI.create("https://acme.test:65536/")))
        .isInstanceOf(Unreadable.class).hasMessage("refused: not a plain address");
  }

  private void page(String path, String type, byte[] body) {
    server.createContext(path, exchange -> {
      if (!exchange.getRequestURI().getPath().equals(path)) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      agents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
      if (!type.isEmpty()) exchange.getResponseHeaders().add("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      write(exchange, body);
    });
  }

  private static void write(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseBody().write(body);
    }
  }

  private void redirect(String path, String target) {
    server.createContext(path, exchange -> {
      exchange.getResponseHeaders().add("Location", target);
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
    });
  }

  private void hold() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
