package dev.leadline.crm.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.TestDatabase;
import dev.leadline.crm.CrmRecords;
import dev.leadline.crm.CrmRecords.Field;
import dev.leadline.crm.CrmRecords.Kind;
import dev.leadline.crm.TestCrm;
import dev.leadline.crm.sync.CrmSettings.Truth;
import dev.leadline.lead.Lead;
import dev.leadline.lead.Leads;
import dev.leadline.provider.ProviderServer;
import dev.leadline.relay.Parcel;
import dev.leadline.relay.Parcel.State;
import dev.leadline.relay.Relay;
import dev.leadline.relay.RelaySettings;
import dev.leadline.timeline.Happening;
import dev.leadline.timeline.TestTimeline;
import dev.leadline.timeline.Timeline;
import dev.leadline.timeline.TimelineEntry;
import dev.leadline.timeline.TimelineEntry.Actor;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class CrmSyncTest {

  private static final Clock CLOCK = Clock.tickMillis(ZoneOffset.UTC);

  private final TestDatabase database = new TestDatabase();
  private final ProviderServer server = new ProviderServer();
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final MongoRepositoryFactory repositories = new MongoRepositoryFactory(database.mongo());
  private final Leads leads = repositories.getRepository(Leads.class);
  private final Links links = repositories.getRepository(Links.class);
  private final Timeline timeline = TestTimeline.in(
      repositories, event -> this.outbox().ifPresent(outbox -> outbox.happened((Happening) event)), CLOCK);
  private CrmRecords crm = TestCrm.builtIn(database.mongo());
  private CrmOutbox outbox;
  private Relay relay;

  private Optional<CrmOutbox> outbox() {
    return Optional.ofNullable(outbox);
  }

  private void begin(CrmRecords crm, boolean dryRun, Map<Field, Truth> truth) {
    this.crm = crm;
    var settings = new CrmSettings(
        dryRun, truth, Set.of("contacted", "engaged"), Set.of("not-a-fit"), List.of(Duration.ofMillis(20)), 4,
        Duration.ofDays(1), Duration.ofMinutes(1), URI.create("https://leads.our.example/"));
    var writer = new CrmWriter(crm, settings, leads, links, timeline);
    relay = new Relay(
        "crm_outbox", new RelaySettings(settings.retry(), 4, settings.keep()), writer, database.mongo(), scheduler, CLOCK);
    outbox = new CrmOutbox(relay, crm, settings, links, timeline, CLOCK);
    leads.save(new Lead(
        "lead-1", null, "jo@acme.example", "jo@acme.example", "Jo Ann Park", "Acme", "https://www.acme.example", "COO",
        "fair", "", Lead.Start.STARTED, Lead.Stage.CONTACTED, 81, Lead.Tier.A, "outreach", null, null));
  }

  @AfterEach
  void stop() {
    scheduler.close();
    server.close();
  }

  @Test
  void nobodyIsInTheCrmWhoIsNeitherEngagedNorQualified() {
    begin(crm, false, Map.of());
    mailSent(1);

    assertThat(relay.list(null, 0, 10)).isEmpty();
    assertThat(outbox.knows("lead-1")).isFalse();
  }

  @Test
  void whoIsEngagedBecomesAContactWithTheirCompanyAndAllThatWasSaidInOrder() {
    begin(crm, false, Map.of());
    mailSent(1);
    mailSent(2);

    outbox.person("job-1", "lead-1", "engaged", null);
    outbox.person("job-1", "lead-1", "engaged", null);
    mailSent(3);

    done(4);
    var person = crm.find(Kind.PERSON, "lead-1", "-").orElseThrow();
    assertThat(person.values()).containsEntry(Field.STAGE, "engaged").containsEntry(Field.FIRST_NAME, "Jo Ann")
        .containsEntry(Field.LAST_NAME, "Park").containsEntry(Field.SCORE, "81")
        .containsEntry(Field.LINK, "https://leads.our.example/leads/lead-1");
    assertThat(crm.account("acme.example").orElseThrow().id()).isEqualTo(person.values().get(Field.COMPANY));
    assertThat(TestCrm.subjects(crm, person.id()))
        .containsExactly("E-mail 1 was sent", "E-mail 2 was sent", "E-mail 3 was sent");
    assertThat(timeline.of("lead-1")).filteredOn(entry -> entry.step().equals("sync-crm"))
        .extracting(TimelineEntry::text).containsExactly("Is a contact in the CRM now");
  }

  @Test
  void whoseWordCountsIsSaidFieldByField() {
    begin(crm, false, Map.of(Field.STAGE, Truth.LEADLINE, Field.JOB_TITLE, Truth.CRM, Field.SOURCE, Truth.NEVER));
    crm.create(Kind.PERSON, Map.of(
        Field.ID, "of a colleague", Field.EMAIL, "jo@acme.example", Field.JOB_TITLE, "Chief of everything",
        Field.STAGE, "contacted"));

    outbox.person("job-1", "lead-1", "engaged", null);

    done(1);
    assertThat(crm.find(Kind.PERSON, "lead-1", "-").orElseThrow().values())
        .containsEntry(Field.STAGE, "engaged")
        .containsEntry(Field.JOB_TITLE, "Chief of everything")
        .containsEntry(Field.FIRST_NAME, "Jo Ann")
        .doesNotContainKey(Field.SOURCE);
  }

  @Test
  void stagesAndReasonsAreThoseOfTheList() {
    begin(crm, false, Map.of());
    assertThatThrownBy(() -> outbox.person("job-1", "lead-1", "hot", null)).hasMessageContaining("stage must be one of");
    assertThatThrownBy(() -> outbox.person("job-1", "lead-1", "engaged", "bad vibes")).hasMessageContaining("reason must be one of");
    assertThat(outbox.knows("lead-1")).isFalse();
  }

  @Test
  void aDryRunSaysWhatWouldBeWrittenAndWritesNothing() {
    begin(crm, true, Map.of());
    outbox.person("job-1", "lead-1", "engaged", null);

    done(1);
    assertThat(relay.list(State.DONE, 0, 1).getFirst().because()).startsWith("Dry run: new company: ")
        .contains("new contact: ", "stage").doesNotContain("Jo");
    assertThat(crm.contact("jo@acme.example")).isEmpty();
  }

  @Test
  void aCrmThatIsAwayIsTriedAgainAndARefusalIsADeadLetterUntilAPersonSendsItAgain() {
    begin(TestCrm.hubspot(server), false, Map.of(Field.STAGE, Truth.LEADLINE));
    server.then(503, "{}").then(503, "{}");
    mailSent(1);
    outbox.person("job-1", "lead-1", "engaged", null);
    done(2);

    server.then(400, "{\"status\": \"error\", \"category\": \"VALIDATION_ERROR\"}");
    outbox.person("job-2", "lead-1", "contacted", null);
    await().until(() -> relay.count(State.DEAD) == 1);
    Parcel dead = relay.list(State.DEAD, 0, 1).getFirst();
    assertThat(dead.id()).isEqualTo("person/job-2");
    assertThat(dead.because()).isNotBlank().doesNotContain("jo@acme.example");
    assertThat(timeline.of("lead-1")).extracting(TimelineEntry::text)
        .contains("Could not be written to the CRM; see the page CRM");

    relay.replay(dead.id());
    done(3);
    assertThat(crm.find(Kind.PERSON, "lead-1", "-").orElseThrow().values()).containsEntry(Field.STAGE, "contacted");
  }

  @Test
  void anErasureReachesTheCrmSoonerOrLaterAndIsADeadLetterWhenItMayNot() {
    begin(TestCrm.hubspot(server), false, Map.of());
    assertThat(outbox.erase("e0/ErasePerson", "lead-1")).as("whom it does not know").isEmpty();
    mailSent(1);
    outbox.person("job-1", "lead-1", "engaged", null);
    done(2);

    server.then(503, "{}").then(503, "{}");
    assertThat(outbox.erase("e1/ErasePerson", "lead-1")).hasValue("HubSpot");
    erasedHere();
    await().untilAsserted(() -> assertThat(outbox.erasures(List.of("lead-1"))).extractingByKey("lead-1")
        .satisfies(parcel -> {
          assertThat(parcel.state()).isEqualTo(State.DONE);
          assertThat(parcel.because()).isEqualTo("erased for good");
        }));
    assertThat(crm.find(Kind.PERSON, "lead-1", "jo@acme.example")).isEmpty();

    assertThat(outbox.erase("e1/EraseRest", "lead-1")).as("once more, for what was under way").hasValue("HubSpot");
    done(2);
    crm.create(Kind.PERSON, Map.of(Field.ID, "lead-1", Field.EMAIL, "jo@acme.example", Field.LAST_NAME, "Park"));
    server.then(403, "{}").then(403, "{}");
    outbox.erase("e2/ErasePerson", "lead-1");
    await().untilAsserted(() -> assertThat(outbox.erasures(List.of("lead-1")).get("lead-1").state()).isEqualTo(State.DEAD));
    var dead = relay.list(State.DEAD, 0, 1).getFirst();
    assertThat(dead.content()).isEmpty();
    assertThat(dead.because()).isEqualTo("hubspot does not allow this with our key");

    relay.replay(dead.id());
    await().untilAsserted(() -> assertThat(relay.count(State.DEAD)).isZero());
    await().untilAsserted(() -> assertThat(crm.find(Kind.PERSON, "lead-1", "jo@acme.example")).isEmpty());
  }

  /** As an erasure does it: everything that belongs to the lead. */
  private void erasedHere() {
    database.mongo().remove(query(where("leadId").is("lead-1")), "crm_outbox");
    database.mongo().remove(query(where("_id").is("lead-1")), Link.class);
  }

  private void mailSent(int number) {
    timeline.record(
        "lead-1/outreach/" + number + ":sent", "lead-1", "send-email", Actor.SYSTEM, "mail",
        "E-mail %d was sent".formatted(number), List.of("Subject: Monday", "Hello Jo"));
  }

  private void done(int number) {
    await().untilAsserted(() -> assertThat(relay.count(State.DONE)).isEqualTo(number));
  }
}
