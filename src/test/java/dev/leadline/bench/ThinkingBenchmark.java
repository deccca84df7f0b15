package dev.leadline.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.leadline.LeadlineApplication;
import dev.leadline.agent.ModelServer;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.response.ElementInstance;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * What thinking takes beside a model that answers in 600 ms: each step, the way to the review, and the threads of 200
 * journeys that wait for it at once. After {@code warmUp} leads: before some hundreds, much of what is beside the model
 * is code that Java has not compiled yet. Everything embedded, the model a local server that speaks OpenAI's protocol.
 * Prints figures, holds none.
 */
public final class ThinkingBenchmark {

  private static final Duration MODEL = Duration.ofMillis(Integer.getInteger("model", 600));
  private static final int CALM = Integer.getInteger("calm", 40);
  private static final int AT_ONCE = Integer.getInteger("atOnce", 200);
  private static final int WARM_UP = Integer.getInteger("warmUp", 800);
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Pattern LETTERS = Pattern.compile("Write exactly (\\d+) e-mails");
  private static final List<String> STEPS =
      List.of("research-lead", "assess-lead", "analyse-growth", "plan-campaign", "draft-outreach");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();
  private final CamundaClient camunda;
  private final URI leads;
  private final AtomicInteger posted = new AtomicInteger();

  private ThinkingBenchmark(ServletWebServerApplicationContext app) {
    this.camunda = app.getBean(CamundaClient.class);
    this.leads = URI.create("http://127.0.0.1:" + app.getWebServer().getPort() + "/api/v1/leads");
  }

  public static void main(String[] args) throws Exception {
    try (var server = ModelServer.openAi().says(ThinkingBenchmark::think).after(MODEL)) {
      var app = (ServletWebServerApplicationContext) SpringApplication.run(
          LeadlineApplication.class,
          "--server.port=0", "--leadline.data=" + Files.createTempDirectory("leadline-bench"),
          "--leadline.embedded.camunda.rest-port=0", "--leadline.embedded.camunda.grpc-port=0",
          "--leadline.embedded.mongo.port=0", "--leadline.embedded.mail.smtp-port=0",
          "--leadline.embedded.mail.imap-port=0", "--leadline.model.provider=openai", "--leadline.model.name=bench",
          "--leadline.model.base-url=" + server.url(), "--leadline.model.concurrency=" + AT_ONCE * 2,
          "--camunda.client.worker.defaults.max-jobs-active=" + AT_ONCE * 2);
      var bench = new ThinkingBenchmark(app);
      bench.postAtOnce(WARM_UP);
      bench.awaitReviews(WARM_UP);
      if (CALM > 0) bench.calm();
      bench.atOnce(server);
      app.close();
    }
    System.exit(0);
  }

  private void calm() throws Exception {
    var since = OffsetDateTime.now();
    for (int i = 0; i < CALM; i++) {
      post();
      Thread.sleep(MODEL.multipliedBy(3).plusMillis(500));
    }
    awaitReviews(WARM_UP + CALM);
    System.out.printf("%nOne lead after the other, model %d ms, what is beside it.%n", MODEL.toMillis());
    System.out.println("From the question to the answer that the model gave, as the step sees it:");
    for (var step : STEPS)
      System.out.printf("%-16s %s%n", step, Figures.of(questions(step).stream().map(t -> t - MODEL.toMillis()).toList()));
    System.out.println("From the engine's offer of the job to its completion:");
    for (var step : List.of("ResearchLead", "AssessLead", "AnalyseGrowth", "PlanCampaign", "DraftOutreach"))
      System.out.printf("%-16s %s%n", step, Figures.of(took(step, since).stream().map(t -> t - MODEL.toMillis()).toList()));
    System.out.printf("start to review  %s (critical path %d)%n", Figures.of(wayToReview(since)), MODEL.toMillis() * 4);
  }

  private void atOnce(ModelServer server) throws Exception {
    var threads = ManagementFactory.getThreadMXBean();
    int before = threads.getThreadCount();
    var most = new AtomicInteger();
    var over = new AtomicBoolean();
    var watch = Thread.ofPlatform().daemon().start(() -> {
      while (!over.get()) {
        most.accumulateAndGet(threads.getThreadCount(), Math::max);
        try {
          Thread.sleep(5);
        } catch (InterruptedException e) {
          return;
        }
      }
    });
    server.most.set(0);
    long start = System.nanoTime();
    postAtOnce(AT_ONCE);
    awaitReviews(WARM_UP + CALM + AT_ONCE);
    over.set(true);
    watch.join();
    System.out.printf(
        "%n%d leads at once: %.1f s to the last review, %d questions at the model at once,%n"
            + "platform threads of the whole JVM, all embedded servers and this watcher included: %d before, %d at most%n",
        AT_ONCE, (System.nanoTime() - start) / 1e9, server.most.get(), before, most.get());
  }

  private List<Long> questions(String step) throws Exception {
    var answer = http.send(
        HttpRequest.newBuilder(leads.resolve("agents/" + step + "/runs?size=" + CALM)).build(), BodyHandlers.ofString());
    var took = new ArrayList<Long>();
    JSON.readTree(answer.body()).forEach(run -> {
      if (!run.path("source").asText().equals("MODEL"))
        throw new IllegalStateException("Not the model answered, so this measures nothing: " + run);
      took.add(run.path("latencyMillis").asLong());
    });
    return took;
  }

  private List<Long> took(String element, OffsetDateTime since) {
    return elements(element).stream()
        .filter(found -> found.getEndDate() != null && found.getStartDate().isAfter(since))
        .map(found -> Duration.between(found.getStartDate(), found.getEndDate()).toMillis())
        .toList();
  }

  /** From the start of the lead's journey to the review of the drafts: the elements of both processes in between. */
  private List<Long> wayToReview(OffsetDateTime since) {
    var starts = elements("StartEvent_LeadRegistered").stream().filter(e -> e.getStartDate().isAfter(since))
        .map(ElementInstance::getStartDate).sorted().toList();
    var reviews = elements("ReviewDrafts").stream().filter(e -> e.getStartDate().isAfter(since))
        .map(ElementInstance::getStartDate).sorted().toList();
    var ways = new ArrayList<Long>();
    for (int i = 0; i < Math.min(starts.size(), reviews.size()); i++)
      ways.add(Duration.between(starts.get(i), reviews.get(i)).toMillis());
    return ways;
  }

  private List<ElementInstance> elements(String id) {
    var all = new ArrayList<ElementInstance>();
    while (true) {
      var page = camunda.newElementInstanceSearchRequest().filter(element -> element.elementId(id))
          .page(p -> p.from(all.size()).limit(500)).execute();
      all.addAll(page.items());
      if (page.items().isEmpty()) return all;
    }
  }

  private void awaitReviews(int wanted) throws InterruptedException {
    var end = Instant.now().plus(LIMIT);
    while (camunda.newUserTaskSearchRequest().filter(task -> task.elementId("ReviewDrafts"))
            .page(page -> page.limit(1)).execute().page().totalItems() < wanted) {
      if (Instant.now().isAfter(end)) throw new IllegalStateException("no " + wanted + " reviews after " + LIMIT);
      Thread.sleep(100);
    }
  }

  private void postAtOnce(int number) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < number; i++) threads.submit(this::post);
    }
  }

  private Void post() throws Exception {
    var sample = (ObjectNode) JSON.readTree(ThinkingBenchmark.class.getResource("/samples/leads.json")).get(0);
    sample.put("email", "buyer" + posted.incrementAndGet() + "@nordkap-logistik.example");
    var answer = http.send(
        HttpRequest.newBuilder(leads).header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(sample.toString())).build(),
        BodyHandlers.ofString());
    if (answer.statusCode() != 201) throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    return null;
  }

  /** A good answer to each of the five questions of the lead journey. */
  private static String think(String asked) {
    if (asked.contains("\"Findings\"")) return """
        {"facts": [
        {"kind": "industry", "text": "Logistics and transport", "source": "form", "quote": "Head of Operations at Nordkap Logistik GmbH"},
        {"kind": "need", "text": "They look for help with order entry.", "source": "form", "quote": "We are looking for help with order entry"},
        {"kind": "budget", "text": "The budget is approved.", "source": "form", "quote": "The budget for this year is approved."},
        {"kind": "timeline", "text": "They want a first process live before the summer.", "source": "form", "quote": "live before the summer"}]}""";
    if (asked.contains("\"Reading\"")) return """
        {"industryFit": "HIGH", "seniority": "HEAD", "need": "EXPLICIT", "budget": "STATED", "urgency": "QUARTER",
        "authority": "UNKNOWN", "evidence": [{"question": "industryFit", "facts": ["f3"]},
        {"question": "seniority", "facts": ["f2"]}, {"question": "need", "facts": ["f4"]},
        {"question": "budget", "facts": ["f5"]}, {"question": "urgency", "facts": ["f6"]}]}""";
    if (asked.contains("Answer the three questions.")) return """
        {"market": "GROWING", "competition": "OPEN", "potential": "HIGH", "findings": [
        {"question": "competition", "text": "They look for help.", "facts": ["f4"]}]}""";
    if (asked.contains("Plan the campaign:")) return """
        {"approach": "ANSWER", "why": "They ask for help.", "points": [{"text": "Order entry", "facts": ["f4"]}]}""";
    var wanted = LETTERS.matcher(asked);
    if (!wanted.find()) throw new IllegalArgumentException("A question that this benchmark does not know: " + asked);
    var letters = new ArrayList<String>();
    for (int i = 0; i < Integer.parseInt(wanted.group(1)); i++) letters.add("""
        {"subject": "Your note on order entry", "body": "You wrote that you look for help with order entry. \
        Would a short call be useful?", "facts": ["f4"]}""");
    return "{\"emails\": " + letters + "}";
  }
}
