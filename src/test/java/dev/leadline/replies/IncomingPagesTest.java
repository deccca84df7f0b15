package dev.leadline.replies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.lead.LastAnswers;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.mail.TestTouches;
import dev.leadline.outreach.SenderProfile;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppressions;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** What came by mail as people see it, and what follows when they say whose it is. */
@LeadlineTest
class IncomingPagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String id = UUID.randomUUID().toString();
  private final String name = "Nora " + id.substring(0, 8);
  private final String address = "nora@" + id + ".example";

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired LastAnswers answers;
  @Autowired Suppressions suppressions;
  @Autowired Timeline timeline;
  @Autowired SenderProfile us;
  @Autowired JavaMailSenderImpl smtp;
  @Autowired MongoTemplate mongo;
  @Autowired Clock clock;

  @Test
  void whatMatchesNobodyGoesItsWayOnceSomebodySaysWhoseItIs() throws Exception {
    lead();
    String mail = write(name, "Could you tell me more?");
    assertThat(get("/messages?show=unclaimed").body()).contains("/messages/" + mail, "nobody’s yet");
    assertThat(get("/messages/unclaimed").body()).contains("Whose ");
    assertThat(get("/messages/" + mail).body()).contains("Perhaps:", address, "It is theirs");
    assertThat(answers.findById(id)).isEmpty();

    var nameless = post("/messages/" + mail + "/owner", "leadId=" + id, null);
    assertThat(nameless.statusCode()).isEqualTo(400);
    assertThat(nameless.body()).contains("Say who you are first");
    assertThat(post("/messages/" + mail + "/owner", "leadId=nobody", "Robin").statusCode()).isEqualTo(400);
    assertThat(answers.findById(id)).isEmpty();

    assertThat(post("/messages/" + mail + "/owner", "leadId=" + id, "Robin").statusCode()).isEqualTo(302);

    assertThat(answers.findById(id)).isPresent();
    assertThat(get("/messages/" + mail).body()).contains("Robin said whose it is").doesNotContain("It is theirs");
    assertThat(get("/messages?show=unclaimed").body()).doesNotContain("/messages/" + mail);
    assertThat(get("/api/v1/leads/" + id + "/messages").body()).contains("Could you tell me more?");
    // By reply-handling, which reads and routes it like any other.
    await().atMost(PATIENCE).until(() -> api(mail).path("decision").has("action"));
    assertThat(timeline.of(id)).filteredOn(entry -> entry.text().equals("Robin said that a mail is theirs"))
        .singleElement().extracting(TimelineEntry::by).isEqualTo("Robin");
    assertThat(timeline.of(id)).extracting(TimelineEntry::text).containsOnlyOnce("They wrote to us");

    var again = post("/messages/" + mail + "/owner", "leadId=" + id, "Kim");
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(again.body()).contains("known by now");
    assertThat(timeline.of(id)).extracting(TimelineEntry::text).containsOnlyOnce("They wrote to us");
  }

  @Test
  void whoeverAsksToBeLeftAloneFromAnotherAddressIsWhenSomebodyKnowsThem() throws Exception {
    lead();
    String mail = write(name, "Please take me off your list and do not write to me again.");

    var answer = put(mail, "{\"leadId\": \"%s\", \"by\": \"Robin\"}".formatted(id));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).path("known").asText()).isEqualTo("Robin said whose it is");
    assertThat(suppressions.findById(address)).get().extracting(Suppression::reason)
        .isEqualTo(Suppression.Reason.UNSUBSCRIBED);
  }

  @Test
  void whatIsNobodysIsNotAskedAboutAgainButCanStillBeSomebodys() throws Exception {
    lead();
    String mail = write("Somebody", "We sell chairs.");

    assertThat(post("/messages/" + mail + "/nobody", "", "Robin").statusCode()).isEqualTo(302);

    assertThat(api(mail).path("unclaimed").asBoolean()).isFalse();
    assertThat(api(mail).path("sorted").path("person").asText()).isEqualTo("Robin");
    assertThat(get("/messages/" + mail).body()).contains("Robin said so");
    assertThat(answers.findById(id)).isEmpty();
    assertThat(put(mail, "{\"leadId\": \"%s\", \"by\": \"Robin\"}".formatted(id)).statusCode()).isEqualTo(200);
    assertThat(answers.findById(id)).isPresent();
  }

  @Test
  void aLeadIsFoundByAnyWord() throws Exception {
    lead();
    String mail = write("Somebody", "Hello");
    var search = HttpRequest.newBuilder(uri("/messages/" + mail + "?q=" + id.substring(0, 8)))
        .header("HX-Request", "true").header("HX-Target", "people").build();

    assertThat(http.send(search, BodyHandlers.ofString()).body()).contains(address).doesNotContain("<nav");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}                                     | leadId",
    "{\"leadId\": \"x\", \"by\": \"Robin\"}  | leadId",
    "{\"leadId\": \"x\", \"nobody\": true}   | leadId",
    "{\"nobody\": true}                      | by",
    "nonsense                               | body",
  })
  void wrongInputIsAProblemWithFieldAndReason(String body, String field) throws Exception {
    var answer = put(write("Somebody", "Hello"), body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("errors").findValuesAsText("field")).contains(field);
  }

  @ParameterizedTest
  @CsvSource({"/messages/none, 404", "/messages?page=-1, 200", "/messages?show=odd&page=99999, 200"})
  void oddAddressesAreAnsweredInWords(String path, int status) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<h1>");
  }

  @Test
  void aBounceFromNobodyReachesUsAndEndsContact() throws Exception {
    lead();
    String messageId = "<" + id.replace("-", "") + ".touch@harbor.example>";
    TestTouches.sent(mongo, clock, id, address, 1, messageId);
    var report = new String(Mails.named("hard/postfix"), StandardCharsets.UTF_8).replace("\r\n", "\n")
        .replaceFirst("Return-Path: <>\n", "").replace("postfix.eml@", id + "@")
        .replaceAll("<[0-9a-f]+\\.touch@harbor\\.example>", messageId).replace("jo@acme.example", address)
        .replace("\n", "\r\n");
    var bounce = new SMTPMessage(smtp.getSession(), new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)));
    bounce.setEnvelopeFrom("<>");

    try (var line = smtp.getSession().getTransport("smtp")) {
      line.connect(smtp.getHost(), smtp.getPort(), null, null);
      line.sendMessage(bounce, new Address[] {new InternetAddress(us.email())});
    }

    await().atMost(PATIENCE).until(() -> suppressions.findById(address).isPresent());
    assertThat(suppressions.findById(address).orElseThrow().reason()).isEqualTo(Suppression.Reason.BOUNCED);
    var mail = mongo.findAll(Incoming.class).stream().filter(one -> id.equals(one.leadId())).findFirst().orElseThrow();
    assertThat(mail.kind()).isEqualTo(Incoming.Kind.BOUNCE);
    assertThat(get("/messages/" + mail.id()).body()).contains("It is about a mail of ours");
  }

  private void lead() {
    leads.save(new Lead(
        id, null, address, address, name, "Acme " + id, "https://acme.example", "COO", "fair", "", Lead.Start.STARTED,
        Lead.Stage.CONTACTING, 80, Lead.Tier.A, "outreach", null, null));
  }

  /** Somebody writes from an address that nobody knows; gives the id of the mail. */
  private String write(String name, String text) throws Exception {
    String subject = "Hello " + UUID.randomUUID();
    var mail = smtp.createMimeMessage();
    mail.setFrom(new InternetAddress("private-" + id + "@elsewhere.example", name, "UTF-8"));
    mail.setRecipients(Message.RecipientType.TO, us.email());
    mail.setSubject(subject, "UTF-8");
    mail.setText(text, "UTF-8");
    smtp.send(mail);
    return await().atMost(PATIENCE).until(
        () -> mongo.findAll(Incoming.class).stream()
            .filter(one -> one.state() == Incoming.State.HANDLED && one.letter().subject().equals(subject)).findFirst(),
        found -> found.isPresent()).orElseThrow().id();
  }

  private JsonNode api(String mail) throws Exception {
    return JSON.readTree(get("/api/v1/messages/" + mail).body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String form, String person) throws Exception {
    var request = HttpRequest.newBuilder(uri(path)).header("Content-Type", "application/x-www-form-urlencoded");
    if (person != null) request.header("Cookie", "leadline-person=" + person);
    return http.send(request.POST(BodyPublishers.ofString(form)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String mail, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri("/api/v1/messages/" + mail + "/owner")).header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
