package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.agent.ModelServer;
import dev.leadline.lead.Leads;
import dev.leadline.trace.OtlpCollector;
import dev.leadline.trace.OtlpCollector.Told;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.UserTask;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.LinkedMultiValueMap;

/** One lead from the form to the first mail, as a collector of traces and one of figures see it. */
@JourneyTest
@AutoConfigureObservability(tracing = false)
class TelemetryTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WISH = "We are looking for help with order entry: 400 orders a day are typed in by hand."
      + " The budget for this year is approved. We would like to have a first process live before the summer.";
  private static final OtlpCollector COLLECTOR = new OtlpCollector().isBusy(1);
  private static final ModelServer READER = server("""
      {"facts": [
      {"kind": "industry", "text": "Logistics and transport", "source": "form", "quote": "400 orders a day"},
      {"kind": "need", "text": "They look for help with order entry.", "source": "form",
      "quote": "We are looking for help with order entry"},
      {"kind": "budget", "text": "The budget is approved.", "source": "form",
      "quote": "The budget for this year is approved."},
      {"kind": "timeline", "text": "They want to start before the summer.", "source": "form",
      "quote": "We would like to have a first process live before the summer."}]}""");
  private static final ModelServer CHATTERER = server("Certainly! Anna Berg sounds like a great lead.");

  @Autowired CamundaClient camunda;
  @Autowired Leads leads;
  @Autowired TestRestTemplate http;

  @DynamicPropertySource
  static void aCollectorAndTwoModels(DynamicPropertyRegistry properties) {
    properties.add("management.otlp.tracing.endpoint", COLLECTOR::address);
    model(properties, "research-lead", READER);
    properties.add("leadline.model.steps.research-lead.temperature", () -> "0.2");
    model(properties, "assess-lead", CHATTERER);
    properties.add("leadline.model.prices.thinker.in", () -> "2");
    properties.add("leadline.model.prices.thinker.out", () -> "8");
  }

  private static void model(DynamicPropertyRegistry properties, String step, ModelServer server) {
    properties.add("leadline.model.steps." + step + ".provider", () -> "openai");
    properties.add("leadline.model.steps." + step + ".base-url", server::url);
    properties.add("leadline.model.steps." + step + ".name", () -> "thinker");
  }

  private static ModelServer server(String words) {
    try {
      return ModelServer.openAi().says(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void deployTheJourneys() throws Exception {
    Drawings.deploy(camunda);
  }

  @AfterAll
  static void close() {
    COLLECTOR.close();
    READER.close();
    CHATTERER.close();
  }

  @Test
  void fromTheFormToTheMail() {
    String lead = fillInTheForm();
    complete(review(lead));
    await().atMost(PATIENCE).until(() -> !COLLECTOR.named("send-email").isEmpty());

    Told root = COLLECTOR.spans.stream().filter(span -> span.parent().isEmpty()).findFirst().orElseThrow();
    LoggerFactory.getLogger(getClass()).info("The trace of one lead:\n{}", COLLECTOR.story(root));
    assertThat(COLLECTOR.spans).extracting(Told::trace).containsOnly(root.trace());
    assertThat(COLLECTOR.spans).filteredOn(span -> span.parent().isEmpty()).containsExactly(root);
    assertThat(COLLECTOR.spans).extracting(Told::id).doesNotHaveDuplicates().containsAll(
        COLLECTOR.spans.stream().map(Told::parent).filter(parent -> !parent.isEmpty()).toList());

    assertThat(root.name()).isEqualTo("register-lead");
    assertThat(root.attributes()).containsEntry("session.id", lead).containsEntry("leadline.channel", "FORM");
    assertThat(COLLECTOR.childrenOf(root)).extracting(Told::name)
        .contains("validate-contact", "enrich-lead", "wait-for-person")
        .containsSubsequence(
            "start-journey", "research-lead", "assess-lead", "record-assessment", "plan-campaign", "draft-outreach",
            "check-draft", "show-draft", "record-review", "send-email");
    assertThat(COLLECTOR.childrenOf(root)).extracting(span -> span.get("session.id")).containsOnly(lead);
    theStep("draft-outreach", "DraftOutreach");
    answeredByTheModel();
    answeredByRulesAfterNonsense();
    theMail();
    nothingPersonal();
    theFigures();
  }

  private void theStep(String step, String element) {
    assertThat(only(step).attributes()).containsEntry("camunda.element.id", element)
        .containsEntry("camunda.process.id", "outreach-sequence").containsEntry("camunda.job.retries", "3")
        .containsEntry("leadline.source", "RULES")
        .containsKeys("camunda.job.key", "camunda.process_instance.key");
    assertThat(only(step).failed()).isFalse();
  }

  private void answeredByTheModel() {
    Told agent = COLLECTOR.childrenOf(only("research-lead")).findFirst().orElseThrow();
    assertThat(agent.name()).isEqualTo("invoke_agent research-lead");
    assertThat(agent.attributes()).containsEntry("gen_ai.operation.name", "invoke_agent")
        .containsEntry("gen_ai.agent.name", "research-lead").containsEntry("leadline.source", "MODEL");
    Told chat = COLLECTOR.childrenOf(agent).findFirst().orElseThrow();
    assertThat(chat.name()).isEqualTo("chat thinker");
    assertThat(chat.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(chat.failed()).isFalse();
    assertThat(chat.attributes())
        .containsEntry("gen_ai.operation.name", "chat").containsEntry("gen_ai.provider.name", "openai")
        .containsEntry("gen_ai.system", "openai").containsEntry("gen_ai.request.model", "thinker")
        .containsEntry("gen_ai.request.temperature", "0.2").containsEntry("gen_ai.response.model", "m")
        .containsEntry("gen_ai.response.id", "c1").containsEntry("gen_ai.response.finish_reasons", "[stop]")
        .containsEntry("gen_ai.usage.input_tokens", "11").containsEntry("gen_ai.usage.output_tokens", "7")
        .containsEntry("gen_ai.usage.cost", Double.toString((11 * 2 + 7 * 8) / 1e6))
        .containsEntry("leadline.attempts", "1");
  }

  private void answeredByRulesAfterNonsense() {
    Told agent = only("invoke_agent assess-lead");
    assertThat(agent.failed()).isTrue();
    assertThat(agent.attributes()).containsEntry("error.type", "NONSENSE").containsEntry("leadline.source", "RULES");
    assertThat(COLLECTOR.childrenOf(agent)).singleElement().matches(chat -> !chat.failed(), "the server has answered");
    assertThat(only("assess-lead").failed()).isFalse();
  }

  private void theMail() {
    assertThat(only("wait-for-person").get("camunda.element.id")).isEqualTo("ReviewDrafts");
    assertThat(only("wait-for-person").ended()).isGreaterThanOrEqualTo(only("wait-for-person").began());
    Told mail = COLLECTOR.childrenOf(only("send-email")).findFirst().orElseThrow();
    assertThat(mail.name()).isEqualTo("send mail");
    assertThat(mail.kind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
    assertThat(mail.get("messaging.message.id")).startsWith("<").endsWith(">");
  }

  private void nothingPersonal() {
    assertThat(COLLECTOR.requests).isNotEmpty().allSatisfy(told -> assertThat(told)
        .contains("service.name")
        .doesNotContainIgnoringCase("Anna").doesNotContainIgnoringCase("Berg").doesNotContainIgnoringCase("nordkap")
        .doesNotContain("order entry").doesNotContain("budget").doesNotContain("Operations").doesNotContain("Certainly"));
  }

  private void theFigures() {
    String figures = http.getForObject("/actuator/prometheus", String.class);
    for (String bucket : new String[] {"0.1", "0.5", "1.0", "2.0", "5.0", "+Inf"})
      assertThat(figures).contains("agent_processing_seconds_bucket{agent_type=\"research-lead\",le=\"" + bucket + "\"}");
    assertThat(figures).contains(
        "agent_success_total{agent_type=\"research-lead\"} 1.0",
        "agent_errors_total{agent_type=\"assess-lead\",error_code=\"NONSENSE\"} 1.0",
        "agent_requests_total{agent_type=\"draft-outreach\"} 1.0",
        "agent_response_duration_seconds_count{agent_type=\"research-lead\",model=\"thinker\",source=\"MODEL\"} 1",
        "leads_qualified_total{route=\"outreach\"}");
  }

  private Told only(String name) {
    var found = COLLECTOR.named(name);
    assertThat(found).as(name).hasSize(1);
    return found.getFirst();
  }

  private String fillInTheForm() {
    var form = new LinkedMultiValueMap<String, String>();
    form.setAll(Map.of(
        "name", "Anna Berg", "email", "anna.berg+trace@nordkap-logistik.example", "company", "Nordkap Logistik GmbH",
        "website", "https://www.nordkap-logistik.example", "jobTitle", "Head of Operations",
        "leadSource", "Website form",
        "projectDescription", WISH));
    assertThat(http.postForEntity("/", form, String.class).getStatusCode().value()).isLessThan(400);
    return leads.findByAddress("anna.berg@nordkap-logistik.example").orElseThrow().id();
  }

  private UserTask review(String lead) {
    return await().atMost(PATIENCE).until(
        () -> camunda.newUserTaskSearchRequest()
            .filter(task -> task.elementId("ReviewDrafts").state(UserTaskState.CREATED)
                .processInstanceVariables(Map.of("leadId", "\"" + lead + "\"")))
            .execute().items(),
        found -> !found.isEmpty()).getFirst();
  }

  private void complete(UserTask task) {
    camunda.newAssignUserTaskCommand(task.getUserTaskKey()).assignee("Robin").execute();
    camunda.newCompleteUserTaskCommand(task.getUserTaskKey()).variables(Map.of("decision", "approve")).execute();
  }
}
