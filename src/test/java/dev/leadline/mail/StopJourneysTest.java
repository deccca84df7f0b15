package dev.leadline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.leadline.embedded.camunda.EmbeddedCamunda;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.mail.Suppression.Reason;
import dev.leadline.mail.Suppression.Told;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class StopJourneysTest {

  private static final String PROCESS = "stop-journeys-test";

  @TempDir Path data;

  private final Office office = new Office();
  private EmbeddedCamunda engine;
  private CamundaClient camunda;

  @AfterEach
  void close() {
    if (camunda != null) camunda.close();
    if (engine != null) engine.close();
    office.close();
  }

  @Test
  void aSuppressionIsNotLostWhileTheEngineIsAwayAndThenEndsTheJourney() throws Exception {
    int rest = freePort();
    int grpc = freePort();
    camunda = CamundaClient.newClientBuilder()
        .restAddress(URI.create("http://127.0.0.1:" + rest))
        .grpcAddress(URI.create("http://127.0.0.1:" + grpc))
        .preferRestOverGrpc(false)
        .build();
    var journeys = new StopJourneys(camunda, office.suppressions, office.leads, office.timeline);

    var outcome = new Suppress(office.suppressions, journeys, office.clock)
        .address(Office.ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");
    assertThat(outcome.added()).isTrue();
    await().untilAsserted(() -> assertThat(office.leads.get(Office.LEAD).stage()).isEqualTo(Stage.SUPPRESSED));
    journeys.pending();
    assertThat(told()).isEqualTo(Told.PENDING);
    assertThat(office.story()).containsExactly("No more mail to this person: they unsubscribed");

    engine = EmbeddedCamunda.start(settings(rest, grpc));
    long journey = journey();
    journeys.pending();

    assertThat(told()).isEqualTo(Told.TOLD);
    await().untilAsserted(() -> assertThat(camunda.newProcessInstanceGetRequest(journey).execute().getState())
        .isEqualTo(ProcessInstanceState.COMPLETED));
    office.suppressions.save(outcome.suppression()); // as after a crash between the engine's yes and the mark
    journeys.pending();
    assertThat(told()).isEqualTo(Told.TOLD);
    assertThat(office.story()).hasSize(1);
  }

  @Test
  void anAddressWithoutALeadNeedsNoJourneyToEnd() {
    var journeys = new StopJourneys(office.camunda, office.suppressions, office.leads, office.timeline);
    new Suppress(office.suppressions, journeys, office.clock)
        .address("nobody@acme.example", Reason.DO_NOT_CONTACT, "Robin");

    await().untilAsserted(() -> assertThat(office.suppressions.findById("nobody@acme.example")).get()
        .extracting(Suppression::journey).isEqualTo(Told.TOLD));
  }

  private Told told() {
    return office.suppressions.findById(Office.ADDRESS).orElseThrow().journey();
  }

  /** Waits for ever, or for the message that its lead is suppressed. */
  private long journey() {
    var model = Bpmn.createExecutableProcess(PROCESS)
        .startEvent()
        .intermediateCatchEvent("Suppressed", event -> event.message(message ->
            message.name("contact-suppressed").zeebeCorrelationKeyExpression("leadId")))
        .endEvent()
        .done();
    await().ignoreExceptions().until(() ->
        camunda.newDeployResourceCommand().addProcessModel(model, PROCESS + ".bpmn").execute().getKey() > 0);
    return camunda.newCreateInstanceCommand().bpmnProcessId(PROCESS).latestVersion()
        .variables(Map.of("leadId", Office.LEAD)).execute().getProcessInstanceKey();
  }

  private EmbeddedCamunda.Settings settings(int rest, int grpc) {
    return new EmbeddedCamunda.Settings(data, "127.0.0.1", rest, grpc, false);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
