package dev.leadline.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.Drawings;
import dev.leadline.LeadlineTest;
import dev.leadline.outreach.Draft.Campaign;
import io.camunda.client.CamundaClient;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The queue in the running application, with the real engine, database and mail server. */
@LeadlineTest
@Tag("engine")
class SendingTest {

  private static final int MANY = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @LocalServerPort int port;
  @Value("${leadline.mail.imap.port}") int imapPort;
  @Value("${leadline.mail.imap.username}") String mailbox;
  @Value("${leadline.mail.imap.password}") String password;
  @Autowired CamundaClient camunda;
  @Autowired ApplicationContext app;
  @Autowired PanicSwitch panic;
  @Autowired Holds holds;
  @Autowired Queue queue;

  @AfterEach
  void leaveNothingStopped() {
    panic.resume("the test", "it is over");
    holds.all().forEach(hold -> holds.release(hold.who(), "the test"));
  }

  @Test
  void thePanicSwitchInTheMiddleOfManySendsStopsThemAndResumeLosesAndDoublesNone() throws Exception {
    Drawings.deploy(camunda);
    var mails = new ManyMails(app);
    var leads = IntStream.range(0, MANY).mapToObj(number -> mails.prepare(number, Campaign.OUTREACH)).toList();
    var starting = Thread.startVirtualThread(() -> leads.forEach(lead -> mails.start(lead, Campaign.OUTREACH)));
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> mails.sent().size() >= MANY / 10);

    var stopped = call("POST", "/api/v1/sending/stop", "{\"by\": \"Robin\", \"because\": \"wrong price\"}");
    Instant at = Instant.now();
    assertThat(stopped.path("stopped").path("by").asText()).isEqualTo("Robin");
    starting.join();
    await().atMost(PATIENCE).until(() -> mails.sent().size() + queue.waiting() == MANY);

    assertThat(mails.sent()).hasSizeLessThan(MANY).allMatch(sent -> sent.isBefore(at.plusSeconds(1)));
    assertThat(get("/outbox/stopped")).contains("All mail is stopped", "Robin", "wrong price");
    assertThat(get("/outbox")).contains("All sending is stopped", "Let mail go again");

    assertThat(send("POST", "/api/v1/sending/resume", "{\"because\": \"mended\"}").statusCode()).isEqualTo(400);
    call("POST", "/api/v1/sending/resume", "{\"by\": \"Maja\", \"because\": \"mended\"}");
    await().atMost(PATIENCE).until(() -> mails.sent().size() == MANY);
    assertThat(recipients(mails.domain())).hasSize(MANY).doesNotHaveDuplicates();
    assertThat(get("/outbox/stopped")).doesNotContain("stopped");
  }

  @Test
  void somebodyHeldWaitsVisiblyUntilReleased() throws Exception {
    Drawings.deploy(camunda);
    var mails = new ManyMails(app);
    String lead = mails.prepare(1, Campaign.OUTREACH);
    Instant until = Instant.now().plus(Duration.ofDays(9));
    call("POST", "/api/v1/sending/holds",
        "{\"who\": \"%s\", \"until\": \"%s\", \"because\": \"out of office\", \"by\": \"Robin\"}".formatted(lead, until));
    mails.start(lead, Campaign.OUTREACH);
    await().atMost(PATIENCE).until(() -> queue.waiting() == 1);

    var waiting = call("GET", "/api/v1/outbox", "").path("items").get(0);
    assertThat(waiting.path("because").asText()).isEqualTo("out of office");
    assertThat(waiting.path("touch").asText()).isEqualTo(lead + "/outreach/1");
    assertThat(get("/outbox")).contains("out of office", "Release", "Jo Buyer");
    assertThat(get("/leads/" + lead)).contains("E-mail 1 waits until");

    assertThat(send("DELETE", "/api/v1/sending/holds/" + lead, "").statusCode()).isEqualTo(204);
    await().atMost(PATIENCE).until(() -> mails.sent().size() == 1);
    assertThat(send("DELETE", "/api/v1/sending/holds/" + lead, "").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/api/v1/sending/stop | {} | by",
    "/api/v1/sending/stop | {\"by\": \"Robin\"} | because",
    "/api/v1/sending/holds | {\"who\": \"no lead, no domain\", \"until\": \"2100-01-01T00:00:00Z\"} | who",
    "/api/v1/sending/holds | {\"who\": \"acme.example\", \"until\": \"2020-01-01T00:00:00Z\"} | until",
    "/api/v1/sending/holds | {\"who\": \"acme.example\", \"until\": \"soon\"} | body"
  })
  void whatCannotBeUsedIsSaidByField(String path, String body, String field) throws Exception {
    var answer = send("POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json.readTree(answer.body()).path("errors").findValuesAsText("field")).contains(field);
  }

  private JsonNode call(String method, String path, String body) throws Exception {
    var answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private String get(String path) throws Exception {
    return send("GET", path, "").body();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private List<String> recipients(String domain) throws Exception {
    var session = Session.getInstance(new Properties());
    try (var store = session.getStore("imap")) {
      store.connect("127.0.0.1", imapPort, mailbox, password);
      try (var inbox = store.getFolder("INBOX")) {
        inbox.open(Folder.READ_ONLY);
        var found = new ArrayList<String>();
        for (Message message : inbox.getMessages()) {
          String to = message.getAllRecipients()[0].toString();
          if (to.endsWith(domain)) found.add(to);
        }
        return found;
      }
    }
  }
}
