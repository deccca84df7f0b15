package dev.leadline.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.TestDatabase;
import dev.leadline.crm.CrmRecords.Activity;
import dev.leadline.crm.CrmRecords.Field;
import dev.leadline.crm.CrmRecords.Kind;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.Unavailable;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every CRM promises that is written to: the real adapters against servers that speak as theirs do. */
class CrmRecordsContractTest {

  private static final Map<Field, String> COMPANY =
      Map.of(Field.ID, "acme.example", Field.NAME, "Acme", Field.DOMAIN, "acme.example");
  private static final Map<Field, String> JO = Map.of(
      Field.ID, "lead-1", Field.EMAIL, "jo@acme.example", Field.FIRST_NAME, "Jo", Field.LAST_NAME, "Park",
      Field.STAGE, "contacted", Field.SCORE, "81", Field.LINK, "https://leads.our.example/leads/lead-1");

  private final ProviderServer server = new ProviderServer();
  private final HubSpotServer hubspot = new HubSpotServer();
  private final SalesforceServer salesforce = new SalesforceServer(server::address);
  private final PipedriveServer pipedrive = new PipedriveServer();
  private final TestDatabase database = new TestDatabase();

  enum Brand { BUILT_IN, HUBSPOT, SALESFORCE, PIPEDRIVE }

  private CrmRecords crm(Brand brand) {
    var providers = server.providers(Clock.systemUTC(), HubSpot.NAME, Salesforce.NAME, Pipedrive.NAME);
    return switch (brand) {
      case BUILT_IN -> new BuiltInCrm(database.mongo());
      case HUBSPOT -> {
        server.usually(hubspot);
        yield new HubSpot(providers);
      }
      case SALESFORCE -> {
        server.usually(salesforce);
        yield new Salesforce(providers);
      }
      case PIPEDRIVE -> {
        server.usually(pipedrive);
        yield new Pipedrive(providers);
      }
    };
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsFoundByOurId(Brand brand) {
    var crm = crm(brand);
    String company = crm.create(Kind.COMPANY, COMPANY);
    String person = crm.create(Kind.PERSON, with(JO, Field.COMPANY, company));

    var found = crm.find(Kind.PERSON, "lead-1", "somebody@else.example").orElseThrow();
    assertThat(found.id()).isEqualTo(person);
    assertThat(found.values()).containsAllEntriesOf(JO).containsEntry(Field.COMPANY, company);
    assertThat(crm.find(Kind.COMPANY, "acme.example", "acme.example").orElseThrow().id()).isEqualTo(company);
    assertThat(crm.find(Kind.PERSON, "lead-2", "nobody@acme.example")).isEmpty();
    assertThat(crm.find(Kind.COMPANY, "nobody.example", "nobody.example")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsThereAlreadyIsFoundByTheirAddress(Brand brand) {
    var crm = crm(brand);
    crm.create(Kind.PERSON, with(JO, Field.ID, "somebody-elses-id"));

    var found = crm.find(Kind.PERSON, "lead-1", "Jo@acme.example").orElseThrow();
    crm.update(Kind.PERSON, found.id(), Map.of(Field.ID, "lead-1", Field.STAGE, "engaged"));

    assertThat(crm.find(Kind.PERSON, "lead-1", "-").orElseThrow().values())
        .containsEntry(Field.STAGE, "engaged").containsEntry(Field.FIRST_NAME, "Jo");
  }

  @ParameterizedTest
  @EnumSource(names = "PIPEDRIVE", mode = EnumSource.Mode.EXCLUDE)
  void twoThatMakeTheSameRecordMakeOne(Brand brand) {
    var crm = crm(brand);
    assertThat(crm.create(Kind.PERSON, JO)).isEqualTo(crm.create(Kind.PERSON, JO));
    assertThat(crm.create(Kind.COMPANY, COMPANY)).isEqualTo(crm.create(Kind.COMPANY, COMPANY));
  }

  @ParameterizedTest
  @EnumSource
  void aTouchIsNotedOnceHoweverOftenItIsTried(Brand brand) {
    var crm = crm(brand);
    String person = crm.create(Kind.PERSON, JO);
    for (var type : new Activity.Type[] {Activity.Type.EMAIL_SENT, Activity.Type.CALL}) {
      var activity = new Activity(
          "a1b2c3" + type.ordinal(), type, Instant.parse("2026-03-02T09:30:00Z"), "A word about <Monday>", "Hello Jo,\n\nx < y",
          URI.create("https://leads.our.example/leads/lead-1#" + type.ordinal()));
      crm.note(person, activity, false);
      crm.note(person, activity, true);
    }
    assertThat(notes(brand)).hasSize(2).allMatch(note -> note.contains("https://leads.our.example/leads/lead-1#"));
  }

  @ParameterizedTest
  @EnumSource
  void whoIsErasedIsGoneWithWhatWeNotedAndNobodyElseIs(Brand brand) {
    var crm = crm(brand);
    crm.create(Kind.PERSON, Map.of(Field.ID, "lead-2", Field.EMAIL, "kim@acme.example", Field.LAST_NAME, "Kim",
        Field.FIRST_NAME, "Lee"));
    String person = crm.create(Kind.PERSON, JO);
    crm.note(
        person,
        new Activity(
            "a1b2c3", Activity.Type.CALL, Instant.parse("2026-03-02T09:30:00Z"), "A word", "Hello Jo",
            URI.create("https://leads.our.example/leads/lead-1#0")),
        false);

    assertThat(crm.erase("lead-1").orElseThrow()).startsWith("erased");
    assertThat(crm.find(Kind.PERSON, "lead-1", "jo@acme.example")).isEmpty();
    assertThat(notes(brand)).isEmpty();
    assertThat(crm.find(Kind.PERSON, "lead-2", "kim@acme.example")).isPresent();
    assertThat(crm.erase("lead-1")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "BUILT_IN", mode = EnumSource.Mode.EXCLUDE)
  void whatOursMayNotEraseIsNoSuccess(Brand brand) {
    var crm = crm(brand);
    crm.create(Kind.PERSON, JO);
    server.usually(asked -> {
      boolean erases = asked.method().equals("DELETE") || asked.path().endsWith("gdpr-delete");
      return erases
          ? ProviderServer.Answer.json(403, "{\"category\": \"MISSING_SCOPES\"}")
          : switch (brand) {
            case HUBSPOT -> hubspot.apply(asked);
            case SALESFORCE -> salesforce.apply(asked);
            default -> pipedrive.apply(asked);
          };
    });
    assertThatThrownBy(() -> crm.erase("lead-1")).isInstanceOf(Unavailable.class);
  }

  private List<String> notes(Brand brand) {
    return switch (brand) {
      case BUILT_IN -> ((BuiltInCrm) crm(brand)).activities("person-lead-1").map(a -> a.text() + " " + a.evidence()).toList();
      case HUBSPOT -> Stream.of("emails", "notes")
          .flatMap(kind -> hubspot.kept(kind).values().stream()).map(Object::toString).toList();
      case SALESFORCE -> salesforce.objects.get("Task").values().stream().map(Object::toString).toList();
      case PIPEDRIVE -> pipedrive.kept("activities").values().stream().map(Object::toString).toList();
    };
  }

  @ParameterizedTest
  @EnumSource
  void whatDoesNotExistCannotBeChanged(Brand brand) {
    var crm = crm(brand);
    String nobody = brand == Brand.SALESFORCE ? "003000000000999AAA" : "999";
    assertThatThrownBy(() -> crm.update(Kind.PERSON, nobody, Map.of(Field.STAGE, "engaged")))
        .isInstanceOf(CrmRecords.Refused.class);
  }

  @ParameterizedTest
  @EnumSource
  void ownersHaveNames(Brand brand) {
    boolean byName = brand == Brand.BUILT_IN || brand == Brand.SALESFORCE;
    assertThat(crm(brand).nameOf(byName ? "Dana Whitfield" : "77")).hasValue("Dana Whitfield");
    if (!byName) assertThat(crm(brand).nameOf("78")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "BUILT_IN", mode = EnumSource.Mode.EXCLUDE)
  void aServerThatBreaksIsAskedAgainLaterAndARefusalIsNot(Brand brand) {
    var crm = crm(brand);
    String person = crm.create(Kind.PERSON, JO);
    server.then(503, "{}").then(503, "{}");
    assertThatThrownBy(() -> crm.update(Kind.PERSON, person, Map.of(Field.STAGE, "engaged")))
        .isInstanceOf(Unavailable.class);
    server.forget(); // the second 503 is only asked for where asking twice is harmless
    server.then(401, "{}");
    assertThatThrownBy(() -> crm.update(Kind.PERSON, person, Map.of(Field.STAGE, "engaged")))
        .isInstanceOf(Unavailable.class);
  }

  @Test
  void hubspotsConflictIsTriedAgain() {
    var crm = crm(Brand.HUBSPOT);
    crm.create(Kind.PERSON, with(JO, Field.ID, "another"));
    assertThatThrownBy(() -> crm.create(Kind.PERSON, JO)).isInstanceOf(Unavailable.class);
  }

  @Test
  void salesforceSaysWhatItMisses() {
    var crm = crm(Brand.SALESFORCE);
    assertThatThrownBy(() -> crm.create(Kind.PERSON, Map.of(Field.ID, "lead-1", Field.EMAIL, "jo@acme.example")))
        .isInstanceOf(CrmRecords.Refused.class).hasMessage("Salesforce answers with status 400 (REQUIRED_FIELD_MISSING)");
  }

  @Test
  void aBulkOptOutAtSalesforceIsReadToItsEnd() {
    var all = IntStream.range(0, 3_000).mapToObj(i -> salesforce.optsOut("lead-" + i)).toList();
    var told = new ArrayList<CrmChange>();

    crm(Brand.SALESFORCE).changes(Instant.parse("2026-01-20T09:25:00Z"), told::add);

    assertThat(told).extracting(CrmChange::person).containsExactlyElementsOf(all);
    assertThat(told).extracting(CrmChange::what).containsOnly(CrmChange.What.DO_NOT_CONTACT);
  }

  @Test
  void pipedriveIsReadAsTheOthersAre() {
    var crm = crm(Brand.PIPEDRIVE);
    String company = crm.create(Kind.COMPANY, COMPANY);
    crm.create(Kind.PERSON, with(JO, Field.COMPANY, company));

    assertThat(crm.account("acme.example").orElseThrow().name()).isEqualTo("Acme");
    assertThat(crm.contact("JO@acme.example").orElseThrow().name()).isEqualTo("Jo Park");
    assertThat(crm.openOpportunities(company)).extracting(Crm.Opportunity::name).containsExactly("Claims intake 2026", "Renewal");
    assertThat(crm.openOpportunities(company).getFirst().closes()).isEqualTo(LocalDate.of(2026, 6, 30));
    assertThat(crm.notes(company, 5).getFirst().text()).isEqualTo("Sent the price list.");
  }

  @Test
  void pipedrivesDayIsOver() {
    var crm = crm(Brand.PIPEDRIVE);
    var none = Map.of("x-daily-ratelimit-token-remaining", "0");
    server.then(429, none, "{}").then(429, none, "{}");
    assertThatThrownBy(() -> crm.account("acme.example")).hasMessage("has no requests left for today");
  }

  private static Map<Field, String> with(Map<Field, String> values, Field field, String value) {
    var all = new EnumMap<Field, String>(values);
    all.put(field, value);
    return all;
  }
}
