package dev.leadline.crm.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.Drawings;
import dev.leadline.LeadlineTest;
import dev.leadline.crm.sync.CrmOutbox;
import dev.leadline.crm.sync.Link;
import dev.leadline.crm.sync.Links;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.web.Signature;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.UserTask;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A colleague changes something in the CRM; the CRM calls; the journey follows. */
@Tag("engine")
@LeadlineTest
class CrmChangeTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String SECRET = "hubspots-secret";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Value("${leadline.crm.called-at}") String publicAddress;
  @Autowired CamundaClient camunda;
  @Autowired Leads leads;
  @Autowired Links links;
  @Autowired CrmOutbox outbox;
  @Autowired Timeline timeline;

  @BeforeEach
  void deployTheJourneys() throws Exception {
    Drawings.deploy(camunda);
  }

  @Test
  void anotherOwnerGetsTheOpenTasksAndANewStageEndsTheJourney() throws Exception {
    Lead lead = leadUnderReview();
    String person = inTheCrm(lead);

    assertThat(hubspot(event(person, "hubspot_owner_id", "Dana Whitfield", 1)).body()).isEqualTo("{\"changes\":1}");
    await().atMost(PATIENCE).until(() -> "Dana Whitfield".equals(review(lead).getFirst().getAssignee()));
    assertThat(hubspot(event(person, "hubspot_owner_id", "Dana Whitfield", 2)).body()).isEqualTo("{\"changes\":0}");

    assertThat(hubspot(event(person, "lifecyclestage", "customer", 3)).body()).isEqualTo("{\"changes\":1}");
    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.CLOSED);
    await().atMost(PATIENCE).until(() -> review(lead).isEmpty());
    assertThat(timeline.of(lead.id())).extracting(TimelineEntry::text)
        .contains("Dana Whitfield looks after them now", "They are a customer; no more campaign mail");
  }

  @Test
  void whoIsNotToBeContactedIsSuppressed() throws Exception {
    Lead lead = leadUnderReview();
    String person = inTheCrm(lead);

    var answer = pipedrive("pipedrive:pipedrives-password", """
        {"meta": {"action": "change", "entity": "person", "entity_id": "%s", "id": "%s", "timestamp": "%s", "version": "2.0",
         "change_source": "app"},
         "data": {"id": 1, "marketing_status": "unsubscribed"}, "previous": {"marketing_status": "subscribed"}}"""
        .formatted(person, UUID.randomUUID(), Instant.now()));

    assertThat(answer.body()).isEqualTo("{\"changes\":1}");
    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.SUPPRESSED);
    await().atMost(PATIENCE).until(() -> review(lead).isEmpty());
  }

  @Test
  void whatWeKnowIsNoNewsNeitherOurOwnUpdatesNorWhatIsOlder() throws Exception {
    String person = "somebody-" + UUID.randomUUID();
    String leadId = UUID.randomUUID().toString();
    outbox.person(leadId, leadId, null, null);
    links.change(leadId, link -> new Link(
        link.leadId(), link.version(), link.crm(), person, null, Map.of("STAGE", "lead"), link.at()));

    assertThat(hubspot(event(person, "lifecyclestage", "lead", 5)).body()).isEqualTo("{\"changes\":0}");
    assertThat(hubspot(event(person, "lifecyclestage", "subscriber", 7)).body()).isEqualTo("{\"changes\":1}");
    assertThat(hubspot(event(person, "lifecyclestage", "other", 6)).body()).isEqualTo("{\"changes\":0}");
    assertThat(hubspot(event(person, "leadline_stage", "customer", 8)).body()).isEqualTo("{\"changes\":0}");
    assertThat(hubspot(event("a stranger", "lifecyclestage", "customer", 9)).body()).isEqualTo("{\"changes\":0}");
  }

  @Test
  void aCallThatIsNotSignedIsRefused() throws Exception {
    String body = "[]";
    String now = String.valueOf(System.currentTimeMillis());
    assertThat(hubspot(body, now, signature(body, now, SECRET)).statusCode()).isEqualTo(200);
    assertThat(hubspot(body, now, signature(body, now, "an-old-secret")).statusCode()).isEqualTo(200);
    assertThat(hubspot(body, now, signature(body, now, "a-guess")).statusCode()).isEqualTo(401);
    assertThat(hubspot(body, now, signature("[1]", now, SECRET)).statusCode()).isEqualTo(401);
    assertThat(hubspot(body, now, "").statusCode()).isEqualTo(401);
    String old = String.valueOf(System.currentTimeMillis() - Duration.ofMinutes(6).toMillis());
    assertThat(hubspot(body, old, signature(body, old, SECRET)).statusCode()).isEqualTo(401);
    assertThat(hubspot(body, "yesterday", signature(body, "yesterday", SECRET)).statusCode()).isEqualTo(401);
    assertThat(pipedrive("pipedrive:wrong", "{}").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "{\"a\": 1}", "7", "null"})
  void aCallThatMakesNoSenseGetsAProblem(String body) throws Exception {
    String now = String.valueOf(System.currentTimeMillis());
    var answer = hubspot(body, now, signature(body, now, SECRET));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"errors\":[{\"field\":\"body\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "[1]", "[null]", "[{\"subscriptionType\": 7}]", "[{\"subscriptionType\": \"contact.propertyChange\", \"objectId\": {}}]",
    "[{\"subscriptionType\": \"contact.propertyChange\", \"objectId\": 1, \"occurredAt\": 1e300, \"propertyName\": \"x\"}]"})
  void oddEventsAreLeftOut(String body) throws Exception {
    String now = String.valueOf(System.currentTimeMillis());
    assertThat(hubspot(body, now, signature(body, now, SECRET)).body()).isEqualTo("{\"changes\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "{}", "{\"meta\": {\"entity\": \"person\"}}", "{\"meta\": {\"entity\": \"person\", \"timestamp\": \"yesterday\"}}", "[]"})
  void pipedrivesNonsenseGetsAProblem(String body) throws Exception {
    assertThat(pipedrive("pipedrive:pipedrives-password", body).statusCode()).isEqualTo(400);
  }

  private Lead leadUnderReview() throws Exception {
    var person = (ObjectNode) JSON.readTree(getClass().getResource("/samples/leads.json")).valueStream()
        .filter(one -> one.path("name").asText().equals("Anna Berg")).findFirst().orElseThrow();
    person.put("email", UUID.randomUUID() + "@" + person.path("email").asText().split("@")[1]);
    var answer = post("/api/v1/leads", person.toString(), Map.of());
    Lead lead = leads.get(JSON.readTree(answer.body()).path("id").asText());
    await().atMost(PATIENCE).until(() -> !review(lead).isEmpty());
    return lead;
  }

  private String inTheCrm(Lead lead) {
    outbox.person("test-" + lead.id(), lead.id(), "engaged", null);
    return await().atMost(PATIENCE).until(() -> links.findById(lead.id()).orElseThrow().person(), id -> id != null);
  }

  private List<UserTask> review(Lead lead) {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId("ReviewDrafts").state(UserTaskState.CREATED)
            .processInstanceVariables(Map.of("leadId", "\"" + lead.id() + "\"")))
        .execute().items();
  }

  private String event(String person, String property, String value, int number) {
    return """
        [{"eventId": %d, "subscriptionId": 1, "portalId": 2, "appId": 3, "occurredAt": %d, "attemptNumber": 0,
         "subscriptionType": "contact.propertyChange", "objectId": "%s", "propertyName": "%s", "propertyValue": "%s",
         "changeSource": "CRM_UI"}]""".formatted(number, 1_790_000_000_000L + number, person, property, value);
  }

  private HttpResponse<String> hubspot(String body) throws Exception {
    String now = String.valueOf(System.currentTimeMillis());
    return hubspot(body, now, signature(body, now, SECRET));
  }

  private HttpResponse<String> hubspot(String body, String timestamp, String signature) throws Exception {
    return post("/webhooks/crm/hubspot", body,
        Map.of("X-HubSpot-Signature-v3", signature, "X-HubSpot-Request-Timestamp", timestamp));
  }

  private HttpResponse<String> pipedrive(String login, String body) throws Exception {
    String basic = "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    return post("/webhooks/crm/pipedrive", body, Map.of("Authorization", basic));
  }

  private String signature(String body, String timestamp, String secret) {
    String signed = "POST" + publicAddress + "/webhooks/crm/hubspot" + body + timestamp;
    return Signature.of(secret.getBytes(StandardCharsets.UTF_8), signed.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(String path, String body, Map<String, String> headers) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
