package dev.leadline.webhook;

import dev.leadline.provider.PublicAddress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.springframework.stereotype.Component;

/**
 * Posts to addresses that others gave us: to public addresses only, unless private ones are allowed, without following
 * redirects, and in little time. The check is the resolver of the connection itself, so what was checked is what is
 * connected to.
 */
@Component
class Post implements AutoCloseable {

  private static final int TOTAL_SECONDS = 10;

  private final WebhookSettings settings;
  private final CloseableHttpClient http;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("webhook-clock").factory());

  Post(WebhookSettings settings) {
    this.settings = settings;
    var connections = PoolingHttpClientConnectionManagerBuilder.create()
        .setDnsResolver(new DnsResolver() {
          @Override
          public InetAddress[] resolve(String host) throws UnknownHostException {
            return addresses(host);
          }

          @Override
          public String resolveCanonicalHostname(String host) {
            return host;
          }
        })
        .setMaxConnTotal(32)
        .setMaxConnPerRoute(8)
        .setDefaultConnectionConfig(ConnectionConfig.custom()
            .setConnectTimeout(Timeout.ofSeconds(5)).setSocketTimeout(Timeout.ofSeconds(TOTAL_SECONDS)).build())
        .build();
    this.http = HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(Timeout.ofSeconds(TOTAL_SECONDS)).build())
        .setUserAgent("Leadline/1.0 (webhooks)")
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAutomaticRetries()
        .disableAuthCaching()
        .build();
  }

  /** All addresses of a host; throws when it must not be asked. */
  InetAddress[] addresses(String host) throws UnknownHostException {
    return settings.privateAddresses() ? InetAddress.getAllByName(host) : PublicAddress.of(host);
  }

  /**
   * @return the status of the answer; what else it says is of no interest
   * @throws IOException when there is none; the message says why, in words
   */
  int send(URI url, Map<String, String> headers, String body) throws IOException {
    var request = new HttpPost(url);
    headers.forEach(request::setHeader);
    request.setEntity(new StringEntity(body, ContentType.APPLICATION_JSON));
    var tooLate = clock.schedule(request::cancel, TOTAL_SECONDS, TimeUnit.SECONDS);
    try {
      return http.execute(request, response -> response.getCode());
    } catch (PublicAddress.NotPublic e) {
      throw new IOException("is not a public address");
    } catch (UnknownHostException e) {
      throw new IOException("has a host name that is not known");
    } catch (IOException e) {
      boolean late = request.isCancelled() || e instanceof InterruptedIOException;
      throw new IOException(late ? "does not answer in %d s".formatted(TOTAL_SECONDS) : "cannot be reached");
    } finally {
      tooLate.cancel(false);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    http.close(CloseMode.IMMEDIATE);
  }
}
