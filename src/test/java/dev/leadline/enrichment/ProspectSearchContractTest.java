package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.leadline.enrichment.ProspectSearch.Audience;
import dev.leadline.enrichment.ProspectSearch.Candidate;
import dev.leadline.provider.ProviderServer;
import dev.leadline.provider.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every search for prospects promises, against what Apollo answers by its documentation. */
class ProspectSearchContractTest {

  private static final Audience OPERATIONS = new Audience(List.of("Operations Manager"), 50, 1_000, List.of("Germany", "Poland"));

  private final ApolloProspectsServer apollo = new ApolloProspectsServer(12, id -> "nordkap.test");
  private final ProviderServer server = apollo.server;

  enum Kind { SANDBOX, APOLLO }

  private ProspectSearch search(Kind kind) {
    return kind == Kind.SANDBOX ? new SandboxProspects() : apollo.search();
  }

  @AfterEach
  void stop() {
    apollo.close();
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
