package dev.leadline.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OwnPagesOnlyTest {

  private final OwnPagesOnly filter = new OwnPagesOnly(List.of("Leads.harbor.example"));

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
