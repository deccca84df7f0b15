package dev.leadline.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.leadline.LeadlineTest;
import dev.leadline.research.Dossier;
import dev.leadline.research.Dossiers;
import dev.leadline.research.Fact;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Update;

/** What enrichment keeps, through the driver and the protocol of MongoDB; and what the running application says of it. */
@LeadlineTest
class EnrichmentStoreTest {

  @Autowired CachedAnswers answers;
  @Autowired Dossiers dossiers;
  @Autowired MongoTemplate mongo;
  @Autowired TestRestTemplate http;

  @Test
  void anAnswerIsFoundAgainUntilItExpires() {
    String id = "apollo/company/" + UUID.randomUUID() + ".test";
    var finding = new Finding(Field.SIZE, "180 employees", "apollo", LocalDate.of(2026, 3, 2), 80);
    var answer = new CachedAnswer(
        id, "apollo", List.of(finding), Instant.parse("2026-03-02T09:00:00Z"), Instant.parse("2036-03-02T09:00:00Z"));

    answers.save(answer);
    answers.save(answer);

    assertThat(answers.findById(id)).contains(answer);
    assertThat(mongo.indexOps(CachedAnswer.class).getIndexInfo())
        .anySatisfy(index -> assertThat(index.getExpireAfter()).isPresent());
  }

  @Test
  void manyWriteOneDossierAtTheSameTimeAndNothingIsLost() throws Exception {
    String lead = UUID.randomUUID().toString();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = IntStream.range(0, 6).mapToObj(i -> threads.submit(() -> {
        String letter = "" + (char) ('p' + i);
        for (int round = 1; round <= 3; round++) {
          var facts = IntStream.rangeClosed(1, round).mapToObj(n -> new Fact(
              letter + n, "other", "Fact", "apollo", LocalDate.of(2026, 3, 2), "quote", "apollo", 80)).toList();
          dossiers.change(lead, dossier -> dossier.with(letter, facts, List.of(), Instant.now()));
        }
      })).toList();
      for (var one : all) one.get();
    }

    assertThat(dossiers.get(lead).facts()).hasSize(18).extracting(Fact::id).doesNotHaveDuplicates();
    assertThat(dossiers.get(lead).facts().getFirst().confidence()).isEqualTo(80);
  }

  @Test
  void aDossierFromBeforeThereWereVersionsIsChangedLikeAnyOther() {
    String lead = UUID.randomUUID().toString();
    dossiers.change(lead, dossier -> dossier.with("p", List.of(), List.of(), Instant.now()));
    mongo.updateFirst(query(where("_id").is(lead)), new Update().unset("version"), Dossier.class);

    dossiers.change(lead, dossier -> dossier.with("q", List.of(), List.of(), Instant.EPOCH));
    dossiers.change(lead, dossier -> dossier.with("r", List.of(), List.of(), Instant.EPOCH));

    assertThat(dossiers.get(lead)).returns(2L, Dossier::version).returns(Instant.EPOCH, Dossier::writtenAt);
  }

  @Test
  @SuppressWarnings("unchecked")
  void healthSaysHowEachProviderStandsAndIsUpWithoutAny() {
    var health = http.getForObject("/actuator/health", Map.class);

    assertThat(health).containsEntry("status", "UP");
    var providers = (Map<String, Object>) ((Map<String, Object>) health.get("components")).get("providers");
    assertThat((Map<String, Object>) providers.get("details"))
        .containsKeys("apollo", "peopledatalabs", "google", "duckduckgo", "hubspot", "salesforce")
        .containsValue("off");
  }
}
