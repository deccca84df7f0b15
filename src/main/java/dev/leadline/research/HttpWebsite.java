package dev.leadline.research;

import dev.leadline.provider.PublicAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jsoup.Jsoup;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The internet, read as a careful and polite stranger would: public addresses only, few redirects, small pages, little
 * time, and nothing that a site asks robots not to read.
 *
 * <p>The check of the address is the resolver of the connection itself, so what was checked is what is connected to;
 * a name that changes its address in between (DNS rebinding) gains nothing. Every redirect is a new request and is
 * checked anew.
 */
@Component
class HttpWebsite implements Website, AutoCloseable {

  private static final int REDIRECTS = 5;
  private static final int LARGEST = 1_000_000;
  private static final int LAST_PORT = 65_535;
  private static final String WHO = "Leadline/1.0 (reads a few public pages of companies that wrote to us)";

  /** What of a robots.txt counts, see RFC 9309, 2.5. */
  private static final int LARGEST_ROBOTS = 512_000;

  private final Robots robots = new Robots();
  private final long totalMillis;
  private final CloseableHttpClient http;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("website-clock").factory());

  @Autowired
  HttpWebsite() {
    this(PublicAddress::of, 8_000);
  }

  /** With another rule of which addresses may be read. */
  HttpWebsite(Resolver addresses, long totalMillis) {
    this.totalMillis = totalMillis;
    var connections = PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(resolver(addresses))
        .setMaxConnTotal(64)
        .setMaxConnPerRoute(8)
        .setDefaultConnectionConfig(ConnectionConfig.custom()
            .setConnectTimeout(Timeout.ofSeconds(3))
            .setSocketTimeout(Timeout.ofMilliseconds(totalMillis))
            .build())
        .build();
    this.http = HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.ofSeconds(3))
            .setResponseTimeout(Timeout.ofMilliseconds(totalMillis))
            .build())
        .setUserAgent(WHO)
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAutomaticRetries()
        .disableAuthCaching()
        .build();
  }

  /** All addresses of a host; throws when it must not be read. */
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  @Override
  public Page read(URI address) {
    long deadline = deadline();
    URI next = address;
    for (int hop = 0; hop <= REDIRECTS; hop++) {
      requireWeb(next);
      robots.mustAllow(next, this::robots);
      URI page = next;
      Step<Page> step = get(page, "text/html, application/xhtml+xml", deadline, response -> page(page, response));
      if (step.read() != null) return step.read();
      next = step.redirect();
    }
    throw new Unreadable("more than %d redirects".formatted(REDIRECTS));
  }

  /** A file that leads nowhere or in circles is none. */
  private Robots.Answer robots(URI address) {
    long deadline = deadline();
    URI next = address;
    for (int hop = 0; hop <= REDIRECTS && isWeb(next) && isPlain(next); hop++) {
      Step<Robots.Answer> step = get(next, "text/plain, */*", deadline, HttpWebsite::rules);
      if (step.read() != null) return step.read();
      next = step.redirect();
    }
    return new Robots.Answer(404, null, new byte[0]);
  }

  private long deadline() {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(totalMillis);
  }

  private record Step<T>(T read, URI redirect) {}

  /** Reads what is no redirect. */
  private interface Reader<T> {
    T read(ClassicHttpResponse response) throws IOException, HttpException;
  }

  private <T> Step<T> get(URI address, String accept, long deadline, Reader<T> reader) {
    var request = new HttpGet(address);
    request.setHeader(HttpHeaders.ACCEPT, accept);
    long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
    ScheduledFuture<?> tooLate = clock.schedule(request::cancel, left, TimeUnit.MILLISECONDS);
    try {
      return http.execute(request, response -> {
        var location = response.getFirstHeader(HttpHeaders.LOCATION);
        boolean moved = response.getCode() >= 300 && response.getCode() < 400 && location != null;
        return moved
            ? new Step<T>(null, target(address, location.getValue()))
            : new Step<T>(reader.read(response), null);
      });
    } catch (PublicAddress.NotPublic e) {
      throw new Unreadable("refused: not a public address");
    } catch (UnknownHostException e) {
      throw new Unreadable("the name is not known");
    } catch (IOException e) {
      boolean late = request.isCancelled() || e instanceof InterruptedIOException;
      throw new Unreadable(late ? "no answer in time" : "the site does not answer");
    } finally {
      tooLate.cancel(false);
    }
  }

  private static Robots.Answer rules(ClassicHttpResponse response) throws IOException {
    byte[] content = response.getCode() == 200 && response.getEntity() != null
        ? response.getEntity().getContent().readNBytes(LARGEST_ROBOTS)
        : new byte[0];
    var type = response.getFirstHeader(HttpHeaders.CONTENT_TYPE);
    return new Robots.Answer(response.getCode(), type == null ? null : type.getValue(), content);
  }

  private static Page page(URI address, ClassicHttpResponse response) throws IOException, HttpException {
    int status = response.getCode();
    if (status != 200) throw new Unreadable("answers with status " + status);
    ContentType type = ContentType.parseLenient(response.getEntity().getContentType());
    String mime = type == null ? "" : type.getMimeType().toLowerCase(Locale.ROOT);
    if (!mime.equals("text/html") && !mime.equals("application/xhtml+xml"))
      throw new Unreadable("not a page but " + (mime.matches("[a-z0-9.+/-]{1,60}") ? mime : "something else"));
    byte[] body = body(response.getEntity().getContent());
    // Jsoup takes the charset from the header, else from a byte order mark or the page itself.
    String charset = type.getCharset() == null ? null : type.getCharset().name();
    String html = Jsoup.parse(new ByteArrayInputStream(body), charset, address.toString()).outerHtml();
    return new Page(address, html);
  }

  private static byte[] body(InputStream content) throws IOException {
    var body = new ByteArrayOutputStream();
    byte[] some = new byte[16_384];
    for (int read; (read = content.read(some)) >= 0; ) {
      body.write(some, 0, read);
      if (body.size() > LARGEST) throw new Unreadable("larger than 1 MB");
    }
    return body.toByteArray();
  }

  private static URI target(URI from, String location) {
    try {
      return from.resolve(location.strip());
    } catch (IllegalArgumentException e) {
      throw new Unreadable("redirects to something that is not an address");
    }
  }

  private static void requireWeb(URI address) {
    if (!isWeb(address)) throw new Unreadable("refused: not http or https");
    if (!isPlain(address)) throw new Unreadable("refused: not a plain address");
  }

  private static boolean isPlain(URI address) {
    return address.getHost() != null && address.getUserInfo() == null && address.getPort() <= LAST_PORT;
  }

  private static boolean isWeb(URI address) {
    String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("http") || scheme.equals("https");
  }

  private static DnsResolver resolver(Resolver addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return addresses.resolve(host);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  @Override
  public void close() {
    clock.shutdownNow();
    http.close(CloseMode.IMMEDIATE);
  }
}
