package dev.leadline.crm.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.TestDatabase;
import dev.leadline.crm.CrmChange;
import dev.leadline.crm.CrmRecords;
import dev.leadline.crm.TestCrm;
import dev.leadline.crm.sync.Link;
import dev.leadline.crm.sync.Links;
import dev.leadline.engine.Messages;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.provider.ProviderServer;
import dev.leadline.suppression.Suppression;
import dev.leadline.suppression.Suppressions;
import dev.leadline.suppression.TestSuppressions;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

/** What colleagues change in the CRM, while the engine or the CRM is away. */
class ChangesTest {

  private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
  private final ProviderServer server = new ProviderServer();
  private final MongoTemplate mongo = new TestDatabase().mongo();
  private final MongoRepositoryFactory repositories = new MongoRepositoryFactory(mongo);
  private final Leads leads = repositories.getRepository(Leads.class);
  private final Links links = repositories.getRepository(Links.class);
  private final ReceivedChanges received = repositories.getRepository(ReceivedChanges.class);
  private final Suppressions suppressions = repositories.getRepository(Suppressions.class);
  private final Timeline timeline = TestTimeline.in(repositories, clock);

  /** Nothing listens there: a client whose engine is away. */
  private final CamundaClient away = client(URI.create("http://127.0.0.1:1"));

  @AfterEach
  void close() {
    away.close();
    server.close();
  }

  @Test
  void whoIsNotToBeContactedIsSuppressedBeforeAnyJourneyHearsOfIt() {
    var crm = TestCrm.hubspot(server);
    lead(1, crm);

    assertThat(changes(crm).receive(List.of(
        new CrmChange("1", "person-1", CrmChange.What.DO_NOT_CONTACT, "true", clock.instant())))).isOne();

    var suppression = suppressions.findById("jo1@acme.example").orElseThrow();
    assertThat(suppression.reason()).isEqualTo(Suppression.Reason.DO_NOT_CONTACT);
    assertThat(suppression.by()).isEqualTo("CRM");
    assertThat(received.findById("hubspot:1").orElseThrow().journey()).isEqualTo(Received.Told.PENDING);
  }

  @Test
  void whatCouldNotBeReadToItsEndIsAskedForAgain() {
    var crm = TestCrm.salesforce(server, IntStream.range(0, 5).mapToObj(i -> "lead-" + i).toList());
    // The records of that server are numbered in order.
    for (int i = 0; i < 5; i++) lead(i, crm, "003%012dAAA".formatted(i + 1));
    mongo.insert(new Document(Map.of("_id", crm.name(), "at", Instant.parse("2026-01-20T09:30:00Z"))), "crm_cursors");
    var ask = new AskForChanges(crm, changes(crm), links, mongo, clock);

    ask.ask();
    assertThat(suppressed()).isEqualTo(2);

    ask.ask();
    assertThat(suppressed()).isEqualTo(5);
  }

  @Test
  void aCrmThatDoesNotSayTheNameKeepsNoHandOverWaiting() {
    var crm = TestCrm.hubspot(server);
    lead(1, crm);
    received.insert(new Received(
        "hubspot:2", "lead-1", CrmChange.What.OWNER, "77", clock.instant(), Received.Told.TOLD));
    server.usually(asked -> asked.path().startsWith("/crm/v3/owners")
        ? ProviderServer.Answer.json(403, "{\"category\": \"MISSING_SCOPES\"}")
        : new ProviderServer.Answer(
            200, Map.of("Content-Type", "application/json"), "{\"items\": [], \"page\": {\"totalItems\": 0}}"));

    try (var engine = client(server.address())) {
      new HandOverTasks(crm, received, engine, timeline).handle(new HandOverTasks.Input("lead-1", "hubspot:2"));
    }

    assertThat(timeline.of("lead-1")).extracting(TimelineEntry::text)
        .containsExactly("Somebody whose name the CRM does not say (77) looks after them now");
  }

  private Changes changes(CrmRecords crm) {
    var suppress = TestSuppressions.in(suppressions, mongo, away, leads, timeline, clock);
    return new Changes(crm, links, leads, suppress, received, new Messages(away));
  }

  private long suppressed() {
    return IntStream.range(0, 5).filter(i -> suppressions.findById("jo%d@acme.example".formatted(i)).isPresent()).count();
  }

  private void lead(int number, CrmRecords crm) {
    lead(number, crm, "person-" + number);
  }

  private void lead(int number, CrmRecords crm, String person) {
    String address = "jo%d@acme.example".formatted(number);
    leads.save(new Lead(
        "lead-" + number, null, address, address, "Jo Smith", "Acme", "https://acme.example", "COO", "fair", "",
        Lead.Start.STARTED, Lead.Stage.CONTACTING, 80, Lead.Tier.A, "outreach", null, null));
    links.insert(new Link("lead-" + number, null, crm.name(), person, null, Map.of(), clock.instant()));
  }

  private static CamundaClient client(URI address) {
    return CamundaClient.newClientBuilder().restAddress(address).grpcAddress(address)
        .defaultRequestTimeout(Duration.ofSeconds(5)).build();
  }
}
