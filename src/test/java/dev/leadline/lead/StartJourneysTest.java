package dev.leadline.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import dev.leadline.engine.Messages;
import dev.leadline.trace.LeadTraces;
import io.camunda.client.CamundaClient;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.data.domain.Limit;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class StartJourneysTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path data;

  private final KeptLeads leads =
      mock(KeptLeads.class, withSettings().useConstructor().defaultAnswer(CALLS_REAL_METHODS));
  private int restPort;
  private int grpcPort;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private CamundaClient camunda;
  private StartJourneys journeys;
  private EmbeddedCamunda engine;

  @BeforeEach
  void anEngineThatIsAway() throws Exception {
    try (var rest = new ServerSocket(0); var grpc = new ServerSocket(0)) {
      restPort = rest.getLocalPort();
      grpcPort = grpc.getLocalPort();
    }
    camunda = CamundaClient.newClientBuilder()
        .restAddress(URI.create("http://127.0.0.1:" + restPort))
        .grpcAddress(URI.create("http://127.0.0.1:" + grpcPort))
        .preferRestOverGrpc(false)
        .build();
    var settings = new StartSettings(Duration.ofMinutes(1), 4);
    journeys = new StartJourneys(new StartMessage(new Messages(camunda), LeadTraces.off()), leads, settings, scheduler);
  }

  @AfterEach
  void close() {
    scheduler.close();
    camunda.close();
    if (engine != null) engine.close();
  }

  @Test
  void noLeadIsLostAndNoneStartsTwiceWhileTheEngineComesAndGoes() throws Exception {
    for (int i = 0; i < 30; i++) leads.save(lead("lead-" + i));

    journeys.sweep();
    assertThat(leads.pending()).as("engine away").hasSize(30);

    engineComes();
    journeys.sweep();
    assertThat(leads.pending()).as("no journey to start yet").hasSize(30);

    deployJourney();
    journeys.sweep();
    assertThat(leads.pending()).isEmpty();
    awaitInstances(30);

    leads.save(lead("lead-7")); // as after a crash between the engine's yes and the mark
    journeys.sweep();
    assertThat(leads.pending()).isEmpty();

    engine.close();
    leads.save(lead("lead-30"));
    journeys.sweep();
    assertThat(leads.pending()).extracting(Lead::id).containsExactly("lead-30");

    engineComes();
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(leads.pending()).isEmpty());
    awaitInstances(31);
  }

  @Test
  void aNewLeadStartsAtOnceAndTakesThoseThatWaitedWithIt() throws Exception {
    leads.save(lead("waiting"));
    journeys.sweep();
    engineComes();
    deployJourney();

    leads.save(lead("new"));
    journeys.soon("new");

    await().atMost(PATIENCE).untilAsserted(() -> assertThat(leads.pending()).isEmpty());
    awaitInstances(2);
  }

  @Test
  void moreAtOnceThanAllowedAllStart() throws Exception {
    engineComes();
    deployJourney();
    for (int i = 0; i < 100; i++) {
      leads.save(lead("many-" + i));
      journeys.soon("many-" + i);
    }
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(leads.pending()).isEmpty());
    awaitInstances(100);
  }

  private void engineComes() {
    engine = EmbeddedCamunda.start(new EmbeddedCamunda.Settings(data, "127.0.0.1", restPort, grpcPort, true));
  }

  private void deployJourney() {
    var journey = Bpmn.createExecutableProcess("lead-journey")
        .startEvent("StartEvent_LeadRegistered").message("lead-registered")
        .serviceTask("ResearchLead").zeebeJobType("research-lead")
        .endEvent().done();
    camunda.newDeployResourceCommand().addProcessModel(journey, "lead-journey.bpmn").execute();
  }

  private void awaitInstances(int expected) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(camunda.newProcessInstanceSearchRequest()
        .filter(instance -> instance.processDefinitionId("lead-journey")).execute().page().totalItems())
        .isEqualTo(expected));
  }

  private static Lead lead(String id) {
    return new Lead(
        id, null, id + "@acme.example", id + "@acme.example", "Jane", "Acme", null, "COO", "Fair", null,
        Lead.Start.PENDING, Lead.Stage.NEW, null, null, null, Instant.EPOCH, Instant.EPOCH);
  }

  /** Leads in memory, as far as starting them needs. */
  abstract static class KeptLeads implements Leads {

    private final Map<String, Lead> byId = new ConcurrentHashMap<>();

    List<Lead> pending() {
      return findByJourneyOrderByRegisteredAt(Lead.Start.PENDING, Limit.unlimited());
    }

    @Override
    public Lead save(Lead lead) {
      byId.put(lead.id(), lead);
      return lead;
    }

    @Override
    public Optional<Lead> findById(String id) {
      return Optional.ofNullable(byId.get(id));
    }

    @Override
    public List<Lead> findByJourneyOrderByRegisteredAt(Lead.Start journey, Limit limit) {
      return byId.values().stream().filter(lead -> lead.journey() == journey)
          .sorted(Comparator.comparing(Lead::registeredAt))
          .limit(limit.isLimited() ? limit.max() : Long.MAX_VALUE).toList();
    }
  }
}
