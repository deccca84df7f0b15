package dev.leadline.bench;

import dev.leadline.Drawings;
import dev.leadline.embedded.camunda.EmbeddedCamunda;
import io.camunda.client.CamundaClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** The same diagrams on the same engine, with workers that only answer what sends a lead to review. */
final class NoopJourney implements AutoCloseable {

  private static final Map<String, Map<String, Object>> ANSWERS =
      Map.of(
          "research-lead", Map.of("research", Map.of("facts", 9, "source", "RULES")),
          "validate-contact", Map.of("contact", Map.of("verdict", "valid", "mailbox", "personal")),
          "enrich-lead", Map.of("enrichment", Map.of("facts", 0)),
          "analyse-growth", Map.of("growth", Map.of("potential", "medium", "source", "RULES")),
          "plan-campaign", Map.of("plan", Map.of("approach", "answer", "origin", "website")),
          "assess-lead",
              Map.of(
                  "assessment",
                  Map.of(
                      "industryFit", "high", "seniority", "executive", "need", "explicit", "budget", "stated",
                      "urgency", "now", "authority", "decides", "abstained", false, "source", "RULES")),
          "record-assessment", Map.of(),
          "draft-outreach",
              Map.of(
                  "draft",
                  Map.of(
                      "id", "d", "campaign", "outreach", "source", "RULES", "tainted", 0, "attempt", 1,
                      "touches", List.of(Map.of("number", 1, "after", "PT0S")))),
          "check-draft", Map.of("check", Map.of("passed", true, "attempt", 1, "problems", 0)),
          "show-draft", Map.of());

  private final EmbeddedCamunda engine;
  private final CamundaClient client;

  NoopJourney(Path directory) throws Exception {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(directory, "127.0.0.1", 0, 0, false));
    client =
        CamundaClient.newClientBuilder()
            .restAddress(engine.restAddress())
            .grpcAddress(engine.grpcAddress())
            .preferRestOverGrpc(false)
            .jobWorkerExecutor(Executors.newScheduledThreadPool(64, Thread.ofVirtual().factory()))
            .build();
    Drawings.deploy(client);
    ANSWERS.forEach(
        (type, answer) ->
            client.newWorker().jobType(type).handler((jobs, job) -> jobs.newCompleteCommand(job).variables(answer).execute())
                .maxJobsActive(32).streamEnabled(true).open());
  }

  CamundaClient client() {
    return client;
  }

  void start(String leadId) {
    client.newPublishMessageCommand().messageName("lead-registered").correlationKey(leadId).messageId(leadId)
        .timeToLive(Duration.ofHours(1)).variables(Map.of("leadId", leadId)).execute();
  }

  @Override
  public void close() {
    client.close();
    engine.close();
  }
}
