package dev.leadline.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.leadline.embedded.camunda.EmbeddedCamunda;
import dev.leadline.embedded.mongo.EmbeddedMongo;
import dev.leadline.engine.Messages;
import dev.leadline.lead.Lead.Stage;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppression.Told;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.search.enums.ProcessInstanceState;
import io.camunda.zeebe.model.bpmn.Bpmn;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

@Tag("engine")
class StopJourneysTest {

  private static final String PROCESS = "stop-journeys-test";
  private static final String LEAD = "lead-1";
  private static final String ADDRESS = "jo@acme.example";

  @TempDir Path data;

  private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  private EmbeddedMongo database;
  private MongoClient mongo;
  private Leads leads;
  private Suppressions suppressions;
  private Timeline timeline;
  private int restPort;
  private int grpcPort;
  private CamundaClient camunda;
  private StopJourneys journeys;
  private Suppress suppress;
  private EmbeddedCamunda engine;

  @BeforeEach
  void aLeadAndAnEngineThatIsAway() throws Exception {
    database = EmbeddedMongo.start(new EmbeddedMongo.Settings(data.resolve("mongo"), "127.0.0.1", 0));
    mongo = MongoClients.create(database.uri());
    var template = new MongoTemplate(mongo, "suppression");
    var repositories = new MongoRepositoryFactory(template);
    leads = repositories.getRepository(Leads.class);
    suppressions = repositories.getRepository(Suppressions.class);
    timeline = TestTimeline.in(repositories, clock);
    leads.save(new Lead(
        LEAD, null, ADDRESS, ADDRESS, "Jo Smith", "Acme", "https://acme.example", "COO", "fair", "",
        Lead.Start.STARTED, Stage.QUALIFYING, 80, Lead.Tier.A, "outreach", null, null));
    try (var rest = new ServerSocket(0); var grpc = new ServerSocket(0)) {
      restPort = rest.getLocalPort();
      grpcPort = grpc.getLocalPort();
    }
    camunda = CamundaClient.newClientBuilder()
        .restAddress(URI.create("http://127.0.0.1:" + restPort))
        .grpcAddress(URI.create("http://127.0.0.1:" + grpcPort))
        .preferRestOverGrpc(false)
        .build();
    journeys = new StopJourneys(new Messages(camunda), suppressions, leads, timeline);
    suppress = new Suppress(suppressions, template, journeys, leads, timeline, clock);
  }

  @AfterEach
  void close() {
    camunda.close();
    if (engine != null) engine.close();
    mongo.close();
    database.close();
  }

  @Test
  void aSuppressionIsNotLostWhileTheEngineIsAwayAndThenEndsTheJourney() throws Exception {
    var outcome = suppress.address(ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");
    assertThat(outcome.added()).isTrue();
    await().untilAsserted(() -> assertThat(leads.get(LEAD).stage()).isEqualTo(Stage.SUPPRESSED));
    journeys.pending();
    assertThat(told()).isEqualTo(Told.PENDING);
    assertThat(timeline.of(LEAD)).extracting(TimelineEntry::text)
        .containsExactly("No more mail to this person: they unsubscribed");

    engine = EmbeddedCamunda.start(
        new EmbeddedCamunda.Settings(data.resolve("engine"), "127.0.0.1", restPort, grpcPort, false));
    long journey = journey();
    journeys.pending();

    assertThat(told()).isEqualTo(Told.TOLD);
    await().untilAsserted(() -> assertThat(camunda.newProcessInstanceGetRequest(journey).execute().getState())
        .isEqualTo(ProcessInstanceState.COMPLETED));
    suppressions.save(outcome.suppression()); // as after a crash between the engine's yes and the mark
    journeys.pending();
    assertThat(told()).isEqualTo(Told.TOLD);
    assertThat(timeline.of(LEAD)).hasSize(1);
  }

  @Test
  void anAddressWithoutALeadNeedsNoJourneyToEnd() {
    suppress.address("nobody@acme.example", Reason.DO_NOT_CONTACT, "Robin");

    await().untilAsserted(() -> assertThat(suppressions.findById("nobody@acme.example")).get()
        .extracting(Suppression::journey).isEqualTo(Told.TOLD));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@acme.example", "company:acme"})
  void aDomainOrACompanyEndsTheJourneysOfEverybodyInIt(String key) {
    suppress.of(Whom.ofKey(key), Reason.DO_NOT_CONTACT, "Robin");

    await().untilAsserted(() -> assertThat(leads.get(LEAD).stage()).isEqualTo(Stage.SUPPRESSED));
  }

  @Test
  void nobodyElseIsEnded() {
    leads.save(new Lead(
        "lead-2", null, "jo@acme-group.example", "jo@acme-group.example", "Jo Jones", "Acme Group", null, "COO", "fair",
        "", Lead.Start.STARTED, Stage.QUALIFYING, 80, Lead.Tier.A, "outreach", null, null));

    suppress.of(Whom.ofKey("@acme.example"), Reason.DO_NOT_CONTACT, "Robin");
    suppress.of(Whom.company("ACME Ltd."), Reason.DO_NOT_CONTACT, "Robin");

    await().untilAsserted(() -> assertThat(leads.get(LEAD).stage()).isEqualTo(Stage.SUPPRESSED));
    assertThat(leads.get("lead-2").stage()).isEqualTo(Stage.QUALIFYING);
    assertThat(new Suppressed(suppressions).lead(leads.get("lead-2"))).isEmpty();
    assertThat(new Suppressed(suppressions).lead(leads.get(LEAD))).get()
        .extracting(Suppression::key).isEqualTo("@acme.example");
  }

  @Test
  void reasonsAreKeptApartAndOnlyOursCanBeTakenBack() {
    suppress.address(ADDRESS, Reason.DO_NOT_CONTACT, "Robin");
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");

    assertThat(suppressions.findById(ADDRESS).orElseThrow().reasons())
        .containsExactly(Reason.DO_NOT_CONTACT, Reason.UNSUBSCRIBED);
    assertThat(suppress.lift(ADDRESS)).isEqualTo(Suppress.Lifted.OTHERS_REMAIN);
    assertThat(suppressions.findById(ADDRESS).orElseThrow().reasons()).containsExactly(Reason.UNSUBSCRIBED);
    suppress.of(Whom.company("Other"), Reason.DO_NOT_CONTACT, "Robin");
    assertThat(suppress.lift("company:other")).isEqualTo(Suppress.Lifted.LIFTED);
    assertThat(suppress.lift("company:other")).isEqualTo(Suppress.Lifted.UNKNOWN);
  }

  @Test
  void aReplyThatWasMisreadIsTakenBackByANameWithAReason() {
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, Suppression.BY_READING);
    suppress.address("nobody@acme.example", Reason.UNSUBSCRIBED, Suppression.BY_READING);

    assertThat(suppress.lift(ADDRESS)).isEqualTo(Suppress.Lifted.OTHERS_REMAIN);
    assertThat(suppress.misread("nobody@acme.example", "Robin", "They did not")).isEqualTo(Suppress.Lifted.NO_LEAD);
    assertThat(suppress.misread(ADDRESS, "Robin", "They asked about contracts")).isEqualTo(Suppress.Lifted.LIFTED);

    assertThat(suppressions.findById(ADDRESS)).isEmpty();
    assertThat(timeline.of(LEAD)).filteredOn(entry -> entry.by().equals("Robin")).singleElement().satisfies(entry -> {
      assertThat(entry.text()).isEqualTo("Robin read their reply again: they did not unsubscribe");
      assertThat(entry.details()).containsExactly("They asked about contracts");
    });
    assertThat(suppress.misread(ADDRESS, "Robin", "Again")).isEqualTo(Suppress.Lifted.UNKNOWN);
  }

  @Test
  void whoPressedTheLinkStaysWhateverWasReadBefore() {
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, Suppression.BY_READING);
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, Suppression.BY_READING);
    assertThat(suppressions.findById(ADDRESS).orElseThrow().further()).isEmpty();
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");

    assertThat(suppressions.findById(ADDRESS).orElseThrow().further()).hasSize(1);
    assertThat(suppressions.findById(ADDRESS).orElseThrow().reasons()).containsExactly(Reason.UNSUBSCRIBED);
    assertThat(suppress.misread(ADDRESS, "Robin", "They did not")).isEqualTo(Suppress.Lifted.OTHERS_REMAIN);
    assertThat(suppress.lift(ADDRESS)).isEqualTo(Suppress.Lifted.OTHERS_REMAIN);
    assertThat(suppressions.findById(ADDRESS)).isPresent();
    assertThat(timeline.of(LEAD)).noneMatch(entry -> entry.by().equals("Robin"));
  }

  @Test
  void theLinkComesFirstAndAReplyAddsNothing() {
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, "link in a mail");
    suppress.address(ADDRESS, Reason.UNSUBSCRIBED, Suppression.BY_READING);
    assertThat(suppressions.findById(ADDRESS).orElseThrow().readAt()).isEmpty();
    assertThat(suppress.misread(ADDRESS, "Robin", "They did not")).isEqualTo(Suppress.Lifted.OTHERS_REMAIN);
  }

  @Test
  void whoIsErasedIsKnownAgainByTheirAddressOnly() {
    suppress.of(Whom.erased(ADDRESS), Reason.OBJECTED, "erasure");

    var found = new Suppressed(suppressions).address(ADDRESS).orElseThrow();
    assertThat(found.key()).doesNotContain("jo").doesNotContain("acme");
    assertThat(new Suppressed(suppressions).address("jan@acme.example")).isEmpty();
  }

  @Test
  void aListOfAnotherSystemIsTakenOverLineByLine() throws Exception {
    var outcome = new SuppressionList(suppress).take(new StringReader("""
        email;reason
        Jo@Acme.example,unsubscribed
        "Smith, Jan",jan@acme.example

        @rival.example
        press.example;Do not contact
        jo@acme.example
        nobody at all
        """), Reason.BOUNCED, "Robin");

    assertThat(outcome).isEqualTo(new SuppressionList.Outcome(
        4, 1, 1, List.of(new SuppressionList.Unread(7, "names no address and no domain"))));
    assertThat(suppressions.findById(ADDRESS).orElseThrow().reasons())
        .containsExactly(Reason.UNSUBSCRIBED, Reason.BOUNCED);
    assertThat(suppressions.findById("@press.example").orElseThrow().reason()).isEqualTo(Reason.DO_NOT_CONTACT);
  }

  private Told told() {
    return suppressions.findById(ADDRESS).orElseThrow().journey();
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
        .variables(Map.of("leadId", LEAD)).execute().getProcessInstanceKey();
  }
}
