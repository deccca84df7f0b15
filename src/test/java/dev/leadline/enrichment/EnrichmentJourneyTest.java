package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.LeadlineTest;
import dev.leadline.ThinkingSteps;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.Providers;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import dev.leadline.timeline.Timeline;
import dev.leadline.trace.OtlpCollector;
import dev.leadline.trace.OtlpCollector.Told;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** From the address to the dossier in the running application: the engine asks the table, the step asks the providers. */
@LeadlineTest
class EnrichmentJourneyTest {

  private static final String PROCESS = "validate-plan-enrich";
  private static final ProviderServer APOLLO = new ProviderServer();
  private static final ProviderServer LABS = new ProviderServer();
  private static final OtlpCollector COLLECTOR = new OtlpCollector();

  @Autowired CamundaClient camunda;
  @Autowired Leads leads;
  @Autowired Dossiers dossiers;
  @Autowired Timeline timeline;
  @Autowired EnrichmentCache cache;
  @Autowired Providers providers;
  @Autowired TestRestTemplate http;

  @DynamicPropertySource
  static void keys(DynamicPropertyRegistry properties) {
    properties.add("leadline.providers.apollo.url", APOLLO::address);
    properties.add("leadline.providers.apollo.key", () -> "the-secret-key");
    properties.add("leadline.providers.apollo.timeout", () -> "1s");
    properties.add("leadline.providers.peopledatalabs.url", LABS::address);
    properties.add("leadline.providers.peopledatalabs.key", () -> "the-secret-key");
    properties.add("management.otlp.tracing.endpoint", COLLECTOR::address);
    properties.add("leadline.contact.dns", () -> "dns://127.0.0.1:1");
    properties.add("leadline.contact.timeout", () -> "50ms");
  }

  @AfterAll
  static void stop() {
    APOLLO.close();
    LABS.close();
    COLLECTOR.close();
  }

  @BeforeEach
  void begin() {
    APOLLO.usually(RecordedProviders::apollo);
    LABS.usually(RecordedProviders::peopleDataLabs);
    providers.named(Apollo.NAME).reset();
    providers.named(PeopleDataLabs.NAME).reset();
    cache.clear();
    var process = Bpmn.createExecutableProcess(PROCESS)
        .startEvent()
        .serviceTask("ValidateContact", task -> task.zeebeJobType("validate-contact").zeebeInputExpression("leadId", "leadId"))
        .businessRuleTask("EnrichmentPlan", task ->
            task.zeebeCalledDecisionId("enrichment-plan").zeebeResultVariable("enrichmentPlan"))
        .serviceTask("EnrichLead", task -> task.zeebeJobType("enrich-lead")
            .zeebeInputExpression("leadId", "leadId").zeebeInputExpression("enrichmentPlan", "plan")
            .zeebeOutputExpression("enrichment", "enrichment"))
        .endEvent().done();
    camunda.newDeployResourceCommand().addProcessModel(process, PROCESS + ".bpmn").execute();
  }

  @Test
  void theTableSaysWhoIsAsked() {
    var end = run("anna.berg@nordkap.test", "nordkap.test");

    assertThat(end.enrichment().providers()).containsExactly("apollo");
    assertThat(end.enrichment().spent()).isEqualByComparingTo("0.20");
    assertThat(end.contact()).containsEntry("verdict", "unknown").containsEntry("mailbox", "personal");
    assertThat(dossiers.get(end.leadId()).facts()).allMatch(fact -> fact.provider().equals("apollo"));
    assertThat(timeline.of(end.leadId()).getLast().details()).contains("The company and the person are looked up.");
    assertThat(http.getForObject("/leads/" + end.leadId(), String.class))
        .contains("180 employees").contains("80 % sure").contains("Added 8 facts from apollo for 0.20.");
  }

  @Test
  void aDeskIsNotLookedUp() {
    var end = run("info@nordkap.test", "nordkap.test");

    assertThat(end.contact()).containsEntry("mailbox", "role");
    assertThat(dossiers.get(end.leadId()).facts()).extracting(Fact::kind).doesNotContain("person");
    assertThat(APOLLO.asked).noneMatch(asked -> asked.query().getOrDefault("email", "").startsWith("info@"));
  }

  @Test
  void nothingIsSpentOnWhomMailCannotReach() {
    var end = run("anna@takes-no-mail.example", "nordkap-logistik.example");

    assertThat(end.contact()).containsEntry("verdict", "invalid").containsEntry("reasons", List.of("takes-no-mail"));
    assertThat(end.enrichment().facts()).isZero();
  }

  @Test
  void aProviderThatHangsIsNoIncident() {
    APOLLO.thenHangs();

    var end = run("anna.berg@nordkap.test", "nordkap.test");

    assertThat(end.enrichment().providers()).containsExactly("peopledatalabs");
    assertThat(timeline.of(end.leadId()).getLast().details()).contains("apollo: does not answer in 1 s.");
  }

  @Test
  void noProviderAtAllIsNoIncidentEither() {
    APOLLO.usually(asked -> new ProviderServer.Answer(500, Map.of(), "oops"));
    LABS.usually(asked -> new ProviderServer.Answer(402, Map.of(), RecordedProviders.error(402, "payment_required", "x")));

    var end = run("anna.berg@nordkap.test", "nordkap.test");

    assertThat(end.enrichment().source()).isEqualTo(EnrichLead.Source.NONE);
    assertThat(timeline.of(end.leadId()).getLast().details())
        .contains("apollo: answers with status 500.", "peopledatalabs: has no credits left for us.");
    assertThat(http.getForObject("/actuator/health", String.class))
        .contains("has no credits left for us").contains("answers with status 500").startsWith("{\"status\":\"UP\"");
  }

  @Test
  void theQuestionsAreInTheLeadsTraceWithoutWhomTheyAreAbout() {
    APOLLO.then(500, Map.of(), "oops").then(500, Map.of(), "oops");

    var end = run("anna.berg@nordkap.test", "nordkap.test");

    await().atMost(Duration.ofSeconds(30)).until(() -> told(end, "enrich-lead").findAny().isPresent());
    var asked = COLLECTOR.childrenOf(told(end, "enrich-lead").findFirst().orElseThrow()).toList();
    assertThat(asked).extracting(Told::name).contains("ask apollo", "ask peopledatalabs");
    assertThat(asked).extracting(span -> span.get("http.response.status_code")).contains("500", "200");
    assertThat(asked).filteredOn(Told::failed).extracting(span -> span.get("error.type")).containsOnly("Unavailable");
    assertThat(COLLECTOR.requests).allSatisfy(told -> assertThat(told).doesNotContain("anna", "nordkap"));
  }

  private Stream<Told> told(End end, String step) {
    return COLLECTOR.named(step).stream().filter(span -> end.leadId().equals(span.get("session.id")));
  }

  /** The variables at the end. */
  private record End(String leadId, EnrichLead.Summary enrichment, Map<String, Object> contact) {}

  private End run(String email, String website) {
    String id = UUID.randomUUID().toString();
    leads.save(new Lead(
        id, null, id + email, email, "Anna Berg", "Nordkap", website, null, "Other", "", Lead.Start.STARTED,
        Lead.Stage.NEW, null, null, null, ThinkingSteps.NOW, ThinkingSteps.NOW));
    var end = camunda.newCreateInstanceCommand().bpmnProcessId(PROCESS).latestVersion()
        .variables(Map.of("leadId", id)).withResult().requestTimeout(Duration.ofSeconds(60)).execute()
        .getVariablesAsType(Variables.class);
    return new End(id, end.enrichment(), end.contact());
  }

  private record Variables(String leadId, EnrichLead.Summary enrichment, Map<String, Object> contact) {}
}
