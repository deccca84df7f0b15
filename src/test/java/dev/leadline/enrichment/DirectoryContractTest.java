package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.enrichment.Directory.Person;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.Unavailable;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every directory promises, and then what is each one's own. */
class DirectoryContractTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  private final Clock clock = Clock.fixed(Instant.parse("2026-03-02T09:00:00Z"), ZoneOffset.UTC);
  private final ProviderServer server = new ProviderServer();

  enum Kind { SANDBOX, APOLLO, PEOPLE_DATA_LABS }

  private Directory directory(Kind kind) {
    var providers = server.providers(clock, Apollo.NAME, PeopleDataLabs.NAME);
    return switch (kind) {
      case SANDBOX -> new SandboxDirectory();
      case APOLLO -> {
        server.usually(RecordedProviders::apollo);
        yield new Apollo(providers, clock);
      }
      case PEOPLE_DATA_LABS -> {
        server.usually(RecordedProviders::peopleDataLabs);
        yield new PeopleDataLabs(providers, clock);
      }
    };
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String domain(Kind kind) {
    return kind == Kind.SANDBOX ? "nordkap-logistik.example" : "nordkap.test";
  }

  private static Person anna(Kind kind) {
    return new Person("anna.berg@" + domain(kind), "Anna Berg", domain(kind));
  }

  @ParameterizedTest
  @EnumSource
  void aCompanyIsKnownByItsDomain(Kind kind) {
    var directory = directory(kind);
    var found = directory.company(domain(kind));

    assertThat(directory.covers(domain(kind))).isTrue();
    assertThat(found).extracting(Finding::field).contains(Field.INDUSTRY, Field.SIZE, Field.LOCATION).doesNotHaveDuplicates();
    assertThat(found).allSatisfy(finding -> {
      assertThat(finding.provider()).isEqualTo(directory.name());
      assertThat(finding.date()).isBeforeOrEqualTo(TODAY);
      assertThat(finding.confidence()).isBetween(50, 100);
      assertThat(finding.field().of()).isEqualTo(Field.Of.COMPANY);
    });
    assertThat(value(found, Field.SIZE)).matches("1[78]\\d employees");
  }

  @ParameterizedTest
  @EnumSource
  void aPersonIsKnownByTheirAddress(Kind kind) {
    var found = directory(kind).person(anna(kind));

    assertThat(found).extracting(Finding::field).contains(Field.JOB_TITLE, Field.SENIORITY).doesNotHaveDuplicates();
    assertThat(found).allMatch(finding -> finding.field().of() == Field.Of.PERSON);
    assertThat(value(found, Field.JOB_TITLE)).isEqualToIgnoringCase("Head of Operations");
  }

  @ParameterizedTest
  @EnumSource
  void whoIsNotKnownIsNotAnError(Kind kind) {
    var directory = directory(kind);
    String nobody = kind == Kind.SANDBOX ? "nobody-knows.example" : "nobody-knows.test";

    assertThat(directory.company(nobody)).isEmpty();
    assertThat(directory.person(new Person("x@" + nobody, null, null))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "PEOPLE_DATA_LABS", mode = EnumSource.Mode.EXCLUDE)
  void colleaguesAreFoundByWhatTheyDo(Kind kind) {
    var search = (PeopleSearch) directory(kind);

    assertThat(search.people(domain(kind), List.of("Operations Manager"), 1)).singleElement().satisfies(one -> {
      assertThat(one.jobTitle()).isEqualTo("Operations Manager");
      assertThat(one.name()).contains("*");
    });
    assertThat(search.people(kind == Kind.SANDBOX ? "nobody.example" : "nobody.test", List.of(), 5)).isEmpty();
  }

  @Test
  void colleaguesComeFromWhoCanBeAsked() {
    var off = new PeopleSearchInOrder(new Apollo(ProviderServer.off(Apollo.NAME), clock), new SandboxDirectory());
    assertThat(off.people("nordkap-logistik.example", List.of(), 5)).hasSize(2);
    assertThatThrownBy(() -> off.people("nordkap.test", List.of(), 5)).isInstanceOf(Unavailable.class).hasMessage("is off");

    server.usually(RecordedProviders::apollo);
    var on = new PeopleSearchInOrder(new Apollo(server.providers(clock, Apollo.NAME), clock), new SandboxDirectory());
    assertThat(on.people("nordkap.test", List.of(), 5)).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
  void onlyTheSandboxKnowsTheSamples(Kind kind) {
    assertThat(directory(kind).covers("nordkap-logistik.example")).isFalse();
    assertThat(new Apollo(ProviderServer.off(Apollo.NAME), clock).covers("nordkap.test")).isFalse();
    assertThat(new PeopleDataLabs(ProviderServer.off(PeopleDataLabs.NAME), clock).covers("nordkap.test")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = "SANDBOX", mode = EnumSource.Mode.EXCLUDE)
  void whoCannotAnswerSaysSo(Kind kind) {
    var directory = directory(kind);
    server.then(200, "<html>maintenance</html>");
    assertThatThrownBy(() -> directory.company(domain(kind))).isInstanceOf(Unavailable.class)
        .hasMessage("answers in a way that makes no sense");
    server.thenHangs();
    assertThatThrownBy(() -> directory.person(anna(kind))).isInstanceOf(Unavailable.class)
        .hasMessage("does not answer in 1 s");
    server.then(200, "{\"organization\": 7, \"data\": [], \"industry\": {\"a\": 1}, \"founded\": true}");
    assertThat(directory.company(domain(kind))).isEmpty();
  }

  @Test
  void apolloIsAskedAsItsDocumentationSays() {
    var apollo = directory(Kind.APOLLO);
    apollo.person(new Person("anna+test@nordkap.test", "Anna Berg & Co", "nordkap.test"));

    assertThat(server.asked.getLast().query())
        .containsEntry("email", "anna+test@nordkap.test").containsEntry("name", "Anna Berg & Co")
        .containsEntry("domain", "nordkap.test").containsEntry("reveal_personal_emails", "false");
    assertThat(server.asked.getLast().method()).isEqualTo("POST");
  }

  @Test
  void apollosOwnRefusals() {
    var apollo = directory(Kind.APOLLO);
    assertThat(apollo.company("not a domain")).isEmpty();
    server.then(401, "Invalid access credentials.");
    assertThatThrownBy(() -> apollo.company("nordkap.test")).hasMessage("does not accept our key");
    server.then(403, "{\"error\": \"api/v1/people/match is not accessible with this api_key on a free plan.\", "
        + "\"error_code\": \"API_INACCESSIBLE\"}");
    assertThatThrownBy(() -> apollo.company("nordkap.test")).hasMessage("does not allow this with our key");
    server.then(429, Map.of("retry-after", "3540", "x-rate-limit-hourly", "200", "x-hourly-requests-left", "0"),
        "{\"message\": \"The maximum number of api calls allowed for api/v1/organizations/enrich is 200 times per hour.\"}");
    assertThatThrownBy(() -> apollo.company("nordkap.test")).hasMessage("asks to be left alone for 59 minutes");
  }

  @Test
  void aMatchOfAnotherAddressIsTrustedLess() {
    var apollo = directory(Kind.APOLLO);
    server.then(200, "{\"person\": {\"title\": \"CEO\", \"email\": \"email_not_unlocked@domain.com\"}}");

    assertThat(apollo.person(anna(Kind.APOLLO))).singleElement()
        .isEqualTo(new Finding(Field.JOB_TITLE, "CEO", "apollo", TODAY, 60));
  }

  @Test
  void apollosPeopleComePageByPage() {
    server.usually(RecordedProviders::apollo);
    var search = new Apollo(server.providers(clock, Apollo.NAME), clock);

    assertThat(search.people("nordkap.test", List.of("Operations Manager", "COO"), 100)).hasSize(100);
    assertThat(server.asked).hasSize(1);
    assertThat(server.asked.getFirst().query())
        .containsEntry("q_organization_domains_list[]", "nordkap.test")
        .containsEntry("person_titles[]", "Operations Manager|COO");

    server.asked.clear();
    assertThat(search.people("nordkap.test", List.of(), 25)).hasSize(25).extracting(PeopleSearch.Colleague::name)
        .contains("P0 B***g");
  }

  @Test
  void peopleDataLabsOwnAnswers() {
    var labs = directory(Kind.PEOPLE_DATA_LABS);
    assertThat(labs.person(anna(Kind.PEOPLE_DATA_LABS))).contains(
        new Finding(Field.JOB_TITLE, "head of operations", "peopledatalabs", LocalDate.of(2025, 11, 20), 80));
    assertThat(server.asked.getLast().query()).containsEntry("min_likelihood", "6");

    server.then(402, RecordedProviders.error(402, "payment_required", "You have reached your account maximum"));
    assertThatThrownBy(() -> labs.company("nordkap.test")).hasMessage("has no credits left for us");
    assertThatThrownBy(() -> labs.company("nordkap.test")).hasMessage("is left alone for another 60 minutes, as it asked");
  }

  private static String value(List<Finding> findings, Field field) {
    return Stream.of(findings).flatMap(List::stream).filter(finding -> finding.field() == field)
        .map(Finding::value).findFirst().orElseThrow();
  }
}
