package dev.leadline.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.Drawings;
import dev.leadline.LeadlineTest;
import io.camunda.client.CamundaClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@LeadlineTest
class PagesTest {

  @LocalServerPort int port;

  @Autowired CamundaClient camunda;
  @Autowired WebApplicationContext context;

  private final HttpClient http = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource({
    "/, New lead", "/inbox, Inbox", "/inbox?show=mine, Inbox", "/inbox?show=nonsense, Inbox", "/leads, Leads",
    "/leads?stage=nonsense&tier=Z&page=-7, Leads", "/leads?q=%28%5B*%2B%5C, Leads", "/journeys, Journeys",
    "/mailbox, Mailbox", "/outbox, Outbox", "/outbox?page=-3, Outbox", "/crm, CRM", "/crm?show=nonsense&page=-7, CRM",
    "/webhooks, Webhooks", "/webhooks?show=nonsense&page=-7, Webhooks"
  })
  void everyPageStandsInTheLayoutWithItsPlaceMarked(String path, String place) throws Exception {
    var page = get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).containsPattern("aria-current=\"page\">[\\s\\S]{0,200}<span>" + place);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'self'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing", "/inbox/1", "/inbox/abc", "/leads/unknown", "/leads/unknown/live", "/journeys/1", "/journeys/abc",
        "/journeys/instances/1", "/journeys/instances/abc", "/journeys/1/diagram"
      })
  void whatDoesNotExistIsSaidInWords(String path) throws Exception {
    var page = get(path);

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("There is nothing here").doesNotContain("Exception");
  }

  @Test
  void strangersSeeTheFormWithoutTheNavigationOfThoseWhoWorkHere() throws Exception {
    var door = new FrontDoor(URI.create("https://hello.harbor.example"), List.of());
    var atTheDoor = MockMvcBuilders.webAppContextSetup(context)
        .addFilters(new OwnPagesOnly(door, List.of()), new LayoutFilter(door, "Harbor Automation", true)).build();

    for (String path : List.of("/", "/thanks")) {
      var page = Jsoup.parse(atTheDoor.perform(MockMvcRequestBuilders.get(path).header("Host", "hello.harbor.example"))
          .andReturn().getResponse().getContentAsString());
      assertThat(page.select("main h1")).as(path).hasSize(1);
      assertThat(page.title()).endsWith("· Harbor Automation");
      assertThat(page.select("nav, header, dialog, script, [hx-get], form[action=/me], form[action=/outbox/stop]")).isEmpty();
      assertThat(page.select("a[href]").eachAttr("href")).allMatch("/"::equals);
    }
    assertThat(atTheDoor.perform(MockMvcRequestBuilders.get("/inbox").header("Host", "hello.harbor.example"))
        .andReturn().getResponse().getStatus()).isEqualTo(404);
  }

  @Test
  void theViewersNameIsKeptAndNothingElseGoesWithIt() throws Exception {
    var answer = post("/me", "name=%20Maja%0d%0aSet-Cookie:%20x=y%20%3Cb%3E", "http://localhost:" + port + "/leads?q=a");

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).hasValue("/leads?q=a");
    var cookies = answer.headers().allValues("Set-Cookie");
    assertThat(cookies).singleElement().asString().contains("HttpOnly", "SameSite=Lax").doesNotContain("\n");
    var page = get("/leads", cookies.getFirst().split(";")[0]);
    assertThat(page.body()).contains("value=\"Maja Set-Cookie: x=y &lt;b&gt;\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example/steal", "//evil.example", "http://localhost//evil.example/", "not a uri %%"})
  void theWayBackNeverLeavesThisSite(String referer) throws Exception {
    var location = post("/me", "name=Maja", referer).headers().firstValue("Location").orElseThrow();

    assertThat(location).startsWith("/").doesNotStartWith("//").doesNotContain("evil.example");
  }

  @Test
  void anUnreadableCookieIsNobody() throws Exception {
    assertThat(get("/leads", "leadline-person=%zz").statusCode()).isEqualTo(200);
  }

  @Test
  void anInboxThatDidNotChangeAnswersWithNothing() throws Exception {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
      var matcher = Pattern.compile("/inbox/tasks\\?show=all&amp;version=([0-9a-f]+)").matcher(get("/inbox").body());
      assertThat(matcher.find()).isTrue();
      assertThat(get("/inbox/tasks?show=all&version=" + matcher.group(1)).statusCode()).isEqualTo(204);
    });
    assertThat(get("/inbox/tasks?show=all&version=old").statusCode()).isEqualTo(200);
  }

  @Test
  void deployedJourneysAreListedWithTheirDiagrams() throws Exception {
    Drawings.deploy(camunda);
    var matcher = Pattern.compile("href=\"(/journeys/\\d+)\"><strong>Lead journey").matcher(get("/journeys").body());

    assertThat(matcher.find()).isTrue();
    assertThat(get(matcher.group(1)).body()).contains("data-diagram=\"" + matcher.group(1) + "/diagram\"");
    assertThat(get(matcher.group(1) + "/diagram").body()).contains("id=\"lead-journey\"");
    assertThat(get(matcher.group(1) + "/marks").body()).contains("\"active\"");
    assertThat(get(matcher.group(1) + "?show=finished&page=99999").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path, String... cookie) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).header("Accept", "text/html,*/*");
    if (cookie.length > 0) request.header("Cookie", cookie[0]);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form, String referer) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Referer", referer)
            .POST(BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }
}
