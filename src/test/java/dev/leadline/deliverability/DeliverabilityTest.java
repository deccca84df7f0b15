package dev.leadline.deliverability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.leadline.LeadlineTest;
import dev.leadline.mail.MailboxRotation;
import dev.leadline.mail.Touch;
import dev.leadline.mail.Touch.State;
import dev.leadline.outreach.Draft.Campaign;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;

@LeadlineTest
class DeliverabilityTest {

  private final HttpClient http = HttpClient.newHttpClient();
  private final String box = "box-" + UUID.randomUUID();

  @LocalServerPort int port;
  @Autowired Reputation reputation;
  @Autowired MailboxRotation rotation;
  @Autowired MongoTemplate mongo;
  @Autowired Clock clock;
  @Autowired CamundaClient camunda;

  @AfterEach
  void tidy() {
    rotation.goOn("default", "test");
    rotation.goOn(box, "test");
    mongo.remove(Query.query(Criteria.where("mailbox").is(box)), Touch.class);
  }

  @Test
  void aMailboxRestsWhenTooMuchComesBack() {
    var sent = sent(100);

    sent.subList(0, 2).forEach(reputation::bounced);
    reputation.bounced(sent.getFirst());
    assertThat(reputation.of(box).bounced()).isEqualTo(2);
    assertThat(rotation.resting(box)).isEmpty();

    reputation.bounced(sent.get(2));

    assertThat(rotation.resting(box)).get().satisfies(rests -> {
      assertThat(rests.because()).isEqualTo("3 of 100 mails bounced, 3.00 %");
      assertThat(rests.by()).isEqualTo("limit");
    });
  }

  @Test
  void aPersonIsAskedAboutAMailboxThatRestsAndItSendsAgainWhenTheySaySo() {
    sent(60).subList(0, 3).forEach(reputation::bounced);
    await().atMost(Duration.ofSeconds(30)).until(() -> task() != 0);

    long task = task();
    camunda.newAssignUserTaskCommand(task).assignee("Robin").execute();
    assertThatThrownBy(() -> camunda.newCompleteUserTaskCommand(task).variables(Map.of("decision", "go-on")).execute())
        .hasMessageContaining("Say what it was");
    assertThat(rotation.resting(box)).isPresent();
    camunda.newCompleteUserTaskCommand(task)
        .variables(Map.of("decision", "go-on", "notes", "The list of the fair was old")).execute();

    assertThat(rotation.resting(box)).isEmpty();
    assertThat(reputation.of(box).bounced()).isZero();
  }

  @Test
  void nobodyIsAskedAnyMoreWhenSomebodyLetItGoOnElsewhere() {
    sent(60).subList(0, 3).forEach(reputation::bounced);
    await().atMost(Duration.ofSeconds(30)).until(() -> task() != 0);

    rotation.goOn(box, "Robin");

    await().atMost(Duration.ofSeconds(30)).until(() -> task() == 0);
  }

  private long task() {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId("DecideOnMailbox").state(UserTaskState.CREATED)
            .processInstanceVariables(Map.of("mailbox", '"' + box + '"')))
        .execute().items().stream().mapToLong(found -> found.getUserTaskKey()).findFirst().orElse(0);
  }

  @Test
  void aMailboxRestsWhenItIsCalledSpam() {
    var sent = sent(100);

    reputation.complained(sent.getFirst());
    assertThat(rotation.resting(box)).isEmpty();
    reputation.complained(sent.getLast());

    assertThat(rotation.resting(box)).get().extracting(rests -> rests.because()).asString().contains("called spam");
  }

  @Test
  void whatIsLongAgoOrBeforeSomebodyLetItGoOnDoesNotCount() {
    var old = sent(50, clock.instant().minus(Duration.ofDays(8)));
    assertThat(reputation.of(box).sent()).isZero();

    var sent = sent(60);
    sent.subList(0, 3).forEach(reputation::bounced);
    assertThat(rotation.resting(box)).isPresent();
    rotation.goOn(box, "Robin");

    reputation.bounced(old.getFirst());

    assertThat(rotation.resting(box)).isEmpty();
    assertThat(reputation.of(box).bounced()).isEqualTo(1);
  }

  @Test
  void thePageShowsMailboxesAndDomainsAndHasASwitch() throws Exception {
    assertThat(get().body()).contains("Delivery</h1>", "Came back", "Called spam", "harbor-automation.example", "Sandbox");

    assertThat(post("/deliverability/default/rest", "because=%3Cb%3Eholiday", "Robin").statusCode()).isEqualTo(302);
    assertThat(rotation.resting("default")).get().extracting(rests -> rests.by()).isEqualTo("Robin");
    assertThat(get().body()).contains("&lt;b&gt;holiday", "Let it go on");

    assertThat(post("/deliverability/default/go-on", "", "Robin").statusCode()).isEqualTo(302);
    assertThat(rotation.resting("default")).isEmpty();
  }

  @Test
  void oddRequestsAreAnsweredInWords() throws Exception {
    assertThat(post("/deliverability/default/rest", "", null).statusCode()).isEqualTo(400);
    assertThat(post("/deliverability/nobody/rest", "", "Robin").statusCode()).isEqualTo(404);
    assertThat(post("/deliverability/default/rest", "because=" + "x".repeat(201), "Robin").statusCode()).isEqualTo(400);
    assertThat(rotation.resting("default")).isEmpty();
  }

  private List<Touch> sent(int count) {
    return sent(count, clock.instant());
  }

  private List<Touch> sent(int count, Instant at) {
    var touches = IntStream.range(0, count).mapToObj(i -> new Touch(
        UUID.randomUUID() + "/outreach/1", "lead", Campaign.OUTREACH, 1, "draft", State.SENT, "a@b.example", "hash",
        "<id>", "me", at, at, box, "token")).toList();
    mongo.insertAll(touches);
    return touches;
  }

  private HttpResponse<String> get() throws Exception {
    return http.send(HttpRequest.newBuilder(uri("/deliverability")).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String person) throws Exception {
    var request = HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(body));
    if (person != null) request.header("Cookie", "leadline-person=" + person);
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
