package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.leadline.enrichment.ProspectSearch.Audience;
import dev.leadline.enrichment.ProspectSearch.Candidate;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.ProviderServer.Answer;
import dev.leadline.provider.ProviderServer.Asked;
import dev.leadline.provider.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every search for prospects promises, against what Apollo answers by its documentation. */
class ProspectSearchContractTest {

  private static final Audience OPERATIONS = new Audience(List.of("Operations Manager"), 50, 1_000, List.of("Germany", "Poland"));

  private final ProviderServer server = new ProviderServer().usually(ProspectSearchContractTest::apollo);

  enum Kind { SANDBOX, APOLLO }

  private ProspectSearch search(Kind kind) {
    return kind == Kind.SANDBOX
        ? new SandboxProspects() : new ApolloProspects(server.providers(Clock.systemUTC(), Apollo.NAME));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Twelve people fit; the third has no address, the fifth's is not verified, the seventh is not known any more. */
  private static Answer apollo(Asked asked) {
    if (!"the-secret-key".equals(asked.header("x-api-key"))) return new Answer(401, Map.of(), "Invalid access credentials.");
    return switch (asked.method() + " " + asked.path()) {
      case "POST /api/v1/mixed_people/api_search" -> {
        int page = Integer.parseInt(asked.query().get("page"));
        int size = Integer.parseInt(asked.query().get("per_page"));
        var people = IntStream.range(0, 12).skip((long) (page - 1) * size).limit(size).mapToObj(i -> """
            {"id": "p%d", "first_name": "P%d", "last_name_obfuscated": "B***g", "title": "Operations Manager",
             "has_email": %b, "has_city": true, "organization": {"name": "Nordkap", "has_industry": true}}"""
            .formatted(i, i, i != 2)).toList();
        yield Answer.json("{\"total_entries\": 12, \"people\": [" + String.join(",", people) + "]}");
      }
      case "POST /api/v1/people/bulk_match" -> {
        JsonNode details = json(asked.body()).path("details");
        if (details.size() > 10) yield Answer.json(422, "{\"error\": \"Only 10 records are allowed\"}");
        var matches = StreamSupport.stream(details.spliterator(), false).map(one -> one.path("id").asText())
            .map(ProspectSearchContractTest::match).toList();
        yield Answer.json("{\"status\": \"success\", \"total_requested_enrichments\": %d, \"missing_records\": 0, \"credits_consumed\": 1, \"matches\": [%s]}"
            .formatted(details.size(), String.join(",", matches)));
      }
      default -> Answer.json(404, "{}");
    };
  }

  private static String match(String id) {
    return switch (id) {
      case "p2" -> """
          {"id": "p2", "name": "P2 Berg", "email": "email_not_unlocked@domain.com", "email_status": "verified"}""";
      case "p6", "unknown" -> "null";
      default -> """
          {"id": "%s", "first_name": "P", "name": "P Berg", "title": "Operations Manager", "email": "%s@nordkap.test",
           "email_status": "%s", "city": "Hamburg", "state": "Hamburg", "country": "Germany",
           "organization": {"name": "Nordkap", "website_url": "http://www.nordkap.test", "primary_domain": "nordkap.test",
            "estimated_num_employees": 180}}""".formatted(id, id, id.equals("p4") ? "unverified" : "verified");
    };
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thePagesOfASearchTogetherAreTheWholeOnce(Kind kind) {
    var search = search(kind);
    var byPages = new ArrayList<Candidate>();
    for (int page = 1; byPages.size() < 100; page++) {
      var more = search.find(OPERATIONS, page, 2);
      byPages.addAll(more);
      if (more.size() < 2) break;
    }
    assertThat(byPages).isNotEmpty().isEqualTo(search.find(OPERATIONS, 1, 100));
    assertThat(byPages).extracting(Candidate::id).doesNotHaveDuplicates();
    assertThat(search.find(OPERATIONS, 40, 100)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsRevealedHasAnAddressAtTheirCompany(Kind kind) {
    var search = search(kind);
    var ids = search.find(OPERATIONS, 1, 100).stream().filter(Candidate::reachable).map(Candidate::id).toList();
    var people = search.reveal(ids);

    assertThat(people).isNotEmpty().allSatisfy((id, person) -> {
      assertThat(ids).contains(id);
      assertThat(person.name()).isNotBlank();
      assertThat(person.email()).contains("@");
      assertThat(person.jobTitle()).isEqualTo("Operations Manager");
      assertThat(person.location()).containsAnyOf("Germany", "Poland");
      assertThat(person.website()).startsWith("http");
    });
    assertThat(search.reveal(List.of())).isEmpty();
  }

  @Test
  void apolloIsAskedByTitleSizeAndPlace() {
    search(Kind.APOLLO).find(OPERATIONS, 3, 25);

    assertThat(server.asked.getFirst().query())
        .containsEntry("page", "3").containsEntry("per_page", "25")
        .containsEntry("person_titles[]", "Operations Manager").containsEntry("person_locations[]", "Germany|Poland")
        .containsEntry("organization_num_employees_ranges[]", "50,1000");
  }

  @Test
  void apolloRevealsTenAtATimeAndWhomItKnows() {
    var ids = IntStream.range(0, 12).mapToObj(i -> "p" + i).toList();
    var people = search(Kind.APOLLO).reveal(ids);

    assertThat(server.asked).hasSize(2).allSatisfy(asked ->
        assertThat(asked.query()).containsEntry("reveal_personal_emails", "false"));
    assertThat(people).hasSize(11).doesNotContainKey("p6");
    assertThat(people.get("p2").email()).isNull();
    assertThat(people.get("p4").verified()).isFalse();
    assertThat(people.get("p11").verified()).isTrue();
  }

  @Test
  void apolloSaysWhenItsQuotaIsUsedUp() {
    var search = search(Kind.APOLLO);
    server.then(402, "{\"error\": \"insufficient credits\"}");
    assertThatThrownBy(() -> search.find(OPERATIONS, 1, 25)).isInstanceOf(Unavailable.class)
        .hasMessage("has no credits left for us");
    assertThatThrownBy(() -> search.find(OPERATIONS, 1, 25)).isInstanceOf(Unavailable.class)
        .hasMessageContaining("is left alone");
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void apolloShowsFiftyThousandRecordsAndIsNotAskedForMore() {
    assertThat(search(Kind.APOLLO).find(OPERATIONS, 501, 100)).isEmpty();
    assertThat(server.asked).isEmpty();
  }

  @Test
  void theSandboxKnowsOnlyTheSamples() {
    var search = search(Kind.SANDBOX);
    var everybody = new Audience(List.of(), null, null, List.of());
    var ids = search.find(everybody, 1, 100).stream().filter(Candidate::reachable).map(Candidate::id).toList();
    assertThat(search.reveal(ids).values()).hasSizeGreaterThan(20)
        .allSatisfy(person -> assertThat(person.email()).endsWith(".example"));
    assertThat(search.find(new Audience(List.of(), 2_000, null, List.of()), 1, 100)).isEmpty();
  }
}
