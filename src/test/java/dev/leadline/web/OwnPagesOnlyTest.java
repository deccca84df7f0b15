package dev.leadline.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OwnPagesOnlyTest {

  private final OwnPagesOnly filter = filter("http://localhost:8080");

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8080", "127.0.0.1:8080", "[::1]:8080", "10.1.2.3", "leads.harbor.example:443"})
  void namesOfThisServerAreServed(String host) throws Exception {
    assertThat(status("GET", host, null, null)).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:8080", "localhost.evil.example", "[::1]evil.example"})
  void foreignNamesBoundToThisAddressAreRefused(String host) throws Exception {
    assertThat(status("GET", host, null, null)).isEqualTo(400);
  }

  @Test
  void programsThatAreNoBrowsersMayPost() throws Exception {
    assertThat(status("POST", "localhost:8080", null, null)).isEqualTo(200);
  }

  @Test
  void ownPagesMayPost() throws Exception {
    assertThat(status("POST", "localhost:8080", "http://localhost:8080", "same-origin")).isEqualTo(200);
    assertThat(status("POST", "localhost:8080", "http://localhost:8080", null)).isEqualTo(200);
  }

  @Test
  void pagesOfOtherSitesMayReadLinksButChangeNothing() throws Exception {
    assertThat(status("GET", "localhost:8080", null, "cross-site")).isEqualTo(200);
    assertThat(status("POST", "localhost:8080", null, "cross-site")).isEqualTo(403);
    assertThat(status("POST", "localhost:8080", "https://evil.example", null)).isEqualTo(403);
    assertThat(status("POST", "localhost:8080", "http://localhost:9999", "same-site")).isEqualTo(403);
    assertThat(status("DELETE", "localhost:8080", "null", null)).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/", "/thanks", "/meet/a-B_9", "/meet/a-B_9/cancel", "/unsubscribe/a-B_9", "/webhooks/email", "/webhooks/email-opened",
    "/webhooks/crm/hubspot", "/app-0a1b.css", "/webjars/picocss__pico/css/pico.min-0a1b.css"
  })
  void strangersGetWhatIsForThem(String path) throws Exception {
    assertThat(atTheFrontDoor(path, "hello.harbor.example")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/inbox", "/leads", "/api/v1/leads", "/api", "/webhooks", "/webhooks/subscriptions", "/outbox/stop", "/me", "/mailbox",
    "/meetings", "/actuator/health", "/thanks/../inbox", "/webjars/../inbox", "/webjars/..%2finbox", "/;/inbox", "//inbox",
    "/thanks;/../inbox", "/meet/..", "/unsubscribe/..", "/error", "/meet", ""
  })
  void strangersGetNothingElse(String path) throws Exception {
    assertThat(atTheFrontDoor(path, "hello.harbor.example")).isEqualTo(404);
    assertThat(atTheFrontDoor(path, "Hello.Harbor.example:443")).isEqualTo(404);
  }

  @Test
  void besideTheFrontDoorEverythingIsServed() throws Exception {
    assertThat(atTheFrontDoor("/inbox", "leads.harbor.example")).isEqualTo(200);
    assertThat(atTheFrontDoor("/inbox", "localhost:8080")).isEqualTo(200);
    assertThat(atTheFrontDoor("/inbox", "evil.example")).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For", "X-Forwarded-Host", "Forwarded"})
  void whatAProxyForwardsUnderAnotherNameComesFromAStranger(String header) throws Exception {
    assertThat(atTheFrontDoor("/inbox", "localhost:8080", header)).isEqualTo(404);
    assertThat(atTheFrontDoor("/", "localhost:8080", header)).isEqualTo(200);
    assertThat(atTheFrontDoor("/inbox", "leads.harbor.example", header)).isEqualTo(200);
  }

  @Test
  void aPublicAddressThatIsAlsoNamedAmongTheHostsIsForStrangersAllTheSame() throws Exception {
    var request = new MockHttpServletRequest("GET", "/inbox");
    request.addHeader("Host", "leads.harbor.example");
    var response = new MockHttpServletResponse();
    filter("https://leads.harbor.example").doFilter(request, response, new MockFilterChain());
    assertThat(response.getStatus()).isEqualTo(404);
  }

  private static int atTheFrontDoor(String path, String host, String... forwarding) throws Exception {
    var request = new MockHttpServletRequest("GET", path);
    request.addHeader("Host", host);
    for (String header : forwarding) request.addHeader(header, "hello.harbor.example");
    var response = new MockHttpServletResponse();
    filter("https://hello.harbor.example/").doFilter(request, response, new MockFilterChain());
    return response.getStatus();
  }

  private static OwnPagesOnly filter(String publicAddress) {
    var hosts = List.of("Leads.harbor.example");
    return new OwnPagesOnly(new FrontDoor(URI.create(publicAddress), hosts), hosts);
  }

  private int status(String method, String host, String origin, String site) throws Exception {
    var request = new MockHttpServletRequest(method, "/inbox");
    request.addHeader("Host", host);
    if (origin != null) request.addHeader("Origin", origin);
    if (site != null) request.addHeader("Sec-Fetch-Site", site);
    var response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response.getStatus();
  }
}
