package dev.leadline;

import static io.camunda.process.test.api.CamundaAssert.assertThatUserTask;
import static io.camunda.process.test.api.assertions.UserTaskSelectors.byElementId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.crm.Crm;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.MigrateProcessInstanceCommandStep1.MigrateProcessInstanceCommandFinalStep;
import io.camunda.client.api.command.MigrateProcessInstanceCommandStep1.MigrateProcessInstanceCommandStep2;
import io.camunda.client.api.search.enums.ElementInstanceState;
import io.camunda.client.api.search.enums.IncidentState;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.client.api.search.response.ElementInstance;
import io.camunda.client.api.search.response.Incident;
import io.camunda.client.api.search.response.ProcessInstance;
import io.camunda.client.api.search.response.UserTask;
import io.camunda.process.test.api.CamundaProcessTestContext;
import jakarta.mail.Message;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;

/** Leads on their drawn journey with the real steps, rules, engine, database and mail server. */
@JourneyTest
class LeadJourneyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD = "Anna Berg";
  private static final String LUKEWARM = "Sofie Lindqvist";
  private static final String VAGUE = "Hiroshi Tanaka";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired CamundaClient camunda;
  @Autowired CamundaProcessTestContext engine;
  @Autowired Leads leads;
  @Autowired People people;
  @Autowired SentMails sent;
  @Autowired Timeline timeline;
  @Autowired MongoOperations mongo;
  @Autowired Crm crm;

  @BeforeEach
  void deployTheJourneys() throws Exception {
    Drawings.deploy(camunda);
  }

  @Test
  void aGoodLeadIsMailedAndCalledAfterAPersonsYes() throws Exception {
    var lead = register(GOOD);
    var review = people.task("ReviewDrafts", lead);
    assertThat(sent.to(lead)).isEmpty();

    people.complete(review, Map.of("decision", "approve", "emails", emails(review)));
    awaitMails(lead, 1);
    engine.increaseTime(Duration.ofDays(2));
    people.complete(people.task("ContactByHand", lead), Map.of("result", "skipped"));
    engine.increaseTime(Duration.ofDays(3));
    awaitMails(lead, 2);
    engine.increaseTime(Duration.ofDays(2));
    var call = people.task("ContactByHand", lead);
    assertThatThrownBy(() -> people.complete(call, Map.of("result", "perhaps"))).hasMessageContaining("what came of it");
    people.complete(call, Map.of("result", "follow-up", "notes", "Wants to see an example"));
    people.complete(people.task("ReviewDrafts", lead), Map.of("decision", "approve"));
    awaitMails(lead, 3);
    engine.increaseTime(Duration.ofDays(5));
    awaitMails(lead, 4);

    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.CONTACTED);
    var mails = sent.to(lead);
    assertThat(mails).extracting(mail -> mail.getHeader("Message-ID")[0]).doesNotHaveDuplicates();
    assertThat(mails.subList(1, 4)).allSatisfy(mail ->
        assertThat(mail.getHeader("References")[0]).startsWith(mails.getFirst().getHeader("Message-ID")[0]));
    assertThat(mails.get(2).getSubject()).isEqualTo("Re: " + mails.getFirst().getSubject());
    assertThat(SentMails.text(mails.get(2))).contains("Thank you for the conversation.")
        .doesNotContain("Wants to see an example");
    assertThat(timeline.of(lead.id())).extracting(TimelineEntry::step)
        .contains("validate-contact", "enrich-lead", "analyse-growth", "brief-seller")
        .containsSubsequence(
            "register-lead", "research-lead", "assess-lead", "plan-campaign", "draft-outreach", "record-review",
            "send-email", "record-touch", "draft-follow-up", "check-draft", "record-review", "send-email");
    assertThat(texts(lead)).contains("Robin did it and wants a follow-up e-mail: a call.");
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(crm.contact(lead.email())).get()
        .extracting(Crm.Contact::stage).isEqualTo("contacted"));
  }

  @Test
  void whatGoesOutIsWhatTheReviewerMadeOfIt() throws Exception {
    var lead = register(GOOD);
    var review = people.task("ReviewDrafts", lead);
    var emails = emails(review);
    emails.getFirst().put("subject", "A word about Monday");
    emails.getFirst().put("body", "Hello,\n\nI shortened this.\n\nAlex Morgan");

    people.complete(review, Map.of("decision", "approve", "emails", emails));

    awaitMails(lead, 1);
    var mail = sent.to(lead).getFirst();
    assertThat(mail.getSubject()).isEqualTo("A word about Monday");
    assertThat(SentMails.text(mail)).contains("I shortened this.");
    assertThat(texts(lead)).anyMatch(text -> text.contains("edited and approved"));
  }

  @Test
  void aRejectedDraftGoesNowhereAndSaysWhy() throws Exception {
    var lead = register(GOOD);
    var review = people.task("ReviewDrafts", lead);
    assertThatThrownBy(() -> people.complete(review, Map.of("decision", "reject"))).hasMessageContaining("why");

    people.complete(review, Map.of("decision", "reject", "reason", "We met them last week"));

    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.CLOSED);
    assertThat(sent.to(lead)).isEmpty();
    assertThat(timeline.of(lead.id())).flatExtracting(TimelineEntry::details).contains("We met them last week");
  }

  @Test
  void aNurtureCampaignFromOurOwnTextsIsApprovedByThePolicy() throws Exception {
    var lead = register(LUKEWARM);
    awaitMails(lead, 1);
    for (int touch = 2; touch <= 4; touch++) {
      engine.increaseTime(Duration.ofDays(40));
      awaitMails(lead, touch);
    }
    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.CONTACTED);
    assertThat(timeline.of(lead.id()))
        .anyMatch(entry -> entry.step().equals("approve-by-policy") && entry.actor() == TimelineEntry.Actor.TABLE);
  }

  @Test
  void aCampaignThatIsMovedToANewVersionBetweenItsMailsSendsEachOnce() throws Exception {
    var lead = register(LUKEWARM);
    awaitMails(lead, 1);
    long campaign = await().atMost(PATIENCE).until(() -> waiting(lead), key -> key != 0);
    var drawing = Files.readString(Path.of("bpmn/outreach-sequence.bpmn"));
    long version = camunda.newDeployResourceCommand()
        .addResourceStringUtf8(
            drawing.replaceFirst(" name=\"[^\"]+\" isExecutable", " name=\"Redrawn\" isExecutable"), "outreach-sequence.bpmn")
        .addResourceFile("forms/contact-by-hand.form").addResourceFile("forms/review-drafts.form")
        .execute().getProcesses().getFirst().getProcessDefinitionKey();

    MigrateProcessInstanceCommandStep2 migration = camunda.newMigrateProcessInstanceCommand(campaign).migrationPlan(version);
    for (String element : active(campaign)) migration = migration.addMappingInstruction(element, element);
    ((MigrateProcessInstanceCommandFinalStep) migration).execute();
    assertThat(camunda.newProcessInstanceGetRequest(campaign).execute().getProcessDefinitionKey()).isEqualTo(version);

    for (int touch = 2; touch <= 4; touch++) {
      engine.increaseTime(Duration.ofDays(40));
      awaitMails(lead, touch);
    }
    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.CONTACTED);
    assertThat(sent.to(lead)).extracting(mail -> mail.getHeader("Message-ID")[0]).hasSize(4).doesNotHaveDuplicates();
  }

  private List<String> active(long instance) {
    return camunda.newElementInstanceSearchRequest()
        .filter(element -> element.processInstanceKey(instance).state(ElementInstanceState.ACTIVE)).execute().items().stream()
        .map(ElementInstance::getElementId).filter(element -> !element.equals("outreach-sequence")).distinct().toList();
  }

  /** Key of the lead's campaign when it waits for the time of its next mail; 0 before. */
  private long waiting(Lead lead) {
    return camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId("outreach-sequence").state(ProcessInstanceState.ACTIVE)
            .variables(Map.of("leadId", '"' + lead.id() + '"')))
        .execute().items().stream().map(ProcessInstance::getProcessInstanceKey)
        .filter(key -> active(key).contains("WaitForTouch"))
        .findFirst().orElse(0L);
  }

  @Test
  void whatNobodyDaresToJudgeIsDecidedByAPerson() throws Exception {
    var lead = register(VAGUE);
    var question = people.task("QualifyByHand", lead);

    people.complete(question, Map.of("route", "close", "reason", "A student"));

    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.CLOSED);
    assertThat(sent.to(lead)).isEmpty();
    assertThat(texts(lead)).anyMatch(text -> text.contains("Robin"));
  }

  @Test
  void anOverdueReviewIsEscalatedWhereAPersonSeesIt() throws Exception {
    var lead = register(GOOD);
    people.task("ReviewDrafts", lead);

    engine.increaseTime(Duration.ofHours(5));

    await().atMost(PATIENCE).until(() -> people.task("ReviewDrafts", lead).getCandidateGroups().contains("sales-leads"));
    assertThat(people.task("ReviewDrafts", lead).getPriority()).isGreaterThanOrEqualTo(90);
    assertThat(timeline.of(lead.id())).anyMatch(entry -> entry.step().equals("escalate-review"));
    assertThatUserTask(byElementId("ReviewDrafts")).isCreated();
  }

  @Test
  void aFaultOfTheDatabaseBecomesAnIncidentAndARetryGoesOn() throws Exception {
    var lead = register(LUKEWARM);
    awaitMails(lead, 1);
    var held = leads.get(lead.id());
    mongo.remove(held);

    engine.increaseTime(Duration.ofDays(8));
    var incident = incident(lead);
    assertThat(incident.getErrorMessage()).doesNotContain(lead.email());
    mongo.save(new Lead(
        held.id(), null, held.address(), held.email(), held.name(), held.company(), held.website(), held.jobTitle(),
        held.leadSource(), held.projectDescription(), held.journey(), held.stage(), held.score(), held.tier(),
        held.route(), held.registeredAt(), held.changedAt()));
    camunda.newUpdateRetriesCommand(incident.getJobKey()).retries(1).execute();
    camunda.newResolveIncidentCommand(incident.getIncidentKey()).execute();

    awaitMails(lead, 2);
  }

  @Test
  void whoMayNoLongerBeContactedLeavesTheJourneyAtOnce() throws Exception {
    var lead = register(GOOD);
    people.task("ReviewDrafts", lead);

    post("/api/v1/suppressions", JSON.writeValueAsString(Map.of("email", lead.email(), "reason", "UNSUBSCRIBED")));

    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).stage() == Lead.Stage.SUPPRESSED);
    await().atMost(PATIENCE).until(() -> people.tasks("ReviewDrafts", lead).isEmpty());
    assertThat(sent.to(lead)).isEmpty();
  }

  @Test
  void anotherReviewDrawnIntoTheDiagramTakesEffectForTheNextLead() throws Exception {
    var drawn = Files.readString(Path.of("bpmn/lead-journey.bpmn"))
        .replace("targetRef=\"Gateway_Gather\"", "targetRef=\"LookFirst\"")
        .replace("<bpmn:incoming>Flow_Registered</bpmn:incoming>", "<bpmn:incoming>Flow_LookedAt</bpmn:incoming>")
        .replace(
            "<bpmn:sequenceFlow id=\"Flow_Registered\"",
            """
            <bpmn:userTask id="LookFirst" name="Look first">
              <bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>
              <bpmn:incoming>Flow_Registered</bpmn:incoming>
              <bpmn:outgoing>Flow_LookedAt</bpmn:outgoing>
            </bpmn:userTask>
            <bpmn:sequenceFlow id="Flow_LookedAt" sourceRef="LookFirst" targetRef="Gateway_Gather" />
            <bpmn:sequenceFlow id="Flow_Registered\"""");
    camunda.newDeployResourceCommand().addResourceStringUtf8(drawn, "lead-journey.bpmn")
        .addResourceFile("forms/qualify-by-hand.form").execute();

    var lead = register(GOOD);
    people.complete(people.task("LookFirst", lead), Map.of());

    assertThatUserTask(byElementId("ReviewDrafts")).isCreated();
  }

  @Test
  void aChangedThresholdTakesEffectForTheNextLead() throws Exception {
    var table = Files.readString(Path.of("bpmn/lead-routing.dmn"));
    assertThat(table).contains("\"A\", \"B\"");
    camunda.newDeployResourceCommand()
        .addResourceStringUtf8(table.replace("\"A\", \"B\"", "\"S\""), "lead-routing.dmn").execute();

    var lead = register(GOOD);

    await().atMost(PATIENCE).until(() -> leads.get(lead.id()).route() != null);
    assertThat(leads.get(lead.id()).route()).isNotEqualTo("outreach");
  }

  /** Registers somebody just like the sample lead of this name, with an address of their own. */
  private Lead register(String sample) throws Exception {
    var lead = (ObjectNode) JSON.readTree(getClass().getResource("/samples/leads.json")).valueStream()
        .filter(person -> person.path("name").asText().equals(sample)).findFirst().orElseThrow();
    lead.put("email", UUID.randomUUID() + "@" + lead.path("email").asText().split("@")[1]);
    return leads.get(JSON.readTree(post("/api/v1/leads", lead.toString())).path("id").asText());
  }

  private String post(String path, String body) throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 204);
    return answer.body();
  }

  private List<Map<String, Object>> emails(UserTask task) {
    var variable = camunda.newUserTaskVariableSearchRequest(task.getUserTaskKey()).filter(v -> v.name("emails")).execute().items().getFirst();
    var whole = camunda.newVariableGetRequest(variable.getVariableKey()).execute();
    return camunda.getConfiguration().getJsonMapper().fromJson(whole.getValue(), List.class);
  }

  private Incident incident(Lead lead) {
    return await().atMost(PATIENCE)
        .until(
            () -> {
              engine.increaseTime(Duration.ofMinutes(2));
              return camunda.newIncidentSearchRequest().filter(i -> i.state(IncidentState.ACTIVE)).execute().items();
            },
            found -> !found.isEmpty())
        .getFirst();
  }

  private List<String> texts(Lead lead) {
    return timeline.of(lead.id()).stream().map(TimelineEntry::text).toList();
  }

  private void awaitMails(Lead lead, int number) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(sent.to(lead)).hasSize(number));
  }
}
