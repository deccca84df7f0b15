package dev.leadline.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.booking.Meeting.State;
import dev.leadline.lead.Leads;
import dev.leadline.research.Dossiers;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Meetings by the API, by the page of the team and by the page of the lead, over HTTP. */
@LeadlineTest
class BookingPagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired Dossiers dossiers;
  @Autowired Meetings meetings;
  @Autowired Hosts hosts;
  @Autowired Bookings bookings;
  @Autowired Diaries diaries;

  @Test
  void aHostIsEnteredChangedAndRemoved() throws Exception {
    String path = "/api/v1/hosts/dana-" + UUID.randomUUID().toString().substring(0, 8);
    var entered = send("PUT", path, """
        {"name": "Dana Whitfield", "email": "dana@harbor.example", "zone": "America/New_York", "region": "US",
         "hours": "Mon-Thu 09:00-12:00 13:00-17:00; Fri 09:00-12:00", "weight": 0,
         "absences": [{"from": "2027-07-01", "to": "2027-07-14", "reason": "leave"}]}""");
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
    assertThat(json(entered).path("mostPerDay").asInt()).isEqualTo(6);
    assertThat(json(entered).path("calendar").asText()).isEqualTo("embedded");
    assertThat(send("GET", path, null).statusCode()).isEqualTo(200);
    assertThat(send("DELETE", path, null).statusCode()).isEqualTo(204);
    assertThat(send("GET", path, null).statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsWrongWithAHostIsNamedFieldByField() throws Exception {
    var answer = send("PUT", "/api/v1/hosts/Dana!", """
        {"name": " ", "email": "dana", "zone": "Nowhere/Land", "region": "XX", "hours": "always", "before": -1,
         "mostPerDay": 0, "weight": 101, "absences": [{"from": "2027-07-14", "to": "2027-07-01"}], "calendar": "google"}""");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(json(answer).path("errors").findValuesAsText("field")).contains(
        "id", "name", "email", "zone", "region", "hours", "before", "mostPerDay", "weight", "absences", "calendar");
  }

  @Test
  void aHostIsEnteredChangedAndRemovedOnThePage() throws Exception {
    assertThat(Jsoup.parse(send("GET", "/meetings/hosts/new", null).body()).select("#hours").val()).isEqualTo("Mon-Fri 09:00-17:00");
    String typed = "name=Zo%C3%AB+Page&email=zoe&zone=Nowhere&hours=always&weight=x&mostPerDay=0&region=&before=5&after=10&notice=4"
        + "&calendar=embedded&calendarId=&location=&from=2027-07-14&to=2027-07-01&reason=leave,+far&from=&to=&reason=";
    var wrong = Jsoup.parse(form("/meetings/hosts", typed).body());
    assertThat(wrong.select(".field-error").eachText()).containsExactly(
        "is not an e-mail address", "must be a zone like Europe/London", "“always” is no day, write Mon or Mon-Fri",
        "must be between 1 and 50", "must be a whole number", "end before they begin");
    assertThat(wrong.select("#email").val()).isEqualTo("zoe");
    assertThat(wrong.select("#email").attr("aria-describedby")).isEqualTo("email-problem");
    assertThat(wrong.select(".absence").first().select("input").eachAttr("value")).containsExactly("2027-07-14", "2027-07-01", "leave, far");

    String right = typed.replace("email=zoe", "email=zoe%40harbor.example").replace("Nowhere", "Europe%2FLondon")
        .replace("always", "Mon-Thu+09:00-16:00").replace("weight=x", "weight=0").replace("mostPerDay=0", "mostPerDay=3")
        .replace("from=2027-07-14", "from=2027-06-14");
    assertThat(form("/meetings/hosts", right).headers().firstValue("Location").orElseThrow()).contains("/meetings");
    var host = hosts.get("zoe-page");
    assertThat(host.calendarId()).isEqualTo("zoe-page");
    assertThat(host.absences()).containsExactly(new Host.Absence("2027-06-14", "2027-07-01", "leave, far"));
    assertThat(Jsoup.parse(send("GET", "/meetings", null).body()).select("a[href=/meetings/hosts/zoe-page]").text()).isEqualTo("Zoë Page");

    String page = "/meetings/hosts/zoe-page";
    String change = right.replace("mostPerDay=3", "mostPerDay=4") + "&version=" + host.version();
    assertThat(form(page, change).statusCode()).isEqualTo(302);
    var outdated = Jsoup.parse(form(page, change.replace("mostPerDay=4", "mostPerDay=5")).body());
    assertThat(outdated.select("[role=alert]").text()).contains("Somebody has changed this host");
    assertThat(hosts.get("zoe-page").mostPerDay()).isEqualTo(4);
    assertThat(form(page, change.replace("version=" + host.version(), "version=" + outdated.select("[name=version]").val())).statusCode())
        .isEqualTo(302);

    assertThat(form(page + "/remove", "").statusCode()).isEqualTo(302);
    assertThat(send("GET", page, null).statusCode()).isEqualTo(404);
  }

  @Test
  void lookingAtTheBookingPageChangesNothingAndChoosingDoes() throws Exception {
    var meeting = proposed();
    String page = "/meet/" + meeting.token();

    var look = send("GET", page, null);
    assertThat(look.statusCode()).isEqualTo(200);
    assertThat(look.body()).contains(Times.dayAndTime(meeting.proposed().getFirst(), meeting.zone()), "Other times")
        .doesNotContain(meeting.leadId());
    assertThat(meetings.get(meeting.id())).isEqualTo(meeting);

    assertThat(form(page, "start=").statusCode()).isEqualTo(400);
    assertThat(form(page, "start=" + encoded("2020-01-01T10:00:00Z")).statusCode()).isEqualTo(409);
    assertThat(form(page, "start=" + encoded(meeting.proposed().getFirst().plusSeconds(60).toString())).statusCode()).isEqualTo(409);
    var other = bookings.possible(meeting).stream().filter(at -> !meeting.proposed().contains(at)).findFirst().orElseThrow();
    var chosen = form(page, "start=" + encoded(other.toString()));
    assertThat(chosen.body()).contains("Thank you");
    assertThat(meetings.get(meeting.id()).start()).isEqualTo(other);
    assertThat(send("GET", "/meet/guessed", null).statusCode()).isEqualTo(404);
  }

  @Test
  void ofTwoLeadsWhoWantTheSameTimeOneHasItAndTheOtherIsToldSo() throws Exception {
    var one = proposed();
    var two = proposed();
    var time = bookings.possible(one).stream().filter(bookings.possible(two)::contains)
        .filter(at -> !one.proposed().contains(at) && !two.proposed().contains(at)).findFirst().orElseThrow();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tasks = List.<Callable<HttpResponse<String>>>of(
          () -> form("/meet/" + one.token(), "start=" + encoded(time.toString())),
          () -> form("/meet/" + two.token(), "start=" + encoded(time.toString())));
      var answers = threads.invokeAll(tasks).stream().map(answer -> answer.resultNow().statusCode()).toList();
      assertThat(answers).containsExactlyInAnyOrder(200, 409);
    }
    assertThat(List.of(meetings.get(one.id()), meetings.get(two.id())))
        .extracting(Meeting::start).filteredOn(time::equals).hasSize(1);
  }

  @Test
  void manyProposalsAtOnceHoldDifferentTimes() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = threads.invokeAll(IntStream.range(0, 8).<Callable<Meeting>>mapToObj(i -> this::proposed).toList());
      var held = all.stream().flatMap(meeting -> meeting.resultNow().proposed().stream().map(
          start -> meeting.resultNow().host() + start)).toList();
      assertThat(held).doesNotHaveDuplicates();
    }
  }

  @Test
  void theApiChoosesMovesAndCancels() throws Exception {
    var meeting = proposed();
    String path = "/api/v1/meetings/" + meeting.id();
    assertThat(send("POST", path + "/move", "{\"start\": \"2027-01-12T10:00:00Z\"}").statusCode()).isEqualTo(409);
    assertThat(json(send("POST", path + "/choice", "{\"start\": \"soon\"}")).path("errors").findValuesAsText("field"))
        .containsExactly("start");
    var chosen = send("POST", path + "/choice", "{\"start\": \"%s\"}".formatted(meeting.proposed().getFirst()));
    assertThat(json(chosen).path("state").asText()).as(chosen.body()).isEqualTo("CHOSEN");
    assertThat(bookings.book(meeting.id())).isPresent();
    var times = json(send("GET", path + "/times", null));
    String later = times.get(times.size() - 1).asText();
    var moved = json(send("POST", path + "/move", "{\"start\": \"%s\"}".formatted(later)));
    assertThat(moved.path("sequence").asInt()).isEqualTo(1);
    assertThat(Instant.parse(moved.path("start").asText())).isEqualTo(Instant.parse(later));
    assertThat(send("GET", "/meet/" + meeting.token(), null).body()).contains("Move it to another time");
    assertThat(json(send("POST", path + "/cancel", "")).path("state").asText()).isEqualTo("CANCELLED");
    assertThat(diaries.of(hosts.get(meeting.host())).entries()).noneMatch(entry -> entry.meeting().equals(meeting.id()));
    assertThat(send("GET", "/api/v1/meetings/none", null).statusCode()).isEqualTo(404);
    assertThat(json(send("GET", "/api/v1/meetings?leadId=" + meeting.leadId(), null)).path("total").asInt()).isEqualTo(1);
    assertThat(send("GET", "/api/v1/meetings?size=0", null).statusCode()).isEqualTo(400);
  }

  @Test
  void nobodyIsProposedTwoMeetingsAtOnce() throws Exception {
    var meeting = proposed();
    var answer = send("POST", "/api/v1/meetings", "{\"leadId\": \"%s\"}".formatted(meeting.leadId()));
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("detail").asText()).contains("already");
    assertThat(send("POST", "/api/v1/meetings", "{}").statusCode()).isEqualTo(400);
    assertThat(send("POST", "/api/v1/meetings", "{\"leadId\": \"nobody\"}").statusCode()).isEqualTo(409);
  }

  @Test
  void thePageShowsTheWeekAndWhatWaits() throws Exception {
    var meeting = proposed();
    var page = send("GET", "/meetings", null);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Waiting for an answer", "Anna Berg", "Hosts");
    assertThat(send("GET", "/meetings/" + meeting.id() + "/times", null).body()).contains("<option");
    assertThat(send("GET", "/meetings/of/" + meeting.leadId(), null).body()).contains("Proposed");
    assertThat(send("GET", "/meetings?week=nonsense", null).statusCode()).isEqualTo(200);
    assertThat(send("GET", "/meetings/none/times", null).statusCode()).isEqualTo(404);
    assertThat(form("/meetings/" + meeting.id() + "/cancel", "week=").statusCode()).isEqualTo(302);
    await().until(() -> meetings.get(meeting.id()).state() == State.CANCELLED);
  }

  private Meeting proposed() {
    String id = TestBooking.lead(leads, dossiers);
    roomy();
    return bookings.propose(id + "-1-1", id, new MeetingPolicy(30, 3, 30, "P1D", "P1D"), time -> 0);
  }

  /** The first host takes as many meetings a day as all tests together want. */
  private synchronized void roomy() {
    var host = hosts.findAllByOrderByName().getFirst();
    if (host.mostPerDay() < 50) hosts.save(new Host(
        host.id(), host.version(), host.name(), host.email(), host.zone(), host.hours(), host.region(), host.before(),
        host.after(), host.notice(), 50, host.weight(), host.absences(), host.calendar(), host.calendarId(), host.location()));
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60))
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) request.header("Content-Type", "application/json");
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> form(String path, String fields) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(60))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(fields));
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }
}
