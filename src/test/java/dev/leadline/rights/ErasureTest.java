package dev.leadline.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.crm.sync.CrmOutbox;
import dev.leadline.engine.TaskAnswer;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppressed;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.enums.UserTaskState;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;

@LeadlineTest
class ErasureTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String EMAIL = "frieda.ostermann@nordkap-logistik.example";

  @Autowired TestRestTemplate http;
  @Autowired CamundaClient camunda;
  @Autowired Leads leads;
  @Autowired MongoOperations mongo;
  @Autowired Suppressed suppressed;
  @Autowired CrmOutbox crm;
  @Autowired Holdings holdings;

  @Test
  void aPersonGetsACopyAndThenNothingOfThemIsLeft() throws Exception {
    beforeTheyWereALead();
    Lead lead = atReview();

    JsonNode copy = JSON.readTree(http.getForObject("/api/v1/leads/" + lead.id() + "/export", String.class));
    assertThat(copy.path("leads").path(0).path("email").asText()).isEqualTo(EMAIL);
    assertThat(copy.path("consents").path(0).path("wording").asText()).contains("answer by e-mail");
    assertThat(copy.path("drafts")).isNotEmpty();
    assertThat(copy.path("timeline")).isNotEmpty();
    assertThat(copy.path("intakes")).hasSize(2);
    assertThat(copy.path("import_rows")).hasSize(2);
    assertThat(copy.path("messages")).hasSize(1);

    mongo.save(new Document("_id", "company/erasure.example").append("mails", List.of(
        new Document("touch", lead.id() + "/outreach/1").append("address", EMAIL),
        new Document("touch", "other/outreach/1").append("address", "other@erasure.example"))), "contacts");
    book(lead);
    assertThat(diaries()).contains(lead.id());
    crm.person("before-the-erasure", lead.id(), "engaged", null);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(mongo.getCollection("crm_records").countDocuments(
        new Document("ours", "person-" + lead.id()))).isEqualTo(1));
    var asked = http.postForEntity("/api/v1/leads/" + lead.id() + "/erasures", null, JsonNode.class);
    assertThat(asked.getStatusCode()).isEqualTo(HttpStatus.ACCEPTED);
    var again = http.postForEntity("/api/v1/leads/" + lead.id() + "/erasures", null, JsonNode.class);
    assertThat(again.getBody().path("id")).isEqualTo(asked.getBody().path("id"));
    confirm(lead.id());

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(leads.findById(lead.id())).isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(erasure(asked.getBody().path("id").asText()).path("state").asText())
        .isEqualTo("ERASED"));
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(activeJourneys(lead.id())).containsOnly("erase-person"));
    await().atMost(PATIENCE).untilAsserted(() -> {
      holdings.eraseRest(lead.id()); // as the journey does later, for a mail that was under way
      assertThat(collectionsThatName(EMAIL)).isEmpty();
    });
    assertThat(collectionsThatName("Ostermann")).isEmpty();
    assertThat(diaries()).as("the host is free again").doesNotContain(lead.id());
    assertThat(mongo.findById("company/erasure.example", Document.class, "contacts").getList("mails", Document.class))
        .containsExactly(new Document("touch", "other/outreach/1").append("address", "other@erasure.example"));
    assertThat(suppressed.address(EMAIL)).isPresent();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(erasure(asked.getBody().path("id").asText()).path("inCrm").asText())
        .isEqualTo("done"));
    assertThat(http.getForObject("/erasures", String.class)).contains("In the CRM", "Leadline&#39;s own CRM");
  }

  @Test
  void whoDoesNotExistIsAProblem() {
    assertThat(http.getForEntity("/api/v1/leads/nobody/export", String.class).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(http.postForEntity("/api/v1/leads/nobody/erasures", null, String.class).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void aRefusalNeedsAPersonAndAReason() {
    assertThat(new TaskAnswer("", Map.of()).objection()).isPresent();
    assertThat(RecordErasure.objection("", "")).isPresent();
    assertThat(RecordErasure.objection("refuse", "")).isPresent();
    assertThat(RecordErasure.objection("refuse", "It is not them")).isEmpty();
    assertThat(RecordErasure.objection("erase", "")).isEmpty();
  }

  /** A request that was refused, a file that was only tried, and a mail that is nobody's: none of them knows a lead. */
  private void beforeTheyWereALead() {
    var refused = http.postForEntity(
        "/api/v1/leads", Map.of("name", "Frieda Ostermann", "email", "  " + EMAIL.toUpperCase(Locale.ROOT)), String.class);
    assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
    mongo.save(new Document("_id", "tried-2").append("importId", "tried").append("address", EMAIL)
        .append("name", "Frieda Ostermann").append("verdict", "NEW"), "import_rows");
    mongo.save(new Document("_id", "tried-3").append("importId", "tried").append("address", EMAIL)
        .append("name", "Frieda Ostermann").append("verdict", "REJECTED"), "import_rows");
    mongo.save(new Document("_id", "stray").append("kind", "OTHER").append("state", "HANDLED")
        .append("letter", new Document("from", EMAIL).append("name", "Frieda Ostermann")), "messages");
  }

  private Lead atReview() throws Exception {
    JsonNode sample = JSON.readTree(ErasureTest.class.getResource("/samples/leads.json")).get(0);
    var form = new LinkedMultiValueMap<String, String>();
    sample.fields().forEachRemaining(field -> form.add(field.getKey(), field.getValue().asText()));
    form.set("email", EMAIL);
    form.set("name", "Frieda Ostermann");
    var headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
    http.postForEntity("/", new HttpEntity<>(form, headers), String.class);
    Lead lead = leads.findByAddress(EMAIL).orElseThrow();
    await().atMost(PATIENCE).until(() -> task(lead.id(), "ReviewDrafts") != 0);
    return lead;
  }

  private void book(Lead lead) {
    String all = "/api/v1/meetings?leadId=" + lead.id();
    http.postForEntity("/api/v1/meetings", Map.of("leadId", lead.id()), JsonNode.class);
    var meeting = await().atMost(PATIENCE).until(
        () -> http.getForObject(all, JsonNode.class).path("items").path(0), found -> !found.isMissingNode());
    await().atMost(PATIENCE).until(() -> http.postForEntity(
        "/api/v1/meetings/" + meeting.path("id").asText() + "/choice",
        Map.of("start", meeting.path("proposed").path(0).asText()), JsonNode.class).getStatusCode().is2xxSuccessful());
    await().atMost(PATIENCE).until(() ->
        http.getForObject(all, JsonNode.class).path("items").path(0).path("state").asText().equals("BOOKED"));
  }

  private String diaries() {
    return mongo.findAll(Document.class, "diaries").toString();
  }

  private void confirm(String leadId) {
    await().atMost(PATIENCE).until(() -> task(leadId, "ConfirmErasure") != 0);
    long task = task(leadId, "ConfirmErasure");
    camunda.newAssignUserTaskCommand(task).assignee("Robin").execute();
    camunda.newCompleteUserTaskCommand(task).variables(Map.of("decision", "erase")).execute();
  }

  private long task(String leadId, String element) {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId(element).state(UserTaskState.CREATED)
            .processInstanceVariables(Map.of("leadId", '"' + leadId + '"')))
        .execute().items().stream().mapToLong(found -> found.getUserTaskKey()).findFirst().orElse(0);
  }

  private JsonNode erasure(String id) {
    return StreamSupport.stream(http.getForObject("/api/v1/erasures", JsonNode.class).path("items").spliterator(), false)
        .filter(one -> one.path("id").asText().equals(id)).findFirst().orElseThrow();
  }

  private Set<String> activeJourneys(String leadId) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.state(ProcessInstanceState.ACTIVE).variables(Map.of("leadId", '"' + leadId + '"')))
        .execute().items().stream().map(found -> found.getProcessDefinitionId()).collect(Collectors.toSet());
  }

  private Set<String> collectionsThatName(String words) {
    return mongo.getCollectionNames().stream()
        .filter(name -> mongo.findAll(Document.class, name).stream().anyMatch(one -> one.toString().contains(words)))
        .collect(Collectors.toSet());
  }
}
