package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.agent.Answer;
import dev.leadline.approval.Approvals;
import dev.leadline.approval.TestApprovals;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.mail.message.UnsubscribeLinks;
import dev.leadline.outreach.Draft;
import dev.leadline.outreach.Draft.Campaign;
import dev.leadline.outreach.Drafts;
import dev.leadline.sending.TestSending;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppressions;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import jakarta.mail.Message;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mail.javamail.JavaMailSenderImpl;

@LeadlineTest
class MailPagesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String id = UUID.randomUUID().toString();
  private final String email = "Jo+" + id + "@acme.example";
  private final String address = "jo-" + id + "@acme.example";

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired Drafts drafts;
  @Autowired Approvals approvals;
  @Autowired Suppressions suppressions;
  @Autowired Timeline timeline;
  @Autowired SendEmail sendEmail;
  @Autowired UnsubscribeLinks links;
  @Autowired Mailbox mailbox;
  @Autowired JavaMailSenderImpl server;
  @Autowired MongoTemplate mongo;
  @Autowired Clock clock;

  @Test
  void whatWasSentCanBeFoundAndRead() throws Exception {
    send("Grüße an " + id, "Guten Tag,\n\n<b>kein HTML</b> für " + id);

    String list = get("/mailbox?q=" + URLEncoder.encode("Grüße an " + id, StandardCharsets.UTF_8)).body();

    assertThat(list).contains("Grüße an " + id).contains(address).contains("<nav");
    String uid = list.replaceAll("(?s).*/mailbox/(\\d+).*", "$1");
    assertThat(get("/mailbox/" + uid).body())
        .contains("&lt;b&gt;kein HTML&lt;/b&gt; für " + id)
        .contains("/leads/" + id, "Answer as the recipient")
        .contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail.smtp", "mail.smtps"})
  void noMailServerIsWaitedForWithoutEnd(String protocol) {
    for (String timeout : List.of("connectiontimeout", "timeout", "writetimeout")) {
      assertThat(server.getSession().getProperty(protocol + "." + timeout)).as(timeout).matches("\\d{4,5}");
    }
  }

  @Test
  void textsAreSearchedToo() throws Exception {
    send("Hello", "A text with é and the word w" + id);

    assertThat(get("/mailbox?q=w" + id).body()).contains(address);
  }

  @Test
  void aMailWithAnOddHeaderHidesNoOther() throws Exception {
    var odd = server.createMimeMessage();
    odd.setRecipients(Message.RecipientType.TO, "who@acme.example");
    odd.setHeader("From", "=?utf-8?q?J=C3=B6_=3Cjo=40acme=2Eexample=3E?=");
    odd.setSubject("Odd " + id);
    odd.setText("Odd");
    try (var line = server.getSession().getTransport("smtp")) {
      line.connect(server.getHost(), server.getPort(), null, null);
      line.sendMessage(odd, odd.getAllRecipients());
    }

    String list = get("/mailbox").body();

    assertThat(list).contains("Odd " + id);
    String uid = list.replaceAll("(?s).*/mailbox/(\\d+)\"[^>]*>Odd " + id + ".*", "$1");
    assertThat(get("/mailbox/" + uid).body()).contains("Odd " + id).doesNotContain("Answer as the recipient");
    assertThat(post("/mailbox/" + uid + "/answers", "text=Hello", "application/x-www-form-urlencoded").statusCode())
        .isEqualTo(404);
  }

  @Test
  void aSearchWithoutAFindSaysSo() throws Exception {
    assertThat(get("/mailbox?q=" + UUID.randomUUID()).body()).contains("No mail has this");
  }

  @ParameterizedTest
  @CsvSource({"/mailbox/999999, 404", "/mailbox/x, 404", "/mailbox?page=-1, 200", "/unsubscribe/AAAA, 404"})
  void oddAddressesAreAnsweredInWords(String path, int status) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("<h1>");
  }

  @Test
  void theMailboxCanTellWhatItHas() {
    var messageId = send("Hello " + id, "Hello " + id);

    assertThat(mailbox.has(messageId)).isTrue();
    assertThat(mailbox.has("<" + id + "@nowhere.example>")).isFalse();
  }

  @Test
  void lookingAtTheLinkChangesNothingAndTheButtonUnsubscribes() throws Exception {
    send("Hello " + id, "Hello " + id);
    String path = "/unsubscribe/" + links.token(Touch.id(id, Campaign.OUTREACH, 1));

    assertThat(get(path).body()).contains("Unsubscribe</button>").doesNotContain("<nav");
    assertThat(suppressions.findById(address)).isEmpty();

    var done = post(path, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded");
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).contains("You are unsubscribed");
    assertThat(suppressions.findById(address)).get().extracting(Suppression::reason)
        .isEqualTo(Suppression.Reason.UNSUBSCRIBED);
    await().untilAsserted(() -> {
      assertThat(leads.get(id).stage()).isEqualTo(Lead.Stage.SUPPRESSED);
      assertThat(timeline.of(id)).extracting(TimelineEntry::text)
          .contains("No more mail to this person: they unsubscribed");
      assertThat(suppressions.findById(address)).get().extracting(Suppression::journey)
          .isEqualTo(Suppression.Told.TOLD);
    });
  }

  @Test
  void aForgedLinkUnsubscribesNobody() throws Exception {
    send("Hello " + id, "Hello " + id);
    String token = links.token(Touch.id(id, Campaign.OUTREACH, 1));
    String forged = (token.charAt(0) == 'A' ? "B" : "A") + token.substring(1);

    assertThat(post("/unsubscribe/" + forged, "", "application/x-www-form-urlencoded").statusCode()).isEqualTo(404);
    assertThat(suppressions.findById(address)).isEmpty();
  }

  @Test
  void somebodyIsSuppressedOnceAndTheFirstReasonStays() throws Exception {
    String body = "{\"email\": \"%s\", \"reason\": \"%s\"}";

    var added = suppress(body.formatted("X" + email, "OBJECTED"));
    var again = suppress(body.formatted("x" + email, "BOUNCED"));

    assertThat(added.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(again.body()).path("reason").asText()).isEqualTo("OBJECTED");
    JsonNode found = JSON.readTree(get("/api/v1/suppressions?q=acme.ex").body());
    assertThat(found.path("items").findValuesAsText("email")).contains("xjo@acme.example");
    assertThat(found.path("total").asInt()).isPositive();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}                                                       | email",
    "{\"email\": \"no address\", \"reason\": \"OBJECTED\"}      | email",
    "{\"email\": \"a@b.example\", \"reason\": \"BORED\"}        | reason",
    "{\"email\": \"a@b.example\"}                              | reason",
    "{\"email\": [1], \"reason\": \"OBJECTED\"}                 | body",
    "nonsense                                                 | body",
  })
  void wrongInputIsAProblemWithFieldAndReason(String body, String field) throws Exception {
    var answer = suppress(body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode error = JSON.readTree(answer.body()).path("errors").path(0);
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("reason").asText()).isNotBlank();
  }

  @Test
  void aReplyThatWasMisreadIsTakenBackWithANameAndAReason() throws Exception {
    send("Orders", "Hello");
    suppressions.insert(new Suppression(
        address, Suppression.Reason.UNSUBSCRIBED, clock.instant(), Suppression.BY_READING, Suppression.Told.TOLD));
    String path = "/api/v1/suppressions/" + address + "/misread";
    String form = "key=" + address + "&because=They+asked+a+question";

    assertThat(get("/suppressions?q=" + id).body()).contains("They did not unsubscribe");
    assertThat(post("/suppressions/misread", form, "application/x-www-form-urlencoded").body())
        .contains("Say who you are first");
    assertThat(post(path, "{}", "application/json").body()).contains("\"field\":\"by\"", "\"field\":\"because\"");
    assertThat(post(path, "{\"by\": \"Robin\", \"because\": \"They asked a question\"}", "application/json").statusCode())
        .isEqualTo(204);

    assertThat(suppressions.findById(address)).isEmpty();
    assertThat(timeline.of(id)).extracting(TimelineEntry::by).contains("Robin");
    assertThat(post(path, "{\"by\": \"Robin\", \"because\": \"Again\"}", "application/json").statusCode()).isEqualTo(404);
  }

  private String send(String subject, String body) {
    leads.save(new Lead(
        id, null, address, address, "Jo Smith", "Acme", "https://acme.example", "COO", "fair", "", Lead.Start.STARTED,
        Lead.Stage.QUALIFYING, 80, Lead.Tier.A, "outreach", null, null));
    String draftId = Draft.id(id, Campaign.OUTREACH, 1);
    drafts.save(new Draft(
        draftId, id, Campaign.OUTREACH, 1, List.of(Office.email(1, subject, body)), null, List.of(),
        Answer.Source.RULES, null));
    TestApprovals.approve(approvals, leads.get(id), drafts.get(draftId), "Robin", Actor.PERSON);
    TestSending.turn(mongo, clock, Touch.id(id, Campaign.OUTREACH, 1), id);
    return sendEmail.handle(new SendEmail.Input(id, draftId, 1)).touch().messageId();
  }

  private HttpResponse<String> suppress(String body) throws Exception {
    return post("/api/v1/suppressions", body, "application/json");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String type) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).header("Content-Type", type).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
