package dev.leadline.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leadline.TestDatabase;
import dev.leadline.suppression.Suppression.Reason;
import dev.leadline.suppression.Suppression.Told;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.repository.support.MongoRepositoryFactory;

/** Who is contacted no more is found by what people remember of them. */
class SuppressionSearchTest {

  private static final String ERASED = Whom.erased("kim@other.example").key();

  private final MongoTemplate mongo = new TestDatabase().mongo();
  private final Suppressions suppressions =
      new MongoRepositoryFactory(mongo).getRepository(Suppressions.class);

  @BeforeEach
  void some() {
    Stream.of("jo.smith@acme.example", "@acme.example", "@mail.rival.example", "company:acme group", ERASED)
        .forEach(key -> suppressions.insert(new Suppression(key, Reason.OBJECTED, Instant.EPOCH, "Robin", Told.TOLD)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "acme         | jo.smith@acme.example, @acme.example, company:acme group",
    "Acme.Ex      | jo.smith@acme.example, @acme.example",
    "@acme        | jo.smith@acme.example, @acme.example, company:acme group",
    "smith        | jo.smith@acme.example",
    "jo.smith@ac  | jo.smith@acme.example",
    "rival        | @mail.rival.example",
    "mail.rival.e | @mail.rival.example",
    "group        | company:acme group",
  })
  void byTheBeginningOfAnyWord(String typed, String keys) {
    assertThat(found(typed)).containsExactlyInAnyOrder(keys.split(", "));
  }

  @ParameterizedTest
  @ValueSource(strings = {".*", "erased", "kim", "(", "acme.example.com"})
  void nobodyElseIs(String typed) {
    assertThat(found(typed)).isEmpty();
  }

  @Test
  void allAreWhenNothingIsTyped() {
    assertThat(found(" ")).hasSize(5);
  }

  @Test
  void whoWasSuppressedLongAgoIsFoundFromTheNextStartOn() {
    mongo.insert(new Document(Map.of(
        "_id", "@old.example", "reason", "OBJECTED", "at", Instant.EPOCH, "by", "Robin", "journey", "TOLD")), "suppressions");
    assertThat(found("old")).isEmpty();
    new Suppress(suppressions, mongo, null, null, null, null).findable();
    assertThat(found("old")).containsExactly("@old.example");
  }

  private List<String> found(String typed) {
    return suppressions.find(typed, PageRequest.of(0, 50)).map(Suppression::key).getContent();
  }
}
