package dev.leadline.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.Drawings;
import dev.leadline.LeadlineTest;
import dev.leadline.lead.Attribution;
import dev.leadline.lead.Attributions;
import io.camunda.client.CamundaClient;
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
import org.bson.Document;
import org.bson.types.ObjectId;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoOperations;

/** Campaigns, their runs and figures over the API, as other systems call them: agents and executions. */
@LeadlineTest
class CampaignApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String NAMIBIA = """
      {"name": "Namibia", "jobTitles": ["Harbour master"], "locations": ["Namibia"], "most": 5}""";

  private final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @Autowired CamundaClient camunda;
  @Autowired Funnels funnels;
  @Autowired Attributions attributions;
  @Autowired MongoOperations mongo;

  @BeforeEach
  void deploy() throws Exception {
    Drawings.deploy(camunda);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/agents", "/api/v1/campaigns"})
  void aCampaignIsMadeReadChangedAndDeleted(String path) throws Exception {
    var made = post(path, NAMIBIA);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = json(made).path("id").asText();
    assertThat(made.headers().firstValue("Location")).hasValue("/api/v1/campaigns/" + id);

    var read = get(path + "/" + id);
    assertThat(json(read).path("name").asText()).isEqualTo("Namibia");
    assertThat(json(read).path("kind").asText()).isEqualTo("sales");
    assertThat(json(read).at("/jobTitles/0").asText()).isEqualTo("Harbour master");

    String etag = read.headers().firstValue("ETag").orElseThrow();
    var changed = send(to(path + "/" + id).header("Content-Type", "application/json").header("If-Match", etag)
        .PUT(BodyPublishers.ofString(NAMIBIA.replace("\"most\": 5", "\"most\": 7"))));
    assertThat(json(changed).path("most").asInt()).isEqualTo(7);
    var outdated = send(to(path + "/" + id).header("Content-Type", "application/json").header("If-Match", etag)
        .PUT(BodyPublishers.ofString(NAMIBIA)));
    assertThat(outdated.statusCode()).isEqualTo(412);

    assertThat(send(to(path + "/" + id).DELETE()).statusCode()).isEqualTo(204);
    assertThat(get(path + "/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void bothKindsOfAgentsAreListed() throws Exception {
    String id = made();
    assertThat(json(get("/api/v1/agents")).findValuesAsText("step")).contains("assess-lead");
    assertThat(json(get("/api/v1/agents/assess-lead")).path("step").asText()).isEqualTo("assess-lead");
    assertThat(json(get("/api/v1/agents?kind=sales")).path("items").findValuesAsText("id")).contains(id);
    assertThat(json(get("/api/v1/campaigns?size=1")).path("items")).hasSize(1);
    assertThat(get("/api/v1/campaigns?size=0").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "{}                                                          | name          | is required",
    "{\"name\": \"A\"}                                           | jobTitles     | must name at least one",
    "{\"name\": \"A\", \"jobTitles\": [\"B\"], \"most\": 0}      | most          | must be between 1 and 2000",
    "{\"name\": \"A\", \"jobTitles\": [\"B\"], \"fromEmployees\": 9, \"toEmployees\": 3} | toEmployees | must not be less than fromEmployees",
    "{\"name\": \"A\", \"jobTitles\": [\"--\"]}                  | jobTitles     | must each contain a letter or a digit",
    "{\"name\": \"A\", \"jobTitles\": [\"B\"], \"budget\": -1}   | budget        | must be between 0 and 999,999,999",
    "{\"name\": \"A\", \"jobTitles\": \"B\"}                     | body          | is not what is expected here: check the JSON and the types of its fields",
  })
  void aWrongDefinitionSaysWhatIsWrong(String body, String field, String reason) throws Exception {
    var answer = post("/api/v1/agents", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).at("/errors/0/field").asText()).isEqualTo(field);
    assertThat(json(answer).at("/errors/0/reason").asText()).isEqualTo(reason);
  }

  @Test
  void theSameRequestAgainMakesNothingMore() throws Exception {
    String key = UUID.randomUUID().toString();
    var first = post("/api/v1/agents", NAMIBIA, key);
    var again = post("/api/v1/agents", NAMIBIA, key);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json(again).path("id")).isEqualTo(json(first).path("id"));
    var other = post("/api/v1/agents", NAMIBIA.replace("Namibia", "Angola"), key);
    assertThat(other.statusCode()).isEqualTo(422);

    String run = "{\"agentId\": \"%s\"}".formatted(json(first).path("id").asText());
    var started = post("/api/v1/executions", run, key);
    var startedAgain = post("/api/v1/executions", run, key);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
    assertThat(startedAgain.statusCode()).isEqualTo(200);
    assertThat(json(startedAgain).path("id")).isEqualTo(json(started).path("id"));
  }

  @Test
  void aRunThatFindsNobodyEndsWithItsFigures() throws Exception {
    String id = started(made());

    var ended = await().atMost(PATIENCE).until(() -> json(get("/api/v1/executions/" + id)),
        now -> now.path("state").asText().equals("COMPLETED"));

    assertThat(ended.at("/figures/leads").asInt()).isZero();
    assertThat(ended.path("searched").asText()).isEqualTo("nobody else fits");
    assertThat(json(get("/api/v1/executions/" + id + "/logs")).path("items").findValuesAsText("text"))
        .containsSubsequence("Started by API.", "The run is completed.");
    assertThat(json(get("/api/v1/executions/" + id + "/leads")).path("total").asInt()).isZero();
    assertThat(post("/api/v1/executions/" + id + "/pause", "").statusCode()).isEqualTo(409);
    assertThat(post("/api/v1/executions/" + id + "/resume", "").statusCode()).isEqualTo(409);
    assertThat(json(get("/api/v1/executions?state=COMPLETED&size=200")).path("items").findValuesAsText("id")).contains(id);
  }

  @Test
  void aRunIsPausedResumedAndCancelledAndItsPeopleAreListed() throws Exception {
    String agent = json(post("/api/v1/agents", """
        {"name": "Kenya", "jobTitles": ["operations"], "locations": ["Kenya"]}""")).path("id").asText();
    String id = started(agent);
    assertThat(post("/api/v1/executions", "{\"agentId\": \"%s\"}".formatted(agent)).statusCode()).isEqualTo(409);
    assertThat(send(to("/api/v1/agents/" + agent).DELETE()).statusCode()).isEqualTo(409);
    await().atMost(PATIENCE).until(
        () -> json(get("/api/v1/executions/" + id + "/leads")).at("/items/0/verdict").asText(),
        verdict -> verdict.equals("REGISTERED") || verdict.equals("DUPLICATE"));
    assertThat(json(get("/api/v1/executions/" + id + "/leads?verdict=EXCLUDED")).path("total").asInt()).isZero();

    assertThat(Jsoup.parse(get("/campaigns/" + agent).body()).select("#run table").text()).contains("Peter Otieno");
    assertThat(Jsoup.parse(get("/campaigns").body()).select("table").text()).contains("Kenya", "operations, in Kenya");
    assertThat(Jsoup.parse(get("/campaigns/" + agent + "/edit").body()).select("#locations").val()).isEqualTo("Kenya");
    assertThat(get("/campaigns/exclusions").statusCode()).isEqualTo(200);

    assertThat(json(post("/api/v1/executions/" + id + "/pause", "")).path("state").asText()).isEqualTo("PAUSED");
    assertThat(json(post("/api/v1/executions/" + id + "/pause", "")).path("state").asText()).isEqualTo("PAUSED");
    assertThat(json(post("/api/v1/executions/" + id + "/resume", "")).path("state").asText()).isEqualTo("RUNNING");
    var cancelled = json(post("/api/v1/executions/" + id + "/cancel?reason=Enough", ""));
    assertThat(cancelled.path("state").asText()).isEqualTo("CANCELLED");
    assertThat(cancelled.path("because").asText()).isEqualTo("Enough");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/logs", "/leads"})
  void anUnknownRunIsAProblem(String part) throws Exception {
    assertThat(get("/api/v1/executions/nothing" + part).statusCode()).isEqualTo(404);
  }

  @Test
  void aRunNeedsACampaign() throws Exception {
    assertThat(json(post("/api/v1/executions", "{}")).at("/errors/0/field").asText()).isEqualTo("agentId");
    assertThat(post("/api/v1/executions", "{\"agentId\": \"000000000000000000000000\"}").statusCode()).isEqualTo(404);
    assertThat(json(get("/api/v1/executions?state=ASLEEP")).at("/errors/0/field").asText()).isEqualTo("state");
  }

  @Test
  void theOverviewCountsAllLeads() throws Exception {
    var overview = json(get("/api/v1/stats/overview"));
    assertThat(overview.path("leads").asLong()).isEqualTo(
        overview.path("stages").valueStream().mapToLong(JsonNode::asLong).sum());
    assertThat(overview.path("contacted").isNumber()).isTrue();
    assertThat(overview.at("/thinking/currency").asText()).isEqualTo("USD");
  }

  /** One was mailed and is interested, one was mailed and a machine answered, one wrote without having been mailed. */
  @Test
  void aRunsFiguresAreWhatReallyHappenedToItsLeads() {
    String run = new ObjectId().toHexString();
    for (int i = 0; i < 3; i++) {
      String id = run + "-" + i;
      attributions.save(new Attribution(id, "c", "C", run, "Sandbox", Attribution.LEGITIMATE_INTEREST, Instant.now()));
      mongo.insert(new Document("_id", id).append("address", id + "@figures.example").append("stage", "CONTACTING"), "leads");
      if (i < 2) mongo.insert(new Document("_id", id + "/outreach/1").append("leadId", id).append("state", "SENT"), "touches");
    }
    said(run + "-0", "PERSON", "interested");
    said(run + "-1", "AUTO_REPLY", "out_of_office");
    said(run + "-2", "PERSON", "question");
    mongo.insert(new Document("_id", run + "-0/m").append("leadId", run + "-0").append("state", "HELD")
        .append("token", run), "meetings");

    var figures = funnels.of(run);

    assertThat(figures.leads()).isEqualTo(3);
    assertThat(figures.contacted()).isEqualTo(2);
    assertThat(figures.answered()).isEqualTo(1);
    assertThat(figures.positive()).isEqualTo(1);
    assertThat(figures.meetings()).isEqualTo(1);
    assertThat(figures.held()).isEqualTo(1);
    assertThat(figures.responseRate().enough()).isFalse();
    assertThat(figures.responseRate().among()).isEqualTo(2);
    mongo.remove(query(where("address").regex("@figures.example$")), "leads");
    for (String collection : List.of("touches", "messages", "meetings"))
      mongo.remove(query(where("leadId").regex("^" + run)), collection);
  }

  private void said(String leadId, String kind, String as) {
    mongo.insert(new Document("_id", leadId + "-message").append("leadId", leadId).append("kind", kind)
        .append("state", "HANDLED").append("decision", new Document("as", as)), "messages");
  }

  @Test
  void companiesAreExcludedAllOrNone() throws Exception {
    var wrong = post("/api/v1/exclusions", "{\"domains\": [\"fine.example\", \"not a domain\"], \"kind\": \"press\"}");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(json(wrong).at("/errors/0/reason").asText()).contains("this is none: not");
    assertThat(post("/api/v1/exclusions", "{\"domains\": [\"https://www.Fine.example/x\"], \"kind\": \"press\"}").statusCode())
        .isEqualTo(204);
    assertThat(json(get("/api/v1/exclusions")).at("/items/0/domain").asText()).isEqualTo("fine.example");
    assertThat(send(to("/api/v1/exclusions/fine.example").DELETE()).statusCode()).isEqualTo(204);
    assertThat(send(to("/api/v1/exclusions/fine.example").DELETE()).statusCode()).isEqualTo(404);
  }

  @Test
  void aCampaignThatNeverRanIsShownToo() throws Exception {
    String id = made();
    assertThat(Jsoup.parse(get("/campaigns/" + id).body()).select("#run").text()).contains("Not started yet");
    assertThat(Jsoup.parse(get("/campaigns").body()).select("a[href$=" + id + "]")).hasSize(1);
  }

  @Test
  void theFormSaysWhatIsWrongAndKeepsWhatWasTyped() throws Exception {
    var page = Jsoup.parse(send(to("/campaigns").header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString("name=&jobTitles=COO,+CFO&most=many"))).body());
    assertThat(page.select("#name-problem").text()).isEqualTo("is required");
    assertThat(page.select("#most-problem").text()).isEqualTo("must be a whole number");
    assertThat(page.select("#jobTitles").val()).isEqualTo("COO, CFO");
    assertThat(get("/campaigns/nothing").statusCode()).isEqualTo(404);
  }

  private String made() throws Exception {
    return json(post("/api/v1/agents", NAMIBIA)).path("id").asText();
  }

  private String started(String campaign) throws Exception {
    return json(post("/api/v1/executions", "{\"agentId\": \"%s\"}".formatted(campaign))).path("id").asText();
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, body, null);
  }

  private HttpResponse<String> post(String path, String body, String key) throws Exception {
    var request = to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    if (key != null) request.header("Idempotency-Key", key);
    return send(request);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(to(path).GET());
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port).resolve(path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
