package dev.leadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.UserTaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leadline in a JVM of its own, killed while leads wait for review, a campaign is paused and, twice, mail goes out. */
@Tag("engine")
class KillTest {

  private static final int LEADS = 24;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path data;

  @Test
  void nothingIsLostAndNothingGoesOutTwice() throws Exception {
    String run;
    try (var first = Leadline.start(data)) {
      for (int i = 0; i < LEADS; i++) register(first, "buyer" + i);
      await().atMost(PATIENCE).until(() -> reviews(first) == LEADS);
      run = json.readTree(post(first, "/api/v1/executions", "{\"agentId\": \"%s\"}".formatted(campaign(first)), 201)).path("id").asText();
      post(first, "/api/v1/executions/" + run + "/pause", "", 200);
      first.kill();
    }

    try (var second = Leadline.start(data)) {
      await().atMost(PATIENCE).until(() -> reviews(second) == LEADS);
      assertThat(leads(second)).isEqualTo(LEADS);
      assertThat(get(second, "/api/v1/executions/" + run).path("state").asText()).isEqualTo("PAUSED");
      post(second, "/api/v1/executions/" + run + "/resume", "", 200);
      killWhileSending(second);
      assertThat(mails()).as("mails out when it was killed").hasSizeBetween(1, LEADS - 1);
    }

    try (var third = Leadline.start(data)) {
      killWhileSending(third);
    }

    try (var last = Leadline.start(data)) {
      approveAll(last);
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(mails()).hasSize(LEADS));
      assertThat(leads(last)).isEqualTo(LEADS);
      await().atMost(PATIENCE).until(
          () -> get(last, "/api/v1/executions/" + run).path("state").asText().equals("COMPLETED"));
      assertThat(get(last, "/api/v1/executions/" + run).at("/prospects/EXCLUDED").asInt()).isEqualTo(2);
    }
    assertThat(mails().values()).as("copies of each mail").containsOnly(1);
  }

  /** Approves what waits and kills as soon as one more mail is out, while others are on their way. */
  private void killWhileSending(Leadline leadline) throws InterruptedException {
    int before = mails().size();
    var approving = Thread.startVirtualThread(() -> approveAll(leadline));
    approving.setUncaughtExceptionHandler((thread, theApplicationIsGone) -> {});
    await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(() -> mails().size() > before);
    leadline.kill();
    approving.join();
  }

  private void register(Leadline leadline, String person) throws Exception {
    var lead = json.readTree(getClass().getResource("/samples/leads.json")).get(0).deepCopy();
    ((ObjectNode) lead)
        .put("email", person + "@" + lead.path("email").asText().split("@")[1]);
    post(leadline, "/api/v1/leads", lead.toString(), 201);
  }

  /** It finds two people in the sandbox, and their company is one that we are selling to. */
  private String campaign(Leadline leadline) throws Exception {
    return json.readTree(post(
        leadline, "/api/v1/agents",
        "{\"name\": \"Claims\", \"jobTitles\": [\"operations\", \"claims\"], \"locations\": [\"Plymouth\"]}", 201))
        .path("id").asText();
  }

  private String post(Leadline leadline, String path, String body, int status) throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(leadline.web(path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer.body();
  }

  private JsonNode get(Leadline leadline, String path) throws Exception {
    return json.readTree(
        http.send(HttpRequest.newBuilder(leadline.web(path)).build(), BodyHandlers.ofString()).body());
  }

  private int leads(Leadline leadline) throws Exception {
    return get(leadline, "/api/v1/leads").path("total").asInt();
  }

  private static long reviews(Leadline leadline) {
    return leadline.camunda.newUserTaskSearchRequest()
        .filter(task -> task.elementId("ReviewDrafts").state(UserTaskState.CREATED))
        .execute().items().size();
  }

  private static void approveAll(Leadline leadline) {
    var tasks =
        leadline.camunda.newUserTaskSearchRequest()
            .filter(task -> task.elementId("ReviewDrafts").state(UserTaskState.CREATED)).execute().items();
    tasks.parallelStream().forEach(task -> {
      leadline.camunda.newAssignUserTaskCommand(task.getUserTaskKey()).assignee("Robin").execute();
      leadline.camunda.newCompleteUserTaskCommand(task.getUserTaskKey())
          .variables(Map.of("decision", "approve", "emails", emails(leadline, task.getUserTaskKey()))).execute();
    });
  }

  /** What the form would send back: the e-mails as they were shown. */
  private static Object emails(Leadline leadline, long task) {
    var variable =
        leadline.camunda.newUserTaskVariableSearchRequest(task).filter(v -> v.name("emails")).execute().items().getFirst();
    var whole = leadline.camunda.newVariableGetRequest(variable.getVariableKey()).execute();
    return leadline.camunda.getConfiguration().getJsonMapper().fromJson(whole.getValue(), List.class);
  }

  /** How often each mail is on the mail server's disk, by Message-ID. */
  private Map<String, Integer> mails() {
    var copies = new HashMap<String, Integer>();
    try (var files = Files.walk(data.resolve("mail"))) {
      for (var file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
        for (var line : Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList()) {
          if (line.startsWith("Message-ID:")) {
            copies.merge(line, 1, Integer::sum);
            break;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copies;
  }

  /** The application as a user starts it, on free ports. */
  private record Leadline(Process process, int port, CamundaClient camunda) implements AutoCloseable {

    static Leadline start(Path data) throws Exception {
      int web = freePort(), rest = freePort(), grpc = freePort();
      var process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                  "-cp", System.getProperty("java.class.path"), LeadlineApplication.class.getName(),
                  "--server.port=" + web, "--leadline.data=" + data,
                  "--leadline.embedded.camunda.rest-port=" + rest, "--leadline.embedded.camunda.grpc-port=" + grpc,
                  "--leadline.embedded.mongo.port=0", "--leadline.embedded.mail.smtp-port=0",
                  "--leadline.embedded.mail.imap-port=0")
              .redirectErrorStream(true).redirectOutput(Path.of("target", "kill-test.log").toFile()).start();
      var leadline =
          new Leadline(
              process, web,
              CamundaClient.newClientBuilder()
                  .restAddress(URI.create("http://127.0.0.1:" + rest))
                  .grpcAddress(URI.create("http://127.0.0.1:" + grpc)).build());
      var probe = HttpRequest.newBuilder(leadline.web("/actuator/health")).build();
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).ignoreExceptions()
          .until(() -> HttpClient.newHttpClient().send(probe, BodyHandlers.discarding()).statusCode() == 200);
      return leadline;
    }

    URI web(String path) {
      return URI.create("http://127.0.0.1:" + port + path);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() throws InterruptedException {
      camunda.close();
      kill();
    }

    private static int freePort() throws IOException {
      try (var socket = new ServerSocket(0)) {
        return socket.getLocalPort();
      }
    }
  }
}
