package dev.leadline.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.LeadlineTest;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.model.ModelSettings.Provider;
import dev.leadline.trace.OtlpCollector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Agents over HTTP, with a model whose server speaks the real protocol. */
@LeadlineTest
@AutoConfigureObservability(tracing = false)
class AgentApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FACTS = """
      {"facts": [{"kind": "need", "text": "They look for fewer manual hand-offs.", "source": "form",
      "quote": "fewer manual hand-offs"}]}""";
  private static final ModelServer MODEL = server();
  private static final OtlpCollector COLLECTOR = new OtlpCollector();

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired Leads leads;
  @Autowired AgentRuns runs;
  @Autowired Ledger ledger;
  @Autowired MongoOperations mongo;

  @DynamicPropertySource
  static void aModelForOneStep(DynamicPropertyRegistry registry) {
    registry.add("leadline.model.steps.research-lead.provider", () -> "openai");
    registry.add("leadline.model.steps.research-lead.base-url", MODEL::url);
    registry.add("leadline.model.steps.research-lead.name", () -> "model-4.1");
    registry.add("leadline.model.steps.research-lead.api-key", () -> "top-secret-key");
    registry.add("leadline.model.prices.[model-4.1].in", () -> "2");
    registry.add("leadline.model.prices.[model-4.1].out", () -> "8");
    registry.add("management.otlp.tracing.endpoint", COLLECTOR::address);
    registry.add("leadline.trace.texts", () -> "true");
  }

  @AfterAll
  static void close() {
    MODEL.close();
    COLLECTOR.close();
  }

  @Test
  void everyStepThatThinksIsListed() throws Exception {
    var agents = json(get("/api/v1/agents"));

    assertThat(agents.findValuesAsText("step")).contains("research-lead", "assess-lead", "draft-outreach", "design-nurture");
    var research = one(agents, "research-lead");
    assertThat(research.path("status").asText()).isEqualTo("MODEL");
    assertThat(research.path("model").asText()).isEqualTo("model-4.1");
    assertThat(research.path("breaker").asText()).isEqualTo("CLOSED");
    assertThat(research.path("invocable").asBoolean()).isTrue();
    assertThat(research.path("input").path("leadId").asText()).isEqualTo("text");
    assertThat(research.path("prompt").asText()).hasSize(12);
    assertThat(one(agents, "assess-lead").path("status").asText()).isEqualTo("RULES");
    assertThat(agents.findValuesAsText("step")).contains("enrich-lead", "validate-contact", "check-draft", "draft-meeting");
    assertThat(json(get("/api/openapi")).path("paths").has("/api/v1/agents/{step}/invocations")).isTrue();
  }

  @Test
  void anAgentIsAskedDirectlyAndWhatItThoughtIsKept() throws Exception {
    String lead = saved();
    var answer = json(post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"" + lead + "\"}", null));

    assertThat(answer.at("/result/research/source").asText()).isEqualTo("MODEL");
    assertThat(answer.at("/runs/0/tokensIn").asInt()).isEqualTo(11);
    assertThat(answer.at("/runs/0/cost").asDouble()).isEqualTo((11 * 2 + 7 * 8) / 1e6);
    var run = json(get("/api/v1/agents/runs/" + answer.at("/runs/0/id").asText()));
    assertThat(run.path("question").asText()).contains("fewer manual hand-offs");
    assertThat(run.path("answer").asText()).contains("They look for");

    var page = get("/leads/" + lead).body();
    assertThat(page).contains("thoughts/research-lead-" + answer.path("jobKey").asText()).contains("1 question to a model");
    assertThat(get("/leads/" + lead + "/thoughts/research-lead-" + answer.path("jobKey").asText()).body())
        .contains("model-4.1 (openai)", "11 read", "0.000078 USD", "They look for fewer manual hand-offs.");
    assertThat(get("/agents/research-lead").body()).contains("model-4.1", "Configuration");
    await().untilAsserted(() ->
        assertThat(json(get("/api/v1/agents/research-lead")).at("/figures/byModel").asInt()).isPositive());
    assertThat(get("/actuator/prometheus").body()).contains(
        "agent_processing_seconds_bucket{agent_type=\"research-lead\",le=\"0.5\"}",
        "agent_success_total{agent_type=\"research-lead\"}", "agent_requests_total{",
        "agent_response_duration_seconds_count{");

    assertThat(json(delete("/api/v1/agents/runs?leadId=" + lead)).path("removed").asInt()).isEqualTo(1);
    assertThat(runs.ofLead(lead)).isEmpty();
  }

  @Test
  void whoWaitsGetsTheAnswerInAStream() throws Exception {
    var events = post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"" + saved() + "\"}", "text/event-stream");

    assertThat(events.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
    assertThat(events.body()).contains("event:progress", "asking model-4.1", "event:text", "event:result", "\"source\":\"MODEL\"");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "research-lead | {}                                | 400 | leadId  | is required",
    "research-lead | {\"leadId\": 7}                   | 400 | leadId  | must be a text",
    "research-lead | {\"leadId\": \"x\", \"more\": 1}  | 400 | more    | is not known",
    "draft-outreach | {\"leadId\": \"x\", \"attempt\": \"one\"} | 400 | attempt | must be a number",
    "research-lead | []                                | 400 | body    | must be a JSON object",
    "research-lead | {                                 | 400 | body    | check the JSON",
  })
  void aWrongInputIsAProblemThatNamesTheField(String step, String input, int status, String field, String reason)
      throws Exception {
    for (String accept : List.of("application/json", "text/event-stream")) {
      var answer = post("/api/v1/agents/" + step + "/invocations", input, accept);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      var error = JSON.readTree(answer.body()).at("/errors/0");
      assertThat(error.path("field").asText()).isEqualTo(field);
      assertThat(error.path("reason").asText()).contains(reason);
    }
  }

  @Test
  void whatAnAgentCannotWorkWithIsSaidInWords() throws Exception {
    assertThat(post("/api/v1/agents/no-agent/invocations", "{}", null).statusCode()).isEqualTo(404);
    var noLead = post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"nobody\"}", null);
    assertThat(noLead.statusCode()).isEqualTo(422);
    assertThat(noLead.body()).contains("nobody");
    assertThat(get("/api/v1/agents/no-agent").statusCode()).isEqualTo(404);
    assertThat(get("/agents/no-agent").statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/agents?days=0").statusCode()).isEqualTo(400);
  }

  @Test
  void everyVersionOfAConfigurationIsKeptAndNobodyOverwritesAnother() throws Exception {
    String path = "/api/v1/agents/design-nurture/configuration";
    var none = get(path);
    assertThat(none.headers().firstValue("ETag")).hasValue("\"0\"");
    assertThat(put(path, "{}", null).statusCode()).isEqualTo(428);
    assertThat(put(path, "{}", "7").statusCode()).isEqualTo(400);

    var first = put(path, "{\"model\": \"other\", \"temperature\": 0.7}", "\"0\"");
    assertThat(first.headers().firstValue("ETag")).hasValue("\"1\"");
    assertThat(put(path, "{\"model\": \"late\"}", "\"0\"").statusCode()).isEqualTo(412);
    put(path, "{\"enabled\": false}", "\"1\"");

    assertThat(json(get(path)).at("/values/enabled").asBoolean()).isFalse();
    var versions = json(get(path + "/versions"));
    assertThat(versions.findValuesAsText("version")).containsExactly("2", "1");
    assertThat(versions.at("/1/values/model").asText()).isEqualTo("other");
    assertThat(versions.at("/1/by").asText()).isEqualTo("API");

    var wrong = put(path, "{\"temperature\": 3, \"timeoutSeconds\": 0, \"prompt\": \"../x\"}", "\"2\"");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(wrong.body()).findValuesAsText("field"))
        .containsExactly("temperature", "timeoutSeconds", "prompt");
  }

  @Test
  void whatWasReadOfAConfigurationCanBePutBack() throws Exception {
    String path = "/api/v1/agents/draft-follow-up/configuration";
    put(path, "{\"values\": {\"enabled\": false, \"maxTokens\": 700}}", "\"0\"");
    var back = put(path, get(path).body(), "\"1\"");

    assertThat(back.headers().firstValue("ETag")).as(back.body()).hasValue("\"2\"");
    assertThat(json(get(path)).at("/values/enabled").asBoolean()).isFalse();
    assertThat(json(get(path)).at("/values/maxTokens").asInt()).isEqualTo(700);
    var body = json(get("/api/openapi")).at("/paths/~1api~1v1~1agents~1{step}~1configuration/put/requestBody").toString();
    assertThat(body).contains("oneOf", "schemas/Configuration", "schemas/Wanted");
  }

  @Test
  void aStepThatAsksNoModelIsAnAgentToo() throws Exception {
    String path = "/api/v1/agents/validate-contact";
    var answer = json(post(path + "/invocations", "{\"leadId\":\"" + saved() + "\"}", null));

    assertThat(answer.at("/result/contact/verdict").asText()).isEqualTo("valid");
    assertThat(answer.path("runs")).isEmpty();
    await().untilAsserted(() -> assertThat(json(get(path)).at("/figures/byRules").asInt()).isPositive());
    assertThat(json(get(path)).path("status").asText()).isEqualTo("RULES");
    assertThat(json(get(path)).path("breaker").isNull()).isTrue();
    assertThat(get("/actuator/prometheus").body()).contains("agent_processing_seconds_bucket{agent_type=\"validate-contact\"");
    assertThat(put(path + "/configuration", "{\"enabled\": false}", "\"0\"").statusCode()).isEqualTo(409);
    assertThat(get("/agents/validate-contact").body()).contains("asks no model", "Reset").doesNotContain("Temperature");
    assertThat(json(post(path + "/reset", "", null)).at("/figures/calls").asInt()).isZero();
  }

  @Test
  void aResetForgetsWhatProvidersHaveSaid() throws Exception {
    mongo.insert(new Document("_id", "apollo/company/wrong.test").append("provider", "apollo"), "enrichment_cache");

    json(post("/api/v1/agents/enrich-lead/reset", "", null));

    assertThat(mongo.findById("apollo/company/wrong.test", Document.class, "enrichment_cache")).isNull();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{\"maxtoken\": 700}                | maxtoken         | is not known",
    "{\"values\": {\"maxtoken\": 700}}  | values.maxtoken  | is not known",
    "{\"values\": {}, \"maxTokens\": 7} | maxTokens        | is not known",
    "{\"values\": null}                 | values           | must be an object",
    "{\"version\": 0}                   | version          | is not known",
    "{\"enabled\": \"no\"}              | enabled          | must be a boolean",
    "{\"maxTokens\": \"many\"}          | maxTokens        | must be a number",
    "[]                                 | body             | must be a JSON object",
  })
  void aConfigurationThatIsNotUnderstoodChangesNothing(String wanted, String field, String reason) throws Exception {
    String path = "/api/v1/agents/draft-reply/configuration";
    var answer = put(path, wanted, "\"0\"");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    var error = JSON.readTree(answer.body()).at("/errors/0");
    assertThat(error.path("field").asText()).isEqualTo(field);
    assertThat(error.path("reason").asText()).contains(reason);
    assertThat(get(path).headers().firstValue("ETag")).hasValue("\"0\"");
  }

  @Test
  void whatIsForgottenOfALeadIsAlsoTheTalkAndWhatWasReadButNotWhatItCost() throws Exception {
    String lead = saved();
    String other = saved();
    json(post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"" + lead + "\"}", null));
    for (String of : List.of(lead, other)) {
      mongo.insert(new Document("_id", of).append("leadId", of).append("messages", "[]"), "transcripts");
      mongo.insert(new Document("_id", of).append("leadId", of).append("run", 7L), "readings");
    }
    await().until(() -> ledger.ofLead(lead).calls() == 1);

    assertThat(json(delete("/api/v1/agents/runs?leadId=" + lead)).path("removed").asInt()).isEqualTo(3);

    for (String collection : List.of("transcripts", "readings")) {
      assertThat(mongo.findById(lead, Document.class, collection)).as(collection).isNull();
      assertThat(mongo.findById(other, Document.class, collection)).as(collection).isNotNull();
      assertThat(mongo.indexOps(collection).getIndexInfo()).anyMatch(index -> index.isIndexForFields(List.of("leadId")));
    }
    assertThat(ledger.ofLead(lead).calls()).isEqualTo(1);
  }

  @Test
  void aConfiguredAgentAnswersSoFromItsNextQuestionOn() throws Exception {
    String path = "/api/v1/agents/research-lead/configuration";
    String version = get(path).headers().firstValue("ETag").orElseThrow();
    var off = put(path, "{\"enabled\": false}", version);
    var byRules = json(post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"" + saved() + "\"}", null));
    assertThat(byRules.at("/result/research/source").asText()).isEqualTo("RULES");
    assertThat(byRules.path("runs")).isEmpty();
    assertThat(json(get("/api/v1/agents/research-lead")).path("status").asText()).isEqualTo("OFF");

    put(path, "{\"temperature\": 0.9}", off.headers().firstValue("ETag").orElseThrow());
    post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"" + saved() + "\"}", null);
    assertThat(MODEL.asked.getLast().body()).contains("0.9");
    assertThat(MODEL.asked.getLast().headers().getFirst("Authorization")).isEqualTo("Bearer top-secret-key");

    var reset = json(post("/api/v1/agents/research-lead/reset", "", null));
    assertThat(reset.at("/figures/calls").asInt()).isZero();
    assertThat(reset.path("breaker").asText()).isEqualTo("CLOSED");
  }

  private static ModelServer server() {
    try {
      return new ModelServer(Provider.OPENAI).saysEither(FACTS);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A lead whose journey leaves it alone. */
  @Test
  void whoWantsTextsInTracesGetsThemRedacted() throws Exception {
    String lead = saved("We want fewer manual hand-offs. Ask bob@acme.example.");
    post("/api/v1/agents/research-lead/invocations", "{\"leadId\":\"" + lead + "\"}", null);

    await().atMost(Duration.ofSeconds(30)).until(() -> told(lead).findAny().isPresent());
    assertThat(told(lead).findFirst().orElseThrow().name()).isEqualTo("ask research-lead");
    var agent = COLLECTOR.childrenOf(told(lead).findFirst().orElseThrow()).findFirst().orElseThrow();
    assertThat(json(agent.get("gen_ai.input.messages")).at("/0/parts/0/content").asText())
        .contains("fewer manual hand-offs. Ask <address>");
    assertThat(json(agent.get("gen_ai.output.messages")).at("/0/role").asText()).isEqualTo("assistant");
    assertThat(json(agent.get("gen_ai.system_instructions")).at("/0/content").asText()).startsWith("You research");
    assertThat(COLLECTOR.requests).allSatisfy(request -> assertThat(request).doesNotContain("bob@"));
  }

  private static Stream<OtlpCollector.Told> told(String lead) {
    return COLLECTOR.spans.stream().filter(span -> lead.equals(span.get("session.id")));
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  private String saved() {
    return saved("We want fewer manual hand-offs.");
  }

  private String saved(String description) {
    String email = "jane." + UUID.randomUUID() + "@acme.example";
    return leads.save(new Lead(
        UUID.randomUUID().toString(), null, email, email, "Jane Doe", "Acme", null, "COO", "Fair",
        description, Lead.Start.STARTED, Lead.Stage.NEW, null, null, null,
        Instant.EPOCH, Instant.EPOCH)).id();
  }

  private static JsonNode one(JsonNode agents, String step) {
    for (JsonNode agent : agents) if (agent.path("step").asText().equals(step)) return agent;
    throw new AssertionError(step);
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> delete(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(at(path)).DELETE().build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body, String accept) throws Exception {
    return http.send(HttpRequest.newBuilder(at(path)).header("Content-Type", "application/json")
        .header("Accept", accept == null ? "application/json" : accept)
        .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> put(String path, String body, String ifMatch) throws Exception {
    var request = HttpRequest.newBuilder(at(path)).header("Content-Type", "application/json");
    if (ifMatch != null) request.header("If-Match", ifMatch);
    return http.send(request.PUT(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }
}
