package dev.leadline.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.deliverability.Reputation;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.mail.Touch;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppressions;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;

/** Calls in and out of the whole application. */
@LeadlineTest
class WebhookApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "whsec_bmV3LXNlY3JldA==";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired Timeline timeline;
  @Autowired Suppressions suppressions;
  @Autowired Reputation reputation;
  @Autowired MongoOperations mongo;

  @ParameterizedTest
  @CsvSource({
    "opened,         E-mail 1 was opened",
    "email.clicked,  A link in e-mail 1 was followed",
    "delivered,      E-mail 1 arrived",
  })
  void whatIsToldIsNotedOnceAndDecidesNothing(String type, String words) throws Exception {
    var mail = mail();
    for (int time = 0; time < 2; time++)
      assertThat(call("/webhooks/email", "{\"type\": \"%s\", \"id\": \"%s\", \"messageId\": \"%s\"}".formatted(
          type, UUID.randomUUID(), mail.messageId())).body()).isEqualTo("{\"taken\":1,\"ignored\":0}");

    assertThat(timeline.of(mail.leadId())).singleElement()
        .extracting(TimelineEntry::text).asString().startsWith(words);
    assertThat(leads.get(mail.leadId()).stage()).isEqualTo(Lead.Stage.CONTACTING);
    assertThat(suppressions.findById(mail.address())).isEmpty();
  }

  @Test
  void anOpenMayComeByItsOwnAddress() throws Exception {
    var mail = mail();
    assertThat(call("/webhooks/email-opened", "{\"touch\": \"%s\"}".formatted(mail.id())).body())
        .isEqualTo("{\"taken\":1,\"ignored\":0}");
    assertThat(timeline.of(mail.leadId())).singleElement().extracting(TimelineEntry::step).isEqualTo("mail-opened");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"type\": \"bounced\", \"code\": \"5.1.1\"',                      BOUNCED,      1, 0",
    "'\"type\": \"bounced\", \"permanent\": true',                      BOUNCED,      1, 0",
    "'\"type\": \"bounced\", \"code\": \"5.7.1\", \"permanent\": true',             , 1, 0",
    "'\"type\": \"bounced\", \"code\": \"4.2.2\"',                                  , 0, 0",
    "'\"type\": \"bounced\"',                                                       , 0, 0",
    "'\"type\": \"complained\"',                                        COMPLAINED,   0, 1",
    "'\"type\": \"unsubscribed\"',                                      UNSUBSCRIBED, 0, 0",
  })
  void aMailboxThatIsGoneAndAComplaintSuppressAndCountForOurMailboxOnce(
      String event, Reason reason, long bounced, long complained) throws Exception {
    var mail = mail();
    String told = "{%s, \"data\": {%s, \"message_id\": \"%s\"}}".formatted(
        event, event, mail.messageId().substring(1, mail.messageId().length() - 1));
    for (int time = 0; time < 2; time++)
      assertThat(call("/webhooks/email", told).body()).isEqualTo("{\"taken\":1,\"ignored\":0}");

    assertThat(suppressions.findById(mail.address()).map(suppression -> suppression.reason()).orElse(null)).isEqualTo(reason);
    var standing = reputation.of(mail.mailbox());
    assertThat(standing.bounced()).isEqualTo(bounced);
    assertThat(standing.complained()).isEqualTo(complained);
  }

  @Test
  void oneEventCountsOnceHoweverOftenItIsTold() throws Exception {
    var mail = mail();
    String event = "[{\"id\": \"%s\", \"type\": \"opened\", \"touch\": \"%s\"}, {\"type\": \"sent\"}, {\"type\": \"opened\", \"touch\": \"?\"}]"
        .formatted(UUID.randomUUID(), mail.id());

    assertThat(call("/webhooks/email", event).body()).isEqualTo("{\"taken\":1,\"ignored\":2}");
    assertThat(call("/webhooks/email", event).body()).isEqualTo("{\"taken\":0,\"ignored\":3}");
  }

  @Test
  void onlyWhoKnowsASecretIsHeard() throws Exception {
    String now = String.valueOf(Instant.now().getEpochSecond());
    String old = String.valueOf(Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond());
    assertThat(call("/webhooks/email", "[]", now, sign("whsec_b2xkLXNlY3JldA==", now, "[]")).statusCode()).isEqualTo(200);
    assertThat(call("/webhooks/email", "[]", now, sign("whsec_YSBndWVzcw==", now, "[]")).statusCode()).isEqualTo(401);
    assertThat(call("/webhooks/email", "[1]", now, sign(SECRET, now, "[]")).statusCode()).isEqualTo(401);
    assertThat(call("/webhooks/email", "[]", old, sign(SECRET, old, "[]")).statusCode()).isEqualTo(401);
    var unsigned = send(request("/webhooks/email").POST(BodyPublishers.ofString("[]")));
    assertThat(unsigned.statusCode()).isEqualTo(401);
    assertThat(unsigned.headers().firstValue("Content-Type")).hasValue("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "''                                              | body",
    "no json                                         | body",
    "7                                               | body",
    "{}                                              | type",
    "{\"type\": 7}                                   | type",
    "{\"type\": \"opened\"}                          | messageId",
    "{\"type\": \"opened\", \"touch\": {}}           | touch",
    "[{\"type\": \"opened\", \"touch\": \"a\"}, 1]   | [1].body",
    "[{\"type\": \"opened\", \"touch\": \"a\"}, {}]  | [1].type",
  })
  void whatMakesNoSenseGetsAProblem(String body, String field) throws Exception {
    var answer = call("/webhooks/email", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @Test
  void whoSubscribesIsToldOfTheNextLead() throws Exception {
    try (var receiver = new ProviderServer().usually(asked -> Answer.json("{}"))) {
      var made = api("POST", "", "{\"url\": \"%s/hook\", \"events\": [\"lead.registered\"]}".formatted(receiver.address()));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      String id = JSON.readTree(made.body()).path("id").asText();
      assertThat(api("GET", "/" + id, null).body()).doesNotContain("whsec_");
      assertThat(api("GET", "", null).body()).contains(id).doesNotContain("whsec_");

      var lead = send(request("/api/v1/leads").POST(BodyPublishers.ofString("""
          {"name": "Jo Park", "email": "%s@acme.example", "company": "Acme", "website": "https://acme.example",
           "jobTitle": "COO", "leadSource": "Fair", "projectDescription": "Less paper"}""".formatted(UUID.randomUUID()))));
      String leadId = JSON.readTree(lead.body()).path("id").asText();
      await().atMost(Duration.ofSeconds(30)).until(() ->
          receiver.asked.stream().anyMatch(call -> call.body().contains(leadId)));

      assertThat(api("POST", "/" + id + "/test", "").statusCode()).isEqualTo(202);
      await().atMost(Duration.ofSeconds(30)).until(() ->
          receiver.asked.stream().anyMatch(call -> call.body().contains("webhook.test")));
      assertThat(api("POST", "/" + id + "/secret", "").body()).contains("whsec_");
      assertThat(api("PATCH", "/" + id, "{\"on\": false}").body()).contains("\"off\":\"Switched off by hand\"");
      assertThat(api("GET", "/deliveries?size=200", null).body()).contains(leadId);
      assertThat(page("/webhooks")).contains("Switched off by hand", "lead.registered").doesNotContain("whsec_");
      assertThat(api("DELETE", "/" + id, null).statusCode()).isEqualTo(204);
      assertThat(api("GET", "/" + id, null).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}                                                                | url",
    "{\"url\": \"ftp://a.example\"}                                    | url",
    "{\"url\": \"https://user:word@a.example\"}                        | url",
    "{\"url\": \"not an address\"}                                     | url",
    "{\"url\": \"https://no-such-host.invalid/\"}                      | url",
    "{\"url\": \"http://127.0.0.1:1/\", \"events\": []}                | events",
    "{\"url\": \"http://127.0.0.1:1/\", \"events\": [\"nothing\"]}     | events",
    "{\"url\": \"http://127.0.0.1:1/\", \"events\": [null]}            | events",
    "{\"url\": 7, \"events\": 7}                                       | body",
  })
  void aWishThatCannotBeIsAnswered(String wish, String field) throws Exception {
    var answer = api("POST", "", wish);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).at("/errors/0/field").asText()).isEqualTo(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"id\": \"unknown\"}", "[]", ""})
  void whatWasNotGivenUpIsNotMadeAgain(String body) throws Exception {
    assertThat(api("POST", "/replays", body).statusCode()).isEqualTo(400);
  }

  /** A lead, and a mail that went to them. */
  private Touch mail() {
    String id = UUID.randomUUID().toString();
    String address = id + "@acme.example";
    leads.save(new Lead(
        id, null, address, address, "Jo Park", "Acme", "https://acme.example", "COO", "fair", "", Lead.Start.STARTED,
        Lead.Stage.CONTACTING, 80, Lead.Tier.A, "outreach", null, null));
    mongo.insert(new Document(Map.of(
        "_id", id + "/outreach/1", "leadId", id, "campaign", "OUTREACH", "number", 1, "state", "SENT",
        "address", address, "mailbox", "box-" + id, "messageId", "<" + id + "@our.example>")), "touches");
    return mongo.findById(id + "/outreach/1", Touch.class);
  }

  private HttpResponse<String> call(String path, String body) throws Exception {
    String now = String.valueOf(Instant.now().getEpochSecond());
    String id = "msg_" + UUID.randomUUID();
    return call(path, body, id, now, Seal.sign(List.of(SECRET), id, Instant.ofEpochSecond(Long.parseLong(now)), body));
  }

  private HttpResponse<String> call(String path, String body, String timestamp, String signature) throws Exception {
    return call(path, body, "msg_1", timestamp, signature);
  }

  private HttpResponse<String> call(String path, String body, String id, String timestamp, String signature)
      throws Exception {
    return send(request(path).header(Seal.ID, id).header(Seal.TIME, timestamp).header(Seal.SIGNATURE, signature)
        .POST(BodyPublishers.ofString(body)));
  }

  private static String sign(String secret, String timestamp, String body) {
    return Seal.sign(List.of(secret), "msg_1", Instant.ofEpochSecond(Long.parseLong(timestamp)), body);
  }

  private HttpResponse<String> api(String method, String path, String body) throws Exception {
    return send(request("/api/v1/webhooks" + path)
        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
  }

  private String page(String path) throws Exception {
    return send(request(path).GET()).body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Content-Type", "application/json").header("Accept", "*/*");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
