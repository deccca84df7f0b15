package dev.leadline.intake;

import static org.springframework.data.mongodb.core.query.Query.query;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.awaitility.Awaitility.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.LeadlineTest;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;

@LeadlineTest
class LeadFormTest {

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired Timeline timeline;
  @Autowired Consents consents;
  @Autowired MongoOperations mongo;

  @Test
  void everyFieldHasALabelAndCanBeFilledWithoutScript() throws Exception {
    Document page = Jsoup.parse(get("/").body());

    for (Field field : Field.values()) {
      assertThat(page.select("label[for=" + field.apiName() + "]").text()).as(field.apiName()).isNotBlank();
      assertThat(page.select("form.lead-form [name=" + field.apiName() + "]")).hasSize(1);
    }
    assertThat(page.select("form.lead-form").attr("method")).isEqualTo("post");
  }

  @Test
  void whoSendsTheFormIsALeadAndIsToldWhatHappensNext() throws Exception {
    String email = anyAddress();
    var answer = post(lead(email));

    assertThat(answer.statusCode()).isEqualTo(302);
    String next = answer.headers().firstValue("Location").orElseThrow();
    assertThat(next).endsWith("/thanks");
    assertThat(get("/thanks").body()).contains("Thank you", "What happens next");
    assertThat(registrations(email)).extracting(TimelineEntry::text).containsExactly("Came in through the form");
  }

  @Test
  void whatIsWrongIsSaidBesideTheFieldAndNothingTypedIsLost() throws Exception {
    var fields = lead("not an address");
    fields.put("name", "");
    fields.put("company", "<b>Acme</b> & \"Sons\"");

    var answer = post(fields);

    assertThat(answer.statusCode()).isEqualTo(400);
    Document page = Jsoup.parse(answer.body());
    assertThat(page.select("#name-problem").text()).isEqualTo("This is required.");
    assertThat(page.select("#email-problem").text()).startsWith("This must be an e-mail address");
    assertThat(page.select("#email").attr("aria-describedby")).isEqualTo("email-problem");
    assertThat(page.select("#email").val()).isEqualTo("not an address");
    assertThat(page.select("#company").val()).isEqualTo("<b>Acme</b> & \"Sons\"");
    assertThat(page.select("#projectDescription").text()).isEqualTo("Orders are copied by hand.");
    assertThat(page.select("b")).isEmpty();
  }

  @Test
  void aDoubleClickIsOneRequest() throws Exception {
    String email = anyAddress();
    var fields = lead(email);
    fields.put("once", UUID.randomUUID().toString());

    assertThat(location(post(fields))).endsWith("/thanks");
    assertThat(location(post(fields))).endsWith("/thanks");

    assertThat(registrations(email)).hasSize(1);
  }

  @Test
  void whoWasClosedAndAsksAgainIsAnsweredLikeALetter() throws Exception {
    String email = anyAddress();
    Lead known = leads.save(new Lead(
        "closed-" + UUID.randomUUID(), null, email, email, "Jo Smith", "Acme", null, "COO", "fair", null,
        Lead.Start.STARTED, Lead.Stage.CLOSED, 10, Lead.Tier.D, "close", null, null));
    var fields = lead(email);
    fields.put("projectDescription", "We are ready now. What does it cost?");

    assertThat(location(post(fields))).endsWith("/thanks?again");
    post(fields);

    await().atMost(Duration.ofSeconds(40)).untilAsserted(() ->
        assertThat(mongo.find(query(where("leadId").is(known.id())), org.bson.Document.class, "messages")).hasSize(2)
            .allSatisfy(mail -> {
              assertThat(mail.getString("kind")).isEqualTo("PERSON");
              assertThat(mail.getEmbedded(List.of("letter", "text"), String.class)).contains("What does it cost?");
              assertThat(mail.getEmbedded(List.of("letter", "from"), String.class)).isEqualTo(email);
              assertThat(mail.getString("state")).isEqualTo("HANDLED");
            }));
    assertThat(consents.existsById(known.id())).as("what they agreed to this time").isTrue();
  }

  @Test
  void whoGoesBackAndChangesTheFormAsksAgain() throws Exception {
    String email = anyAddress();
    var fields = lead(email);
    fields.put("once", UUID.randomUUID().toString());
    post(fields);
    fields.put("jobTitle", "CEO");

    assertThat(location(post(fields))).endsWith("/thanks?again");

    var entry = registrations(email).getLast();
    assertThat(entry.text()).isEqualTo("Asked again through the form");
    assertThat(entry.details()).containsExactly("Job title this time: CEO");
  }

  @Test
  void anEmptyRequestIsAFormWithProblems() throws Exception {
    var answer = post(Map.of());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Jsoup.parse(answer.body()).select(".field-error")).hasSize(5);
  }

  /** The entries of the gate; the journey writes its own meanwhile. */
  private List<TimelineEntry> registrations(String address) {
    return timeline.of(leads.findByAddress(address).orElseThrow().id()).stream()
        .filter(entry -> entry.step().equals("register-lead")).toList();
  }

  private static String anyAddress() {
    return "form." + UUID.randomUUID() + "@acme.example";
  }

  private static Map<String, String> lead(String email) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("name", "Jörg Müller");
    fields.put("email", email);
    fields.put("company", "Acme");
    fields.put("website", "acme.example");
    fields.put("jobTitle", "COO");
    fields.put("leadSource", "Event");
    fields.put("projectDescription", "Orders are copied by hand.");
    return fields;
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElseThrow();
  }

  private HttpResponse<String> post(Map<String, String> fields) throws Exception {
    String form = fields.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/"))
        .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
    return http.send(request, BodyHandlers.ofString());
  }
}
