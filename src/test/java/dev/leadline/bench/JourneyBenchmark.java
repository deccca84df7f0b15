package dev.leadline.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.LeadlineApplication;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import io.camunda.client.api.search.response.ElementInstance;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * Leads a second from the API to the review task, by rules, and in the same run the same diagrams with workers that do
 * nothing: their ratio is what Leadline itself costs. Prints figures, holds none.
 */
public final class JourneyBenchmark {

  private static final int LEADS = Integer.getInteger("leads", 1_000);
  private static final int WARM_UP = Integer.getInteger("warmUp", 400);
  private static final int CALLERS = 16;
  private static final int CALM = 100;
  private static final List<String> STEPS = List.of(
      "ResearchLead", "ValidateContact", "EnrichLead", "AssessLead", "AnalyseGrowth", "ScoreLead", "RouteLead",
      "RecordAssessment", "PlanCampaign", "DraftOutreach", "CheckDraft", "ReviewPolicy");
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private JourneyBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("leadline-bench");
    double leadline = leadline(directory.resolve("leadline"));
    double noop = noop(directory.resolve("noop"));
    System.out.printf(Locale.ROOT, "%nLeadline %.1f leads/s, no-op workers %.1f leads/s, ratio %.2f%n", leadline, noop, leadline / noop);
    System.exit(0);
  }

  private static double leadline(Path data) throws Exception {
    var ready = System.nanoTime();
    var app =
        (ServletWebServerApplicationContext)
            SpringApplication.run(
                LeadlineApplication.class,
                "--server.port=0", "--leadline.data=" + data,
                "--leadline.embedded.camunda.rest-port=0", "--leadline.embedded.camunda.grpc-port=0",
                "--leadline.embedded.mongo.port=0", "--leadline.embedded.mail.smtp-port=0", "--leadline.embedded.mail.imap-port=0");
    System.out.printf("Ready after %d ms%n", (System.nanoTime() - ready) / 1_000_000);
    var camunda = app.getBean(CamundaClient.class);
    var api = new Api(URI.create("http://127.0.0.1:" + app.getWebServer().getPort() + "/api/v1/leads"));

    api.accept(WARM_UP);
    var before = awaitReviews(camunda, WARM_UP);

    api.accepted.clear();
    var calmSince = OffsetDateTime.now();
    api.acceptOneByOne(CALM, PAUSE);
    before = awaitReviews(camunda, before + CALM);
    System.out.printf("%nOne lead every %d ms:%n", PAUSE.toMillis());
    System.out.println("lead accepted        " + Figures.of(api.accepted.values().stream().map(Api.Accepted::millis).toList()));
    System.out.println("journey started      " + Figures.of(startDelays(camunda, api.accepted)));
    steps(camunda, calmSince).forEach((step, figures) -> System.out.printf("%-20s %s%n", step, figures));

    api.accepted.clear();
    var start = System.nanoTime();
    api.accept(LEADS);
    awaitReviews(camunda, before + LEADS);
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%nAs many as it takes, %d callers at once:%n", CALLERS);
    System.out.println("lead accepted        " + Figures.of(api.accepted.values().stream().map(Api.Accepted::millis).toList()));
    app.close();
    return LEADS / seconds;
  }

  private static double noop(Path directory) throws Exception {
    Files.createDirectories(directory);
    try (var journey = new NoopJourney(directory)) {
      concurrently(WARM_UP, i -> journey.start("warm-up-" + i));
      awaitReviews(journey.client(), WARM_UP);
      var start = System.nanoTime();
      concurrently(LEADS, i -> journey.start("lead-" + i));
      awaitReviews(journey.client(), WARM_UP + LEADS);
      return LEADS / ((System.nanoTime() - start) / 1e9);
    }
  }

  private static void concurrently(int times, IntConsumer call) {
    var places = new Semaphore(CALLERS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < times; i++) {
        int number = i;
        places.acquireUninterruptibly();
        threads.submit(
            () -> {
              try {
                call.accept(number);
              } finally {
                places.release();
              }
            });
      }
    }
  }

  private static long awaitReviews(CamundaClient camunda, long wanted) throws InterruptedException {
    var end = Instant.now().plus(LIMIT);
    while (true) {
      long found = reviews(camunda);
      if (found >= wanted) return found;
      if (Instant.now().isAfter(end)) throw new IllegalStateException(found + " of " + wanted + " reviews after " + LIMIT);
      Thread.sleep(100);
    }
  }

  private static long reviews(CamundaClient camunda) {
    return camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId("ReviewDrafts").state(UserTaskState.CREATED))
        .page(page -> page.limit(1)).execute().page().totalItems();
  }

  /** Milliseconds from the moment the API was asked to the moment the engine started the journey. */
  private static List<Long> startDelays(CamundaClient camunda, Map<String, Api.Accepted> accepted) {
    var starts = new HashMap<Long, OffsetDateTime>();
    for (var element : elements(camunda, "StartEvent_LeadRegistered")) {
      starts.put(element.getProcessInstanceKey(), element.getStartDate());
    }
    var delays = new ArrayList<Long>();
    var from = 0;
    while (true) {
      int offset = from;
      var page = camunda.newVariableSearchRequest().filter(v -> v.name("leadId")).page(p -> p.from(offset).limit(500)).execute();
      for (var variable : page.items()) {
        var lead = accepted.get(variable.getValue().replace("\"", ""));
        var start = starts.get(variable.getProcessInstanceKey());
        if (lead != null && start != null && variable.getScopeKey().equals(variable.getProcessInstanceKey())) {
          delays.add(Duration.between(lead.asked(), start).toMillis());
        }
      }
      from += page.items().size();
      if (page.items().isEmpty()) return delays;
    }
  }

  private static Map<String, Figures> steps(CamundaClient camunda, OffsetDateTime since) {
    var steps = new TreeMap<String, Figures>();
    for (var step : STEPS) {
      steps.put(
          step,
          Figures.of(
              elements(camunda, step).stream().filter(element -> element.getEndDate() != null && element.getStartDate().isAfter(since))
                  .map(element -> Duration.between(element.getStartDate(), element.getEndDate()).toMillis()).toList()));
    }
    return steps;
  }

  private static List<ElementInstance> elements(CamundaClient camunda, String id) {
    var all = new ArrayList<ElementInstance>();
    while (true) {
      var page = camunda.newElementInstanceSearchRequest().filter(element -> element.elementId(id)).page(p -> p.from(all.size()).limit(500)).execute();
      all.addAll(page.items());
      if (page.items().isEmpty()) return all;
    }
  }

  /** Posts leads like the sample that goes to review, each with an address and words of its own. */
  private static final class Api {

    /** When a lead was posted, and how long the answer took. */
    record Accepted(Instant asked, double millis) {}

    final Map<String, Accepted> accepted = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI leads;
    private final JsonNode sample;
    private int posted;

    Api(URI leads) throws Exception {
      this.leads = leads;
      this.sample = json.readTree(Api.class.getResource("/samples/leads.json")).get(0);
    }

    void accept(int number) {
      int first = posted;
      posted += number;
      concurrently(number, i -> post("buyer" + (first + i) + "@" + sample.path("email").asText().split("@")[1]));
    }

    void acceptOneByOne(int number, Duration pause) throws InterruptedException {
      for (int i = 0; i < number; i++) {
        post("buyer" + posted++ + "@" + sample.path("email").asText().split("@")[1]);
        Thread.sleep(pause);
      }
    }

    private void post(String email) {
      ObjectNode lead = ((ObjectNode) sample).deepCopy();
      lead.put("email", email);
      lead.put("projectDescription", lead.path("projectDescription").asText() + " Ask for " + email + ".");
      var asked = Instant.now();
      var start = System.nanoTime();
      try {
        var answer =
            http.send(
                HttpRequest.newBuilder(leads).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(lead.toString())).build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 201) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        accepted.put(json.readTree(answer.body()).path("id").asText(), new Accepted(asked, (System.nanoTime() - start) / 1e6));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
